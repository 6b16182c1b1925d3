import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { decideMany, type ItemDecided } from '../../commands/approval/bulk.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { previewBulk } from '../../queries/inbox/bulk-preview.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { Allow, CurrentPrincipal, CurrentViewer } from '../http/access.js';
import { Meta } from '../http/meta.js';
import type { Principal } from '../http/request.js';
import { problemOf } from '../http/problem.js';
import { BulkBody, BulkPreview, BulkPreviewBody, BulkResult, type BulkItemResult } from './bulk.dto.js';

@ApiTags('approvals')
@Controller('seats')
export class BulkController {
  constructor(
    private readonly db: DataSource,
    private readonly signer: DecisionSigner,
  ) {}

  @Post('bulk-decisions')
  @HttpCode(207)
  @Allow('approval:decide')
  @ApiResponse({ status: 207, type: BulkResult, description: 'one result per item' })
  async decide(
    @Body() body: BulkBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @CurrentPrincipal() { authenticatedAt }: Principal,
  ): Promise<BulkResult> {
    const items = body.items.map((item) => ({ ...item, comment: item.comment ?? null }));
    const proof = { authenticatedAt, signer: this.signer };
    const decided = await decideMany(this.db, meta, items, (tx, id) => mayReadRequest(tx, viewer, id), proof);
    const results = decided.map((item) => resultOf(item, meta.correlationId ?? ''));
    return { results, summary: summaryOf(results) };
  }

  @Post('bulk-decisions/preview')
  @HttpCode(200)
  @Allow('approval:decide')
  @ApiOkResponse({ type: BulkPreview })
  preview(@Body() { action, items }: BulkPreviewBody, @CurrentViewer() viewer: Viewer): Promise<BulkPreview> {
    return previewBulk(this.db, viewer.personId, action, items);
  }
}

function resultOf(
  { seatId, decided, refusal, replayed }: ItemDecided,
  correlationId: string,
): BulkItemResult {
  const problem = refusal && problemOf(refusal, correlationId);
  return {
    seatId,
    status: problem ? problem.status : 200,
    requestId: decided?.requestId ?? null,
    requestState: decided?.requestState ?? null,
    seatState: decided?.seatState ?? null,
    replayed,
    problem: problem && { ...problem, errors: [...(problem.errors ?? [])] },
  };
}

function summaryOf(results: readonly BulkItemResult[]): BulkResult['summary'] {
  const failed = results.filter(({ problem }) => problem !== null).length;
  const succeeded = results.length - failed;
  const light = failed === 0 ? 'GREEN' : succeeded === 0 ? 'RED' : 'AMBER';
  return { total: results.length, succeeded, failed, light };
}
