import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { declareIrreversible, requestRevocation } from '../../commands/approval/revoke.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { readRequestView } from '../../queries/request/request-view.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { RequestView } from './request-view.dto.js';
import { IrreversibleBody, IrreversibleResult, RevokeBody } from './revocation.dto.js';

@ApiTags('approvals')
@Controller('requests')
export class RevocationController {
  constructor(private readonly db: DataSource) {}

  /** Answers with the revocation, a request of its own; the approval stands until that has passed. */
  @Post(':id/revoke')
  @Allow('approval:read')
  @ApiCreatedResponse({ type: RequestView })
  async revoke(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RevokeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const asAdmin = viewer.permissions['approval:admin'] !== undefined;
    const input = { ...this.on(id, viewer), ...body, asAdmin };
    const { requestId } = replyWith(response, await requestRevocation(this.db, meta, input));
    return readRequestView(this.db, viewer, requestId);
  }

  @Post(':id/irreversible')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: IrreversibleResult })
  async irreversible(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: IrreversibleBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<IrreversibleResult> {
    return replyWith(response, await declareIrreversible(this.db, meta, { ...this.on(id, viewer), ...body }));
  }

  private on(requestId: string, viewer: Viewer) {
    return { requestId, sees: (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id) };
  }
}
