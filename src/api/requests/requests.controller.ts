import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { createGeneralRequest, previewGeneralRequest } from '../../commands/approval/general.js';
import {
  acceptOutcome,
  resubmitRequest,
  nameApprovers,
  restaffStage,
  setInitiator,
  terminateRequest,
  withdrawRequest,
} from '../../commands/approval/takeback.js';
import { previewRequest, startRequest } from '../../commands/request-kind/submit.js';
import { verifyChain } from '../../commands/audit/verify.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { formatAmount } from '../../domain/money.js';
import type { Viewer } from '../../queries/org/scope.js';
import { mayReadRequest } from '../../queries/request/access.js';
import { requestAudit } from '../../queries/request/audit-view.js';
import { planView } from '../../queries/request/plan-view.js';
import { editableBy } from '../../commands/approval/edit.js';
import { orgDriftOf } from '../../commands/approval/org-drift.js';
import { readRequestView } from '../../queries/request/request-view.js';
import { readRoundPlan } from '../../queries/request/round-plan.js';
import { Allow, CurrentActor, CurrentViewer } from '../http/access.js';
import { RecordsRead } from '../http/access-log.js';
import { Meta, replyWith } from '../http/meta.js';
import { ApprovalPlan, GeneralPlanPreview } from './plan.dto.js';
import { RequestView } from './request-view.dto.js';
import {
  AcceptOutcomeBody,
  GeneralRequestBody,
  InitiatorBody,
  RequestAudit,
  ResubmitBody,
  RestaffBody,
  TerminateBody,
  WithdrawBody,
} from './requests.dto.js';

@ApiTags('approvals')
@Controller('requests')
export class RequestsController {
  constructor(private readonly db: DataSource) {}

