import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { issueCreditNote } from '../../commands/receivable/credit-note.js';
import {
  allocatePayment,
  confirmPayment,
  recordPayment,
  rejectPayment,
} from '../../commands/receivable/payment.js';
import { reversePayment } from '../../commands/receivable/reverse-payment.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { findPayment, listPayments } from '../../queries/receivable/payments.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import {
  ConfirmBody,
  CreditNoteBody,
  CreditNoteView,
  ItemsBody,
  Payment,
  PaymentBody,
  PaymentDetail,
  PaymentPage,
  PaymentsQuery,
  BookingReason,
  ReverseBody,
  designationOf,
} from './payments.dto.js';

/** Money that came in: recorded once, applied, confirmed by a second person above a limit, taken back when it bounces. */
@ApiTags('receivables')
@Controller()
export class PaymentsController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get('payments')
  @Allow('receivable:read')
  @ApiOkResponse({ type: PaymentPage })
  list(@Query() query: PaymentsQuery, @CurrentViewer() viewer: Viewer): Promise<Page<Payment>> {
    return this.paging.read('payments', query, (slice) => listPayments(this.db, viewer, query, slice));
  }

  @Get('payments/:id')
  @Allow('receivable:read')
  @ApiOkResponse({ type: PaymentDetail })
  read(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<PaymentDetail> {
    return findPayment(this.db, viewer, id);
  }

  @Post('payments')
  @Allow('receivable:post')
  @ApiCreatedResponse({ type: PaymentDetail })
  record(
    @Body() { items, amount, ...body }: PaymentBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDetail> {
    return this.act(viewer, response, () =>
      recordPayment(this.db, meta, {
        ...body,
        ...amount,
        companyId: body.companyId ?? null,
        customerId: body.customerId ?? null,
        payerAccount: body.payerAccount ?? null,
        reference: body.reference ?? '',
        designation: designationOf(items),
      }),
    );
  }

  @Post('payments/:id/confirm')
  @HttpCode(200)
  @Allow('receivable:post')
  @ApiOkResponse({ type: PaymentDetail })
  confirm(
    @Param('id', ParseUUIDPipe) paymentId: string,
    @Body() { customerId, items }: ConfirmBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDetail> {
    return this.act(viewer, response, () =>
      confirmPayment(this.db, meta, {
        paymentId,
        customerId: customerId ?? null,
        designation: items ? designationOf(items) : null,
      }),
    );
  }

  @Post('payments/:id/reject')
  @HttpCode(200)
  @Allow('receivable:post')
  @ApiOkResponse({ type: PaymentDetail })
  reject(
    @Param('id', ParseUUIDPipe) paymentId: string,
    @Body() { reason }: BookingReason,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDetail> {
    return this.act(viewer, response, () => rejectPayment(this.db, meta, { paymentId, reason }));
  }

  @Post('payments/:id/allocate')
  @HttpCode(200)
  @Allow('receivable:post')
  @ApiOkResponse({ type: PaymentDetail })
  allocate(
    @Param('id', ParseUUIDPipe) paymentId: string,
    @Body() { items }: ItemsBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDetail> {
    return this.act(viewer, response, () =>
      allocatePayment(this.db, meta, { paymentId, designation: designationOf(items) }),
    );
  }

  @Post('payments/:id/reverse')
  @HttpCode(200)
  @Allow('receivable:post')
  @ApiOkResponse({ type: PaymentDetail })
  reverse(
    @Param('id', ParseUUIDPipe) paymentId: string,
    @Body() body: ReverseBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PaymentDetail> {
    return this.act(viewer, response, () => reversePayment(this.db, meta, { paymentId, ...body }));
  }

  @Post('credit-notes')
  @Allow('receivable:post')
  @ApiCreatedResponse({ type: CreditNoteView })
  async credit(
    @Body() { amount, ...body }: CreditNoteBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CreditNoteView> {
    const note = { ...body, ...amount, companyId: body.companyId ?? null, itemId: body.itemId ?? null };
    return replyWith(response, await issueCreditNote(this.db, meta, note));
  }

  private async act(
    viewer: Viewer,
    response: Response,
    command: () => Promise<Answer<{ paymentId: string }>>,
  ): Promise<PaymentDetail> {
    const { paymentId } = replyWith(response, await command());
    return findPayment(this.db, viewer, paymentId);
  }
}
