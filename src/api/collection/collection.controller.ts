import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { loadCalendar } from '../../commands/calendar.js';
import { handOverToLegal, pauseCase, resumeCase } from '../../commands/collection/case.js';
import { closeDispute, investigateDispute, openDispute } from '../../commands/collection/dispute.js';
import { logPromise, withdrawPromise } from '../../commands/collection/promise.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { listCases, readCase } from '../../queries/collection/cases.js';
import { mustLogOf, mustLogPromise } from '../../queries/collection/reach.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { CollectionCase, CollectionCaseDetail, CollectionCasePage } from './collection-views.dto.js';
import {
  CaseReasonBody,
  CasesQuery,
  CloseReceivableDisputeBody,
  PauseBody,
  PromiseBody,
  ReceivableDisputeBody,
} from './collection.dto.js';

/** What a customer owes a company and what is done about it: letters, promises, disputes, pauses, the way to legal. */
@ApiTags('collection')
@Controller()
export class CollectionController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('collection-cases')
  @Allow('receivable:read')
  @ApiOkResponse({ type: CollectionCasePage })
  list(@Query() query: CasesQuery, @CurrentViewer() viewer: Viewer): Promise<Page<CollectionCase>> {
    return this.paging.read('collection-cases', query, (slice) => listCases(this.db, viewer, query, slice));
  }

  @Get('collection-cases/:id')
  @Allow('receivable:read')
  @ApiOkResponse({ type: CollectionCaseDetail })
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CollectionCaseDetail> {
    return readCase(this.db, viewer, id, await loadCalendar(this.db.manager));
  }

  @Post('collection-cases/:id/pause')
  @HttpCode(200)
  @Allow('collection:run')
  @ApiOkResponse({ type: CollectionCaseDetail })
  pause(
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() body: PauseBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    return this.act(viewer, response, pauseCase(this.db, meta, { caseId, ...body }));
  }

  @Post('collection-cases/:id/resume')
  @HttpCode(200)
  @Allow('collection:run')
  @ApiOkResponse({ type: CollectionCaseDetail })
  resume(
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() { reason }: CaseReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    return this.act(viewer, response, resumeCase(this.db, meta, { caseId, reason }));
  }

  @Post('collection-cases/:id/hand-over-to-legal')
  @HttpCode(200)
  @Allow('collection:legal')
  @ApiOkResponse({ type: CollectionCaseDetail })
  handOver(
    @Param('id', ParseUUIDPipe) caseId: string,
    @Body() { reason }: CaseReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    return this.act(viewer, response, handOverToLegal(this.db, meta, { caseId, reason }));
  }

  @Post('promises')
  @Allow('collection:log')
  @ApiCreatedResponse({ type: CollectionCaseDetail })
  async promise(
    @Body() { note, ...body }: PromiseBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    await mustLogOf(this.db, viewer, body.itemId);
    return this.act(viewer, response, logPromise(this.db, meta, { ...body, note: note ?? null }));
  }

  @Post('promises/:id/withdraw')
  @HttpCode(200)
  @Allow('collection:log')
  @ApiOkResponse({ type: CollectionCaseDetail })
  async withdraw(
    @Param('id', ParseUUIDPipe) promiseId: string,
    @Body() { reason }: CaseReasonBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    await mustLogPromise(this.db, viewer, promiseId);
    return this.act(viewer, response, withdrawPromise(this.db, meta, { promiseId, reason }));
  }

  @Post('receivable-disputes')
  @Allow('collection:log')
  @ApiCreatedResponse({ type: CollectionCaseDetail })
  async dispute(
    @Body() body: ReceivableDisputeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    await mustLogOf(this.db, viewer, body.itemId);
    return this.act(viewer, response, openDispute(this.db, meta, body));
  }

  @Post('receivable-disputes/:id/investigate')
  @HttpCode(200)
  @Allow('collection:run')
  @ApiOkResponse({ type: CollectionCaseDetail })
  investigate(
    @Param('id', ParseUUIDPipe) disputeId: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    return this.act(viewer, response, investigateDispute(this.db, meta, { disputeId }));
  }

  @Post('receivable-disputes/:id/close')
  @HttpCode(200)
  @Allow('collection:run')
  @ApiOkResponse({ type: CollectionCaseDetail })
  close(
    @Param('id', ParseUUIDPipe) disputeId: string,
    @Body() { accepted, ...body }: CloseReceivableDisputeBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CollectionCaseDetail> {
    const closing = { disputeId, accepted: accepted ?? null, ...body };
    return this.act(viewer, response, closeDispute(this.db, meta, closing));
  }

  private async act<T extends { caseId: string }>(
    viewer: Viewer,
    response: Response,
    command: Promise<Answer<T>>,
  ): Promise<CollectionCaseDetail> {
    const { caseId } = replyWith(response, await command);
    return readCase(this.db, viewer, caseId, await loadCalendar(this.db.manager));
  }
}
