import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { urgeRequest } from '../../commands/approval/urge.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { UrgeBody, UrgeResult } from './urge.dto.js';

@ApiTags('approvals')
@Controller('requests')
export class UrgeController {
  constructor(private readonly db: DataSource) {}

  /** Each task once per four business hours, or what the policy says; 429 with Retry-After while nobody may be urged. */
  @Post(':id/urge')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: UrgeResult })
  async urge(
    @Param('id', ParseUUIDPipe) requestId: string,
    @Body() { seatId, comment }: UrgeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UrgeResult> {
    const input = {
      requestId,
      seatId: seatId ?? null,
      comment: comment?.trim() || null,
      sees: (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id),
    };
    return replyWith(response, await urgeRequest(this.db, meta, input));
  }
}
