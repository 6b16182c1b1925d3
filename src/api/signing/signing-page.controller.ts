import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { DataSource } from 'typeorm';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { signHere } from '../../commands/contract/sign-here.js';
import type { SigningAnswer } from '../../domain/contract/signing.js';
import { oneLine } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { toSignByToken, type ToSign } from '../../queries/contract/signing-link.js';
import { Public } from '../http/access.js';
import { CustomerPage, type CustomerMatter } from '../http/customer-page.js';
import { CustomerPageQuery } from '../http/customer-page.dto.js';
import type { ApiRequest } from '../http/request.js';
import { SigningForm } from './signing.dto.js';
import { signingPage } from './signing-page.js';
import { wordsOf, type Missing } from './signing-words.js';

/** Where a customer reads a sealed contract and signs it. */
@ApiExcludeController()
@Controller('s')
@Public()
export class SigningPageController {
  private readonly page: CustomerPage<ToSign, SigningForm>;

  constructor(db: DataSource, signer: DecisionSigner) {
    this.page = new CustomerPage(db, toSign(db, signer));
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
    @Body() form: SigningForm,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.page.answer({ token, query, request, response }, form);
  }
}

function toSign(db: DataSource, signer: DecisionSigner): CustomerMatter<ToSign, SigningForm> {
  return {
    words: wordsOf,
    find: (tokenHash) => toSignByToken(db, tokenHash),
    file: ({ number, version, document }) =>
      Promise.resolve({ name: `${number}-v${version}.pdf`, bytes: document }),
    html: signingPage,
    blank: ({ documentHash }) => ({ documentHash }),
    async answer(form, caller, locale) {
      const words = wordsOf(locale);
      const said = answerOf(form);
      if (typeof said === 'string') return { lacks: words.incomplete[said] };
      try {
        const { value } = await signHere(db, signer, { ...caller, documentHash: form.documentHash, said });
        return { done: words.done[value.answer] }; // a second click learns the first answer
      } catch (error) {
        if (error instanceof DomainError && error.code === 'SIGNERS_NAME') return { lacks: words.notTheName };
        throw error;
      }
    },
  };
}

/** What the form says, or what it lacks. */
function answerOf({ answer, name, title, reason, consent }: SigningForm): SigningAnswer | Missing {
  const [who, why] = [oneLine(name ?? ''), (reason ?? '').trim()];
  if (answer === undefined) return 'answer';
  if (who === '') return 'name';
  if (answer === 'SIGN')
    return consent === '1' ? { answer, name: who, title: oneLine(title ?? '') || null } : 'consent';
  return why === '' ? 'reason' : { answer, name: who, reason: why };
}
