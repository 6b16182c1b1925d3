import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { baseCurrency } from '../../commands/receivable/entries.js';
import { openItem, openPlanRow } from '../../commands/receivable/open-item.js';
import { ledgerRules } from '../../commands/receivable/rules.js';
import { writeOff } from '../../commands/receivable/write-off.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { agingAsOf, todayOfCompany } from '../../queries/receivable/aging.js';
import { receivableFigures } from '../../queries/receivable/figures.js';
import { listItems, readItem } from '../../queries/receivable/items.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { FiguresOfReceivables, FiguresOfReceivablesQuery } from './account.dto.js';
import { AgingView, ReceivableItem, ReceivableItemDetail, ReceivablePage } from './receivable-views.dto.js';
import {
  AgingQuery,
  AsOfQuery,
  ItemsQuery,
  OpenItemBody,
  PlanInvoiceBody,
  WriteOffBody,
} from './receivables.dto.js';

/** What customers owe, as it stood on any day. Finance books it; sales read what is theirs. */
@ApiTags('receivables')
@Controller('receivables')
export class ReceivablesController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('receivable:read')
  @ApiOkResponse({ type: ReceivablePage })
  async list(@Query() query: ItemsQuery, @CurrentViewer() viewer: Viewer): Promise<Page<ReceivableItem>> {
    const at = await this.at(query.asOf, query.companyId);
    return this.paging.read('receivables', query, (slice) => listItems(this.db, viewer, query, at, slice));
  }

  @Get('aging')
  @Allow('receivable:read')
  @ApiOkResponse({ type: AgingView })
  async aging(@Query() query: AgingQuery, @CurrentViewer() viewer: Viewer): Promise<AgingView> {
    const at = await this.at(query.asOf, query.companyId);
    const currencies = await agingAsOf(this.db, viewer, query, at);
    return { asOf: at.asOf, currencies };
  }

  @Get('figures')
  @Allow('receivable:read')
  @ApiOkResponse({ type: FiguresOfReceivables })
  async figures(
    @Query() query: FiguresOfReceivablesQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<FiguresOfReceivables> {
    const { from, to } = query;
    const period = { from, to, baseCurrency: await baseCurrency(this.db.manager) };
    return receivableFigures(this.db, viewer, query, period);
  }

  @Get(':id')
  @Allow('receivable:read')
  @ApiOkResponse({ type: ReceivableItemDetail })
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ReceivableItemDetail> {
    return readItem(this.db, viewer, id, await this.at(asOf));
  }

  @Post()
  @Allow('receivable:post')
  @ApiCreatedResponse({ type: ReceivableItemDetail })
  async open(
    @Body() body: OpenItemBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivableItemDetail> {
    const answer = await openItem(this.db, meta, {
      customerId: body.customerId,
      companyId: body.companyId ?? null,
      contractId: null,
      planSeq: null,
      invoiceNo: body.invoiceNo,
      instalment: body.instalment ?? 1,
      ...body.amount,
      issuedOn: body.issuedOn,
      dueOn: body.dueOn,
      interestMode: body.interestMode ?? 'NONE',
      burdenPct: body.burdenPct ?? '0',
      secured: body.secured ?? '0',
    });
    return this.view(viewer, replyWith(response, answer).itemId);
  }

  @Post('from-plan')
  @Allow('receivable:post')
  @ApiCreatedResponse({ type: ReceivableItemDetail })
  async fromPlan(
    @Body() { planSeq, dueOn, interestMode, ...body }: PlanInvoiceBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivableItemDetail> {
    const answer = await openPlanRow(this.db, meta, {
      ...body,
      seq: planSeq,
      dueOn: dueOn ?? null,
      interestMode: interestMode ?? 'NONE',
    });
    return this.view(viewer, replyWith(response, answer).itemId);
  }

  @Post(':id/write-off')
  @HttpCode(200)
  @Allow('receivable:write-off')
  @ApiOkResponse({ type: ReceivableItemDetail })
  async writeOff(
    @Param('id', ParseUUIDPipe) itemId: string,
    @Body() body: WriteOffBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReceivableItemDetail> {
    replyWith(response, await writeOff(this.db, meta, { itemId, ...body }));
    return this.view(viewer, itemId);
  }

  private async view(viewer: Viewer, id: string): Promise<ReceivableItemDetail> {
    return readItem(this.db, viewer, id, await this.at(undefined));
  }

  private async at(asOf: string | undefined, companyId?: string) {
    const { buckets, provisionPct } = await ledgerRules(this.db.manager);
    const today = await todayOfCompany(this.db, companyId ?? null);
    return { asOf: asOf ?? today, buckets, provisionPct };
  }
}
