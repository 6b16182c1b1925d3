import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { lintContent, lintDraft } from '../../commands/policy/lint.js';
import { proposePolicy, publishPolicy } from '../../commands/policy/publish.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { isError } from '../../policy/problem.js';
import { listPolicies, readPolicy } from '../../queries/policy/policies.js';
import { Allow } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { LintPolicyBody, PolicyFindings } from './lint.dto.js';
import { PolicyDraftBody, PolicyQuery, PolicyView, PublishPolicyBody } from './policies.dto.js';

@ApiTags('policies')
@Controller('policies')
export class PoliciesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Allow('policy:read')
  @ApiOkResponse({ type: [PolicyView] })
  list(@Query() { kind }: PolicyQuery): Promise<PolicyView[]> {
    return listPolicies(this.db, kind ?? null);
  }

  @Get(':id')
  @Allow('policy:read')
  @ApiOkResponse({ type: PolicyView })
  one(@Param('id', ParseUUIDPipe) id: string): Promise<PolicyView> {
    return readPolicy(this.db, id);
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

  @Post('drafts')
  @Allow('policy:write')
  @ApiCreatedResponse({ type: PolicyView })
  async propose(
    @Body() body: PolicyDraftBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PolicyView> {
    const { draftId } = replyWith(response, await proposePolicy(this.db, meta, body));
    return readPolicy(this.db, draftId);
  }

  @Post('drafts/:id/publish')
  @HttpCode(200)
  @Allow('policy:write')
  @ApiOkResponse({ type: PolicyView })
  async publish(
    @Param('id', ParseUUIDPipe) draftId: string,
    @Body() { validFrom }: PublishPolicyBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PolicyView> {
    const { policyId } = replyWith(response, await publishPolicy(this.db, meta, { draftId, validFrom }));
    return readPolicy(this.db, policyId);
  }
}
