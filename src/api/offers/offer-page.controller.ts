import { createHash } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { answerOffer } from '../../commands/quote/answer-offer.js';
import { offerTokenHash } from '../../commands/quote/offer-link.js';
import { oneLine, type DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import type { OfferAnswer } from '../../domain/quote/offer.js';
import { bearerOfToken } from '../../queries/org/principal.js';
import { offeredByToken, type Offered } from '../../queries/quote/offered.js';
import { quotePdf } from '../../queries/quote/quote-pdf.js';
import { Public } from '../http/access.js';
import type { Page } from '../http/plain-page.js';
import type { ApiRequest } from '../http/request.js';
import { STYLE_NONCE } from '../http/security-headers.js';
import { sendPdf } from '../http/send-pdf.js';
import { cookieOf, SESSION_COOKIE } from '../http/session-cookie.js';
import { offerMessagePage, offerPage, type Note } from './offer-page.js';
import { OfferForm, OfferPageQuery } from './offers.dto.js';
import { wordsOf } from './offer-words.js';

const TOKEN = /^[\w-]{43}$/;

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
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin') return refuse(403, words.refused);
    if (await this.isEmployee(request)) return refuse(403, words.employee);
    if (offer.end !== null)
      return this.reply(response, offer.end === 'ANSWERED' ? 200 : 410, offer, { language, notes: [] });
    const said = answerOf(form);
    if (typeof said === 'string') return refuse(422, words.incomplete[said]);
    try {
      await answerOffer(this.db, {
        token,
        textHash: form.textHash,
        answer: said,
        ip: request.ip ?? null,
        userAgent: request.headers['user-agent'] ?? null,
        correlationId: request.requestId,
      });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const isRate = error.code === 'FX_MOVED';
      const text = isRate ? words.rate : error.code === 'STALE_SUBJECT' ? words.changed : words.refused;
      return this.again(response, token, 409, { language, notes: [{ text, isRefusal: true }] });
    }
    await this.again(response, token, 200, {
      language,
      notes: [{ text: words.done[said.answer], isRefusal: false }],
    });
  }

  /** Whoever sells does not answer for the customer, by mistake or otherwise. */
  private async isEmployee(request: ApiRequest): Promise<boolean> {
    const cookie = cookieOf(request, SESSION_COOKIE);
    if (cookie === undefined) return false;
    return (await bearerOfToken(this.db, createHash('sha256').update(cookie).digest())) !== null;
  }

  /** What the link stands for, or null when that was answered already: too many tries, or no such link. */
  private async find(
    token: string,
    request: ApiRequest,
    response: Response,
    limit: RateLimiterMemory,
  ): Promise<Offered | null> {
    response.setHeader('Cache-Control', 'no-store');
    const both = (key: 'tooMany' | 'unknown') => `${wordsOf('zh-CN')[key]} ${wordsOf('en')[key]}`;
    try {
      await limit.consume(`${request.ip ?? 'unknown'}${limit === this.views ? '' : token.slice(0, 43)}`);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      response.setHeader('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
      response
        .status(429)
        .type('html')
        .send(offerMessagePage(pageOf('zh-CN', response), both('tooMany')));
      return null;
    }
    const offer = TOKEN.test(token) ? await offeredByToken(this.db, offerTokenHash(token)) : null;
    if (!offer)
      response
        .status(404)
        .type('html')
        .send(offerMessagePage(pageOf('zh-CN', response), both('unknown')));
    return offer;
  }

  private async again(response: Response, token: string, status: number, shown: Shown): Promise<void> {
    const offer = await offeredByToken(this.db, offerTokenHash(token));
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

function pageOf(locale: Page['locale'], response: Response): Page {
  return { locale, nonce: String(response.locals[STYLE_NONCE]) };
}
