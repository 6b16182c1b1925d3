import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import type { PlannedSubject } from '../../commands/approval/planning.js';
import type { QuoteDraft } from '../../commands/quote/draft.js';
import { createQuote, editQuote, reviseQuote } from '../../commands/quote/edit.js';
import { acceptRate } from '../../commands/quote/fx.js';
import { acceptQuote, declineQuote } from '../../commands/quote/offer.js';
import { previewDraft, previewQuote, submitQuote } from '../../commands/quote/submit.js';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import type { Actor } from '../../domain/actor.js';
import type { Viewer } from '../../queries/org/scope.js';
import { findOpportunity } from '../../queries/opportunity/opportunities.js';
import { draftLines, previewFigures } from '../../queries/quote/preview-view.js';
import { readQuote } from '../../queries/quote/quote-view.js';
import { listQuotes, mustReach } from '../../queries/quote/quotes.js';
import { planView } from '../../queries/request/plan-view.js';
import { Allow, CurrentActor, CurrentViewer } from '../http/access.js';
import { IfMatch, setVersion } from '../http/if-match.js';
import { Meta, replyWith } from '../http/meta.js';
import { Paging, type Page } from '../http/paging.js';
import { QuoteBody } from './quote-body.dto.js';
import {
  AcceptQuoteBody,
  AcceptRateBody,
  DeclineQuoteBody,
  PlanPreview,
  QuoteListQuery,
  QuotePage,
  QuoteSubmitted,
  QuoteSummary,
  QuoteView,
  SubmitQuoteBody,
} from './quotes.dto.js';

@ApiTags('quotes')
@Controller('quotes')
export class QuotesController {
  constructor(
    private readonly db: DataSource,
    private readonly paging: Paging,
  ) {}

  @Get()
  @Allow('quote:read')
  @ApiOkResponse({ type: QuotePage })
  list(@Query() query: QuoteListQuery, @CurrentViewer() viewer: Viewer): Promise<Page<QuoteSummary>> {
    return this.paging.read('quotes', query, (slice) => listQuotes(this.db, viewer, query, slice));
  }

  @Post()
  @Allow('quote:write')
  @ApiCreatedResponse({ type: QuoteView })
  async create(
    @Body() body: QuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    await this.mustSeeOpportunity(viewer, body);
    const { quoteId } = replyWith(response, await createQuote(this.db, meta, draftOf(body)));
    return this.view(viewer, quoteId, response);
  }

  @Post('preview')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: PlanPreview })
  async previewUnsaved(
    @Body() body: QuoteBody,
    @CurrentActor() actor: Actor,
    @CurrentViewer() viewer: Viewer,
  ): Promise<PlanPreview> {
    await this.mustSeeOpportunity(viewer, body);
    const { planned, priced } = await previewDraft(this.db.manager, actor, draftOf(body));
    return { ...preview(planned), lines: draftLines(priced, viewer) };
  }

  @Get(':id')
  @Allow('quote:read')
  @ApiOkResponse({ type: QuoteView })
  one(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    return this.view(viewer, id, response);
  }

  @Put(':id')
  @Allow('quote:write')
  @ApiOkResponse({ type: QuoteView })
  async edit(
    @Param('id', ParseUUIDPipe) id: string,
    @IfMatch() rowVersion: number,
    @Body() body: QuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    await mustReach(this.db, viewer, 'quote:write', id);
    await this.mustSeeOpportunity(viewer, body);
    replyWith(response, await editQuote(this.db, meta, { quoteId: id, rowVersion, draft: draftOf(body) }));
    return this.view(viewer, id, response);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @Allow('quote:read')
  @ApiOkResponse({ type: PlanPreview })
  async preview(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentViewer() viewer: Viewer,
  ): Promise<PlanPreview> {
    await mustReach(this.db, viewer, 'quote:read', id);
    return preview(await previewQuote(this.db.manager, actor, id));
  }

  @Post(':id/submit')
  @HttpCode(200)
  @Allow('quote:submit')
  @ApiOkResponse({ type: QuoteSubmitted })
  async submit(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: SubmitQuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteSubmitted> {
    await mustReach(this.db, viewer, 'quote:write', id);
    const answer = await submitQuote(this.db, meta, { ...body, quoteId: id });
    const { requestId, resumeDowngraded } = replyWith(response, answer);
    return { quote: await this.view(viewer, id, response), requestId, resumeDowngraded };
  }

  @Post(':id/revise')
  @Allow('quote:write')
  @ApiCreatedResponse({ type: QuoteView })
  async revise(
    @Param('id', ParseUUIDPipe) id: string,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    await mustReach(this.db, viewer, 'quote:write', id);
    const { quoteId } = replyWith(response, await reviseQuote(this.db, meta, id));
    return this.view(viewer, quoteId, response);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: QuoteView })
  accept(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: AcceptQuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    const answer = { quoteId: id, acceptedBy: body.acceptedBy, note: body.note ?? null };
    return this.move(viewer, id, response, () => acceptQuote(this.db, meta, answer));
  }

  @Post(':id/fx-acceptance')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: QuoteView })
  acceptRate(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { rate }: AcceptRateBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    return this.move(viewer, id, response, () => acceptRate(this.db, meta, { quoteId: id, rate }));
  }

  @Post(':id/decline')
  @HttpCode(200)
  @Allow('quote:write')
  @ApiOkResponse({ type: QuoteView })
  decline(
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DeclineQuoteBody,
    @Meta() meta: CommandMeta,
    @CurrentViewer() viewer: Viewer,
    @Res({ passthrough: true }) response: Response,
  ): Promise<QuoteView> {
    return this.move(viewer, id, response, () =>
      declineQuote(this.db, meta, { quoteId: id, reason: body.reason }),
    );
  }

  private async move(
    viewer: Viewer,
    id: string,
    response: Response,
    command: () => Promise<Answer<unknown>>,
  ): Promise<QuoteView> {
    await mustReach(this.db, viewer, 'quote:write', id);
    replyWith(response, await command());
    return this.view(viewer, id, response);
  }

  /** Nobody quotes on a deal he may not see. */
  private async mustSeeOpportunity(viewer: Viewer, { opportunityId }: QuoteBody): Promise<void> {
    if (opportunityId) await findOpportunity(this.db, viewer, opportunityId);
  }

  private async view(viewer: Viewer, id: string, response: Response): Promise<QuoteView> {
    const quote = await readQuote(this.db, viewer, id);
    setVersion(response, quote.rowVersion);
    return quote;
  }
}

function preview(planned: PlannedSubject): PlanPreview {
  return { ...planView(planned), ...previewFigures(planned.subject) };
}

function draftOf(body: QuoteBody): QuoteDraft {
  return {
    opportunityId: body.opportunityId ?? null,
    customerId: body.customerId,
    currency: body.currency,
    lines: body.lines,
    dealDiscountPct: body.dealDiscountPct ?? '0',
    freight: body.freight ?? '0',
    commissionPct: body.commissionPct ?? '0',
    termDays: body.termDays,
    instalments: (body.instalments ?? []).map(({ trigger, pct, days }) => ({
      trigger,
      pct,
      days: days ?? 0,
    })),
    deliveryDays: body.deliveryDays ?? null,
    warrantyMonths: body.warrantyMonths ?? null,
    nonStandardClauses: body.nonStandardClauses ?? [],
    validUntil: body.validUntil ?? null,
    note: body.note ?? null,
  };
}
