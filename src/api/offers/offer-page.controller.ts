import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { answerOffer } from '../../commands/quote/answer-offer.js';
import { customerTokenHash } from '../../commands/link/customer-link.js';
import { oneLine, type DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import type { OfferAnswer } from '../../domain/quote/offer.js';
import { offeredByToken, type Offered } from '../../queries/quote/offered.js';
import { quotePdf } from '../../queries/quote/quote-pdf.js';
import { Public } from '../http/access.js';
import { employeeOf, isOfThisSite, pageOf, visited, type Note } from '../http/link-visit.js';
import type { ApiRequest } from '../http/request.js';
import { sendPdf } from '../http/send-pdf.js';
import { offerMessagePage, offerPage } from './offer-page.js';
import { OfferForm, OfferPageQuery } from './offers.dto.js';
import { wordsOf } from './offer-words.js';

/** Where a customer sees an offer and answers it, without an account. GET and HEAD only show: scanners change nothing. */
@ApiExcludeController()
@Controller('o')
@Public()
export class OfferPageController {
  /** views by caller, files and answers by caller and link: a whole office may share one address; a token cannot be guessed */
  private readonly views = new RateLimiterMemory({ points: 240, duration: 60 });
  private readonly files = new RateLimiterMemory({ points: 20, duration: 60 });
  private readonly answers = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(private readonly db: DataSource) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Query() { language, pdf }: OfferPageQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const offer = await this.find(token, request, response, pdf === '1' ? this.files : this.views);
    if (!offer) return;
    const isOpen = offer.end === null || offer.end === 'ANSWERED';
    if (pdf === '1' && isOpen)
      return sendPdf(response, await quotePdf(this.db, offer.quoteId, language ?? offer.language));
    this.reply(response, isOpen ? 200 : 410, offer, { language, notes: [] });
  }

  @Post(':token')
  async answer(
    @Param('token') token: string,
    @Query() { language }: OfferPageQuery,
    @Body() form: OfferForm,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const offer = await this.find(token, request, response, this.answers);
    if (!offer) return;
    const words = wordsOf(language ?? offer.language);
    const refuse = (status: number, text: string) =>
      this.reply(response, status, offer, { language, notes: [{ text, isRefusal: true }], form });
    if (!isOfThisSite(request)) return refuse(403, words.refused);
    if (await employeeOf(this.db, request)) return refuse(403, words.employee); // whoever sells does not answer
    if (offer.end !== null)
      return this.reply(response, offer.end === 'ANSWERED' ? 200 : 410, offer, { language, notes: [] });
    const said = answerOf(form);
    if (typeof said === 'string') return refuse(422, words.incomplete[said]);
    try {
      const { value } = await answerOffer(this.db, {
        token,
        textHash: form.textHash,
        answer: said,
        ip: request.ip ?? null,
        userAgent: request.headers['user-agent'] ?? null,
        correlationId: request.requestId,
      });
      const text = words.done[value.state === 'ACCEPTED' ? 'ACCEPT' : 'DECLINE']; // a second click learns the first answer
      await this.again(response, token, 200, { language, notes: [{ text, isRefusal: false }] });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const isRate = error.code === 'FX_MOVED';
      const text = isRate ? words.rate : error.code === 'STALE_SUBJECT' ? words.changed : words.refused;
      await this.again(response, token, 409, { language, notes: [{ text, isRefusal: true }] });
    }
  }

  private find(
    token: string,
    { ip = 'unknown' }: ApiRequest,
    response: Response,
    limit: RateLimiterMemory,
  ): Promise<Offered | null> {
    const visitor = limit === this.views ? ip : `${ip}${token.slice(0, 43)}`;
    return visited(
      token,
      response,
      { limit, visitor },
      (known) => offeredByToken(this.db, customerTokenHash(known)),
      (status) => {
        const key = status === 429 ? 'tooMany' : 'unknown';
        return offerMessagePage(pageOf('zh-CN', response), `${wordsOf('zh-CN')[key]} ${wordsOf('en')[key]}`);
      },
    );
  }

  private async again(response: Response, token: string, status: number, shown: Shown): Promise<void> {
    const offer = await offeredByToken(this.db, customerTokenHash(token));
    if (offer) this.reply(response, status, offer, shown);
  }

  private reply(response: Response, status: number, offer: Offered, { language, notes, form }: Shown): void {
    const page = pageOf(language ?? offer.language, response);
    const filled = form ?? { textHash: offer.textHash };
    response
      .status(status)
      .type('html')
      .send(offerPage(page, offer, { notes, filled }));
  }
}

interface Shown {
  language: DocumentLanguage | undefined;
  notes: readonly Note[];
  form?: OfferForm;
}

/** What the form says, or what it lacks. */
function answerOf({
  answer,
  name,
  title,
  reason,
}: OfferForm): OfferAnswer | 'answer' | 'name' | 'title' | 'reason' {
  const [who, position, why] = [oneLine(name ?? ''), oneLine(title ?? ''), (reason ?? '').trim()];
  if (answer === undefined) return 'answer';
  if (who === '') return 'name';
  if (answer === 'ACCEPT') return position === '' ? 'title' : { answer, name: who, title: position };
  return why === '' ? 'reason' : { answer, name: who, reason: why };
}
