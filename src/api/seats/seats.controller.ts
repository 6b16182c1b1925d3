import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { decideSeat } from '../../commands/approval/decide.js';
import { transferSeat } from '../../commands/approval/transfer.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { nextItem } from '../../queries/inbox/inbox.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { DecisionBody, DecisionResult, TransferBody, TransferResult } from './seats.dto.js';

@ApiTags('approvals')
@Controller('seats')
export class SeatsController {
  constructor(private readonly db: DataSource) {}

  @Post(':seatId/decisions')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: DecisionResult })
  async decide(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: DecisionBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DecisionResult> {
    const input = { ...body, seatId, comment: body.comment ?? null };
    const answer = await decideSeat(this.db, meta, input, (tx, id) => mayReadRequest(tx, viewer, id));
    const next = await nextItem(this.db, viewer.personId);
    return { ...replyWith(response, answer), next, replayed: answer.replayed };
  }

  @Post(':seatId/transfer')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: TransferResult })
  async transfer(
    @Param('seatId', ParseUUIDPipe) seatId: string,
    @Body() body: TransferBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TransferResult> {
    const input = { ...body, seatId };
    const answer = await transferSeat(this.db, meta, input, (tx, id) => mayReadRequest(tx, viewer, id));
    const next = await nextItem(this.db, viewer.personId);
    return { ...replyWith(response, answer), next, replayed: answer.replayed };
  }
}
