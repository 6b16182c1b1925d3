import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { eraseCustomer } from '../../commands/quote/erase-customer.js';
import { sendQuote } from '../../commands/quote/offer.js';
import { openCustomerLink } from '../../commands/link/customer-link.js';
import { giveOfferLink, resendQuote } from '../../commands/quote/offer-link.js';
import type { CommandMeta } from '../../commands/transaction.js';
import type { Viewer } from '../../queries/org/scope.js';
import { offerView } from '../../queries/quote/offer-view.js';
import { quotePdf } from '../../queries/quote/quote-pdf.js';
import { readQuote } from '../../queries/quote/quote-view.js';
import { mustReach } from '../../queries/quote/quotes.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { DocumentQuery } from '../http/document-query.dto.js';
import { setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { sendPdf } from '../http/send-pdf.js';
import { ApiSettings } from '../http/settings.js';
import {
  CustomerErased,
  EraseCustomerBody,
  OfferLinkBody,
  OfferLinkGiven,
  OfferView,
  ResendQuoteBody,
  SendQuoteBody,
} from './offers.dto.js';
import { QuoteView } from './quotes.dto.js';

/** The quotation on its way to the customer. */
@ApiTags('quotes')
@Controller('quotes')
export class OffersController {
  constructor(
    private readonly db: DataSource,
    private readonly settings: ApiSettings,
  ) {}

  @Get(':id/pdf')
  @Allow('quote:read')
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { language }: DocumentQuery,
    @CurrentViewer() viewer: Viewer,
    @Res() response: Response,
  ): Promise<void> {
    await mustReach(this.db, viewer, 'quote:read', id);
    sendPdf(response, await quotePdf(this.db, id, language));
  }

  @Get(':id/offer')
  @Allow('quote:read')
  @ApiOkResponse({ type: OfferView })
  async offer(@Param('id', ParseUUIDPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<OfferView> {
    await mustReach(this.db, viewer, 'quote:read', id);
    return offerView(this.db, id);
  }

  @Post(':id/send')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: QuoteView })
  async send(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to }: SendQuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    await mustReach(this.db, viewer, 'quote:write', id);
    replyWith(response, await sendQuote(this.db, meta, { quoteId: id, to: to ?? null }));
    const quote = await readQuote(this.db, viewer, id);
    setVersion(response, quote.rowVersion);
    return quote;
  }

  @Post(':id/offer-mails')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: OfferView })
  async resend(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { to }: ResendQuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OfferView> {
    await mustReach(this.db, viewer, 'quote:write', id);
    replyWith(response, await resendQuote(this.db, meta, { quoteId: id, to }));
    return offerView(this.db, id);
  }

  @Post(':id/offer-links')
  @Allow('quote:write')
  @ApiCreatedResponse({ type: OfferLinkGiven })
  async link(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { language }: OfferLinkBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OfferLinkGiven> {
    await mustReach(this.db, viewer, 'quote:write', id);
    const { linkId } = replyWith(response, await giveOfferLink(this.db, meta, { quoteId: id, language }));
    const { secret } = this.settings.options;
    return { path: `/o/${await openCustomerLink(this.db, secret, 'offer', linkId)}` };
  }

  /** Erases the names, addresses and reasons of the customer's people in this offer. That it was answered, and how, stays. */
  @Post(':id/customer-erasures')
  @HttpCode(200)
  @Allow('privacy:erase')
  @ApiOkResponse({ type: CustomerErased })
  async erase(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: EraseCustomerBody,
    @Meta() meta: CommandMeta,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerErased> {
    return replyWith(response, await eraseCustomer(this.db, meta, { quoteId: id, reason }));
  }
}
