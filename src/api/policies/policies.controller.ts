import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { casesAnswered, draftToLint, lintContent } from '../../commands/policy/lint.js';
import { DomainError } from '../../domain/errors.js';
import { isError } from '../../policy/problem.js';
import { isApprovalContent } from '../../policy/shape.js';
import { policyToSheets } from '../../policy/sheet.js';
import { listPolicies, readPolicy, type PolicyView as View } from '../../queries/policy/policies.js';
import { readVocabulary } from '../../queries/policy/vocabulary.js';
import { Allow } from '../http/access.js';
import { setVersion } from '../http/if-match.js';
import { LintPolicyBody, PolicyLint } from './lint.dto.js';
import { PolicyQuery, PolicyView, PolicyVocabulary } from './policies.dto.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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

  /** What a policy may name: for editors, so that nobody keeps a list of their own. */
  @Get('vocabulary')
  @Allow('policy:read')
  @ApiOkResponse({ type: PolicyVocabulary })
  vocabulary(): Promise<PolicyVocabulary> {
    return readVocabulary(this.db);
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
  @Allow('policy:draft')
  @ApiOkResponse({ type: PolicyLint })
  async lint(@Body() { draftId, kind, content }: LintPolicyBody): Promise<PolicyLint> {
    const policy =
      draftId === undefined
        ? { kind: kind!, content: content! }
        : await draftToLint(this.db.manager, draftId);
    const problems = await lintContent(this.db.manager, policy);
    const errors = problems.filter(isError).length;
    const cases = await casesAnswered(policy, problems);
    return { errors, warnings: problems.length - errors, problems, cases };
  }

  /** The decision table to write in a spreadsheet; it comes back by a draft's `import`. */
  @Get(':id/table.xlsx')
  @Allow('policy:read')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async table(@Param('id', ParseUUIDPipe) id: string, @Res() response: Response): Promise<void> {
    const { kind, version, content } = await readPolicy(this.db, id);
    if (!isApprovalContent(content)) throw new DomainError('POLICY.NO_TABLE', { kind });
    const file = await policyToSheets(content);
    response.setHeader('Content-Disposition', `attachment; filename="${kind}-${version}.xlsx"`);
    response.type(XLSX).send(file);
  }
}
