import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { completeActivity, logActivity, replanActivity } from '../../commands/activity/log.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import { findActivity, listActivities, type ActivityRow } from '../../queries/activity/activities.js';
import { findCustomer } from '../../queries/customer/customers.js';
import { findOpportunity } from '../../queries/opportunity/opportunities.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { IfMatch } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  ActivityBody,
  ActivityPage,
  ActivityQuery,
  ActivityView,
  DoneBody,
  ReplanBody,
} from './activities.dto.js';

@ApiTags('activities')
@Controller('activities')
export class ActivitiesController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('opportunity:read')
  @ApiOkResponse({ type: ActivityPage })
  list(@Query() query: ActivityQuery, @CurrentViewer() viewer: Viewer): Promise<Page<ActivityRow>> {
    return this.paging.read('activities', query, (slice) => listActivities(this.db, viewer, query, slice));
  }

  /** Plans something, or logs what was done. Whoever sees a deal may say what they did about it. */
  @Post()
  @Allow('opportunity:write')
  @ApiCreatedResponse({ type: ActivityView })
  async log(
    @Body() body: ActivityBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActivityRow> {
    mustSayWhenAndWhere(body);
    if (body.opportunityId !== undefined) await findOpportunity(this.db, viewer, body.opportunityId);
    if (body.customerId !== undefined) await findCustomer(this.db, viewer, body.customerId);
    const answer = await logActivity(this.db, meta, {
      opportunityId: body.opportunityId ?? null,
      customerId: body.customerId ?? null,
      contactId: body.contactId ?? null,
      kind: body.kind,
      subject: body.subject.trim(),
      note: body.note ?? null,
      plannedOn: body.plannedOn ?? null,
      doneAt: body.doneAt ?? null,
      twoWay: body.twoWay ?? false,
      next: body.next ?? null,
    });
    return findActivity(this.db, viewer, replyWith(response, answer).id);
  }

  @Post(':id/done')
  @HttpCode(200)
  @Allow('opportunity:write')
  @ApiOkResponse({ type: ActivityView })
  async done(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { doneAt, twoWay, note, next }: DoneBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActivityRow> {
    await findActivity(this.db, viewer, id, 'opportunity:write');
    const done = { id, expectedVersion, doneAt, twoWay, note: note ?? null, next: next ?? null };
    replyWith(response, await completeActivity(this.db, meta, done));
    return findActivity(this.db, viewer, id);
  }

  @Post(':id/replan')
  @HttpCode(200)
  @Allow('opportunity:write')
  @ApiOkResponse({ type: ActivityView })
  async replan(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() expectedVersion: number,
    @Body() { plannedOn, next }: ReplanBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ActivityRow> {
    await findActivity(this.db, viewer, id, 'opportunity:write');
    const change = { id, expectedVersion, plannedOn: plannedOn ?? null, next: next ?? null };
    replyWith(response, await replanActivity(this.db, meta, change));
    return findActivity(this.db, viewer, id);
  }
}

function mustSayWhenAndWhere({ plannedOn, doneAt, opportunityId, customerId }: ActivityBody): void {
  const errors = [
    ...((plannedOn === undefined) === (doneAt === undefined)
      ? [{ pointer: '/doneAt', code: 'REQUIRED', rule: 'exactly one of plannedOn and doneAt' }]
      : []),
    ...(opportunityId === undefined && customerId === undefined
      ? [{ pointer: '/opportunityId', code: 'REQUIRED', rule: 'a deal or a customer' }]
      : []),
  ];
  if (errors.length > 0) throw new DomainError('VALIDATION', {}, errors);
}
