import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { actOnBill, receiveBill } from '../../commands/receivable/bill.js';
import type { CommandMeta } from '../../commands/transaction.js';
import { listBills, readBill } from '../../queries/receivable/bills.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { Bill, BillActBody, BillBody, BillPage, BillsQuery } from './bills.dto.js';
import { designationOf } from './payments.dto.js';

/** Acceptance bills (承兑汇票): taken in payment, passed on, discounted, matured, dishonoured. */
@ApiTags('receivables')
@Controller('bills')
export class BillsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('receivable:read')
  @ApiOkResponse({ type: BillPage })
  list(@Query() query: BillsQuery, @CurrentViewer() viewer: Viewer): Promise<Page<Bill>> {
    return this.paging.read('bills', query, (slice) => listBills(this.db, viewer, query, slice));
  }

  @Get(':id')
  @Allow('receivable:read')
  @ApiOkResponse({ type: Bill })
  read(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<Bill> {
    return readBill(this.db, viewer, id);
  }

  @Post()
  @Allow('receivable:post')
  @ApiCreatedResponse({ type: Bill })
  async receive(
    @Body() { items, amount, receivedOn, companyId, ...body }: BillBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Bill> {
    const answer = await receiveBill(this.db, meta, {
      ...body,
      ...amount,
      companyId: companyId ?? null,
      payerName: body.drawer,
      payerAccount: null,
      reference: body.billNo,
      valueDate: receivedOn,
      designation: designationOf(items),
    });
    return readBill(this.db, viewer, replyWith(response, answer).paymentId);
  }

  @Post(':id/acts')
  @HttpCode(200)
  @Allow('receivable:post')
  @ApiOkResponse({ type: Bill })
  async act(
    @Param('id', ParseUUIDPipe) paymentId: string,
    @Body() body: BillActBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Bill> {
    replyWith(response, await actOnBill(this.db, meta, { paymentId, ...body }));
    return readBill(this.db, viewer, paymentId);
  }
}
