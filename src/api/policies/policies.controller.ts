import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { lintContent, lintDraft } from '../../commands/policy/lint.js';
import { cancelPolicy, deactivatePolicy } from '../../commands/policy/versions.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { isError } from '../../policy/problem.js';
import { listPolicies, readPolicy, type PolicyView as View } from '../../queries/policy/policies.js';
import { Allow } from '../http/access.js';
import { setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { LintPolicyBody, PolicyFindings } from './lint.dto.js';
import { PolicyReasonBody } from './drafts.dto.js';
import { PolicyQuery, PolicyView } from './policies.dto.js';

@ApiTags('policies')
@Controller('policies')
export class PoliciesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('policy:read')
  @ApiOkResponse({ type: [PolicyView] })
  list(@Query() { kind }: PolicyQuery): Promise<View[]> {
    return listPolicies(this.db, kind ?? null);
  }

  @Get(':id')
  @Allow('policy:read')
  @ApiOkResponse({ type: PolicyView })
  async one(
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const policy = await readPolicy(this.db, id);
    if (policy.draft) setVersion(response, policy.draft.rowVersion);
    return policy;
  }

  /** Changes nothing: what the editor asks while somebody types. */
  @Post('lint')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyFindings })
  async lint(@Body() { draftId, kind, content }: LintPolicyBody): Promise<PolicyFindings> {
    const problems = await (draftId === undefined
      ? lintContent(this.db.manager, { kind: kind!, content: content! })
      : lintDraft(this.db.manager, draftId));
    const errors = problems.filter(isError).length;
    return { errors, warnings: problems.length - errors, problems };
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async cancel(
    @Param('id', ParseUUIDPipe) policyId: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    replyWith(response, await cancelPolicy(this.db, meta, { policyId, reason }));
    return readPolicy(this.db, policyId);
  }

  @Post(':id/deactivate')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async deactivate(
    @Param('id', ParseUUIDPipe) policyId: string,
    @Body() { reason }: PolicyReasonBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    replyWith(response, await deactivatePolicy(this.db, meta, { policyId, reason }));
    return readPolicy(this.db, policyId);
  }
}
