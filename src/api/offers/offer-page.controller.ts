import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { answerOffer } from '../../commands/quote/answer-offer.js';
import { oneLine } from '../../domain/document/document.js';
import type { OfferAnswer } from '../../domain/quote/offer.js';
import { offeredByToken, type Offered } from '../../queries/quote/offered.js';
import { quotePdf } from '../../queries/quote/quote-pdf.js';
import { Public } from '../http/access.js';
import { CustomerPage, type CustomerMatter } from '../http/customer-page.js';
import { CustomerPageQuery } from '../http/customer-page.dto.js';
import type { ApiRequest } from '../http/request.js';
import { offerPage } from './offer-page.js';
import { OfferForm } from './offers.dto.js';
import { wordsOf } from './offer-words.js';

/** Where a customer sees an offer and answers it. */
@ApiExcludeController()
@Controller('o')
@Public()
export class OfferPageController {
  private readonly page: CustomerPage<Offered, OfferForm>;

  constructor(db: DataSource) {
    this.page = new CustomerPage(db, offered(db));
  }

  @Get(':token')
  show(
    @Param('token') token: string,
    @Query() query: CustomerPageQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.show({ token, query, request, response });
  }

  @Post(':token')
  answer(
    @Param('token') token: string,
    @Query() query: CustomerPageQuery,
    @Body() form: OfferForm,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.answer({ token, query, request, response }, form);
  }
}

function offered(db: DataSource): CustomerMatter<Offered, OfferForm> {
  return {
    words: wordsOf,
    find: (tokenHash) => offeredByToken(db, tokenHash),
    file: ({ quoteId }, language) => quotePdf(db, quoteId, language),
    html: offerPage,
    blank: ({ textHash }) => ({ textHash }),
    async answer(form, caller, locale) {
      const words = wordsOf(locale);
      const said = answerOf(form);
      if (typeof said === 'string') return { lacks: words.incomplete[said] };
      const { value } = await answerOffer(db, { ...caller, textHash: form.textHash, answer: said });
      return { done: words.done[value.state === 'ACCEPTED' ? 'ACCEPT' : 'DECLINE'] }; // a second click learns the first answer
    },
    refusal: (code, locale) => (code === 'FX_MOVED' ? wordsOf(locale).rate : undefined),
  };
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
