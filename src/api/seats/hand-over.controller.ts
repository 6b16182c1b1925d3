import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { massTransfer } from '../../commands/approval/reassign.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { heldSeats } from '../../queries/inbox/held-seats.js';
import { Allow } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { Meta } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  HeldSeat,
  HeldSeatPage,
  HeldSeatsQuery,
  MassTransferBody,
  MassTransferResult,
} from './hand-over.dto.js';

@ApiTags('approvals')
@Controller('seats')
@Allow('approval:admin')
export class HandOverController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('held')
  @RecordsRead('HELD_SEATS', 'personId')
  @ApiOkResponse({ type: HeldSeatPage })
  held(@Query() query: HeldSeatsQuery): Promise<Page<HeldSeat>> {
    return this.paging.read('held-seats', query, (slice) => heldSeats(this.db.manager, query, slice));
  }

  @Post('mass-transfer')
  @HttpCode(207)
  @ApiResponse({ status: 207, type: MassTransferResult, description: 'one result per seat' })
  massTransfer(@Body() body: MassTransferBody, @Meta() meta: CommandMeta): Promise<MassTransferResult> {
    const { targets = [], onlyTargets = false, kind = null, merge = false, after = null, ...rest } = body;
    return massTransfer(this.db, meta, { ...rest, targets, onlyTargets, kind, merge, after });
  }
}
