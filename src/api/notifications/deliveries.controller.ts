import { Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { replayDelivery } from '../../commands/delivery/replay.js';
import { DomainError } from '../../domain/errors.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { findDelivery, listDeliveries } from '../../queries/notification/deliveries.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { DeliveryPage, DeliveryQuery, DeliveryQueued, DeliveryView } from './deliveries.dto.js';

/** The delivery log: every message to people and systems, what became of it, and sending it again. */
@ApiTags('operations')
@Controller('deliveries')
export class DeliveriesController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('ops:read', 'org:admin')
  @ApiOkResponse({ type: DeliveryPage })
  list(@Query() query: DeliveryQuery): Promise<Page<DeliveryView>> {
    return this.paging.read('deliveries', query, (slice) => listDeliveries(this.db, query, slice));
  }

  @Get(':id')
  @Allow('ops:read', 'org:admin')
  @ApiOkResponse({ type: DeliveryView })
  async one(@Param('id', ParseUUIDPipe) id: string): Promise<DeliveryView> {
    const delivery = await findDelivery(this.db, id);
    if (!delivery) throw new DomainError('NOT_FOUND');
    return delivery;
  }

  @Post(':id/replay')
  @HttpCode(202)
  @Allow('ops:act')
  @ApiAcceptedResponse({ type: DeliveryQueued })
  async replay(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeliveryQueued> {
    return replyWith(response, await replayDelivery(this.db, meta, id));
  }
}
