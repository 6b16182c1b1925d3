import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { loadCalendar } from '../../commands/calendar.js';
import { whatIf, type WhatIf } from '../../commands/policy/what-if.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import { DomainError } from '../../domain/errors.js';
import { isApprovalContent } from '../../policy/shape.js';
import { scopeCondition, type Viewer } from '../../queries/org/scope.js';
import { readPolicy } from '../../queries/policy/policies.js';
import { stageTimes, type StageTime } from '../../queries/policy/stage-times.js';
import { quorumText } from '../../queries/request/plan-view.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { WhatIfBody, WhatIfResult } from './what-if.dto.js';

const RETRY_AFTER_SECONDS = 10;

@ApiTags('policies')
@Controller('policies')
export class WhatIfController {
  private running = false;

  constructor(private readonly db: DataSource) {}

  /** Changes nothing. One at a time; ends when the caller goes away. */
  @Post('what-if')
  @HttpCode(200)
  @Allow('policy:draft')
  @ApiOkResponse({ type: WhatIfResult })
  async whatIf(
    @Body() body: WhatIfBody,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WhatIfResult> {
    if (body.from >= body.to)
      throw new DomainError('VALIDATION', {}, [{ pointer: '/to', code: 'TOO_SMALL', rule: 'after from' }]);
    const candidate = await this.candidate(body);
    if (this.running) throw new DomainError('TOO_MANY_REQUESTS', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    this.running = true;
    try {
      return await this.run(body, candidate, viewer, response);
    } finally {
      this.running = false;
    }
  }

  private async candidate({ policyId, kind, content }: WhatIfBody): Promise<Candidate> {
    const stored = policyId === undefined ? null : await readPolicy(this.db, policyId);
    const candidate = { kind: stored?.kind ?? kind!, content: content ?? stored?.content };
    if (!candidate.kind.startsWith('approval.'))
      throw new DomainError('POLICY.KIND', { kind: candidate.kind });
    if (!isApprovalContent(candidate.content))
      throw new DomainError('POLICY_ERROR', {
        problems: [
          {
            at: 'content',
            code: 'MALFORMED',
            message: 'jdm, inputs, stages, ladders and withdraw are needed',
          },
        ],
      });
    return { kind: candidate.kind, content: candidate.content };
  }

  private async run(
    { from, to, subjectKind, limit, shown }: WhatIfBody,
    { kind, content }: Candidate,
    viewer: Viewer,
    response: Response,
  ): Promise<WhatIfResult> {
    const calendar = await loadCalendar(this.db.manager);
    const measured = await stageTimes(this.db, calendar, kind, { from, to });
    const gone = new AbortController();
    response.once('close', () => gone.abort(new DomainError('UNAVAILABLE')));
    const found = await whatIf(this.db, {
      policyKind: kind,
      subjectKind: subjectKind ?? null,
      from,
      to,
      sees: scopeCondition(viewer, 'approval:read', { ownerId: 'r.initiator_id', unitId: 'r.unit_id' }, 8),
      content,
      minutesOf: minutesBy(measured),
      limit,
      shown,
      signal: gone.signal,
    });
    return { kind, ...inWords(found), measured };
  }
}

interface Candidate {
  kind: string;
  content: ApprovalPolicyContent;
}

function minutesBy(measured: readonly StageTime[]): (spec: { key: string }) => number | null {
  const minutes = new Map(measured.map(({ stageKey, p50Minutes }) => [stageKey, p50Minutes]));
  return ({ key }) => minutes.get(key) ?? null;
}

function inWords({ changes, ...rest }: WhatIf): Omit<WhatIfResult, 'kind' | 'measured'> {
  const named = changes.map(({ quorum, ...change }) => ({
    ...change,
    quorum: quorum.map(({ before, after, ...stage }) => ({
      ...stage,
      before: quorumText(before),
      after: quorumText(after),
    })),
  }));
  return { ...rest, changes: named };
}
