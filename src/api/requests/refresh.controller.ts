import { Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { refreshRequest } from '../../commands/approval/refresh.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';

export class RefreshResult {
  @ApiProperty({ type: String, format: 'uuid' })
  requestId!: string;

  @ApiProperty({ type: 'integer' })
  seq!: number;

  @ApiProperty({ type: Boolean, description: 'the values are others than before' })
  changed!: boolean;

  @ApiProperty({ type: [String], description: 'stages whose approvals the values of now are outside of' })
  askedAgain!: string[];
}

@ApiTags('approvals')
@Controller('requests')
export class RefreshController {
  constructor(private readonly db: DataSource) {}

  /** Reads again what the request’s policy is told from the books; approvals that do not cover the values of now are void. */
  @Post(':id/refresh')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: RefreshResult })
  async refresh(
    @Param('id', ParseUUIDPipe) requestId: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RefreshResult> {
    const sees = (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id);
    return replyWith(response, await refreshRequest(this.db, meta, requestId, sees));
  }
}