  @Post()
  @Allow('approval:read')
  @ApiCreatedResponse({ type: RequestView })
  async create(
    @Body() body: GeneralRequestBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const { requestId } = replyWith(response, await start(this.db, meta, body));
    return this.view(viewer, requestId);
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: GeneralPlanPreview })
  async preview(@Body() body: GeneralRequestBody, @CurrentActor() actor: Actor): Promise<GeneralPlanPreview> {
    const planned = await (body.kind === undefined
      ? previewGeneralRequest(this.db.manager, actor, inputOf(body))
      : previewRequest(this.db.manager, actor, documentOf(body, body.kind)));
    const amount = planned.subject.amount ?? { amount: '0', currency: 'CNY' };
    const total = { amount: formatAmount(amount.amount, amount.currency), currency: amount.currency };
    return { ...planView(planned), marginFlag: 'GREEN', total, discountPct: '0' };
  }

  @Get(':id')
  @RecordsRead('REQUEST')
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestView })
  one(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<RequestView> {
    return this.view(viewer, id);
  }

  @Get(':id/plan')
  @RecordsRead('REQUEST')
  @Allow('approval:read')
  @ApiOkResponse({ type: ApprovalPlan })
  plan(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<ApprovalPlan> {
    return readRoundPlan(this.db, viewer, id);
  }

  @Get(':id/audit')
  @RecordsRead('AUDIT')
  @Allow('audit:read')
  @ApiOkResponse({ type: RequestAudit })
  async audit(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<RequestAudit> {
    if (!(await mayReadRequest(this.db, viewer, id))) throw new DomainError('NOT_FOUND');
    const { verified, firstBadSeq } = await verifyChain(this.db, 'request', id);
    return { events: await requestAudit(this.db, id), verified, firstBadSeq };
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestView })
  async withdraw(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: WithdrawBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const input = {
      ...this.on(id, viewer),
      expectedVersion: body.expectedVersion,
      reason: body.reason ?? null,
      onBehalf: viewer.permissions['approval:admin'] !== undefined,
    };
    replyWith(response, await withdrawRequest(this.db, meta, input));
    return this.view(viewer, id);
  }

  @Post(':id/resubmit')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestView })
  async resubmit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: ResubmitBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const input = {
      ...this.on(id, viewer),
      expectedVersion: body.expectedVersion,
      comment: body.comment ?? null,
      ccPersonIds: body.ccPersonIds,
    };
    replyWith(response, await resubmitRequest(this.db, meta, input));
    return this.view(viewer, id);
  }

  @Post(':id/restaff')
  @HttpCode(200)
  @Allow('approval:admin')
  @ApiOkResponse({ type: RequestView })
  async restaff(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RestaffBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    replyWith(response, await restaffStage(this.db, meta, { ...this.on(id, viewer), ...body }));
    return this.view(viewer, id);
  }

  @Post(':id/approvers')
  @HttpCode(200)
  @Allow('approval:read')
  @ApiOkResponse({ type: RequestView })
  async approvers(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: RestaffBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    const asAdmin = viewer.permissions['approval:admin'] !== undefined;
    replyWith(response, await nameApprovers(this.db, meta, { ...this.on(id, viewer), ...body, asAdmin }));
    return this.view(viewer, id);
  }

  @Post(':id/initiator')
  @HttpCode(200)
  @Allow('approval:admin')
  @ApiOkResponse({ type: RequestView })
  async initiator(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: InitiatorBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    replyWith(response, await setInitiator(this.db, meta, { ...this.on(id, viewer), ...body }));
    return this.view(viewer, id);
  }

  @Post(':id/accept-outcome')
  @HttpCode(200)
  @Allow('approval:admin')
  @ApiOkResponse({ type: RequestView })
  async acceptOutcome(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AcceptOutcomeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    replyWith(response, await acceptOutcome(this.db, meta, { ...this.on(id, viewer), ...body }));
    return this.view(viewer, id);
  }

  @Post(':id/terminate')
  @HttpCode(200)
  @Allow('ops:act')
  @ApiOkResponse({ type: RequestView })
  async terminate(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: TerminateBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RequestView> {
    replyWith(
      response,
      await terminateRequest(this.db, meta, { ...this.on(id, viewer), reason: body.reason }),
    );
    return this.view(viewer, id);
  }

  private view(viewer: Viewer, id: string): Promise<RequestView> {
    return readRequestView(this.db, viewer, id, {
      driftOf: (state, at) => orgDriftOf(this.db.manager, state, at),
      editableBy: (stored, personId) => editableBy(this.db.manager, stored, personId),
    });
  }

  private on(requestId: string, viewer: Viewer) {
    return { requestId, sees: (tx: DataSource['manager'], id: string) => mayReadRequest(tx, viewer, id) };
  }
}

function start(db: DataSource, meta: CommandMeta, body: GeneralRequestBody) {
  return body.kind === undefined
    ? createGeneralRequest(db, meta, inputOf(body))
    : startRequest(db, meta, documentOf(body, body.kind));
}

/** The DTO has asked for title, facts and content where there is no kind, and for a document where there is one. */
function inputOf({ title, amount, facts, content, document, ...people }: GeneralRequestBody) {
  const { approverIds = [], ccPersonIds = [], beneficiaryIds = [] } = people;
  mustBeAbsent({ document }, 'belongs to a kind');
  return {
    title: title!,
    amount: amount ?? null,
    facts: facts!,
    content: content as JsonObject,
    approverIds,
    ccPersonIds,
    beneficiaryIds,
  };
}

function documentOf(
  { document, approverIds, ccPersonIds, title, amount, facts, content, ...more }: GeneralRequestBody,
  kind: string,
) {
  mustBeAbsent(
    { title, amount, facts, content, beneficiaryIds: more.beneficiaryIds },
    'comes from the document of the kind',
  );
  return {
    kind,
    document: document as JsonObject,
    approverIds: approverIds ?? [],
    ccPersonIds: ccPersonIds ?? [],
  };
}

function mustBeAbsent(members: Readonly<Record<string, unknown>>, rule: string): void {
  const given = Object.keys(members).filter((name) => members[name] !== undefined);
  if (given.length === 0) return;
  throw new DomainError(
    'VALIDATION',
    {},
    given.map((name) => ({ pointer: `/${name}`, code: 'NOT_ALLOWED', rule })),
  );
}
