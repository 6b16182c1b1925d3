import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { signHere } from '../../commands/contract/sign-here.js';
import { customerTokenHash } from '../../commands/link/customer-link.js';
import type { SigningAnswer } from '../../domain/contract/signing.js';
import { oneLine, type DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { toSignByToken, type ToSign } from '../../queries/contract/signing-link.js';
import { Public } from '../http/access.js';
import { employeeOf, isOfThisSite, pageOf, visited, type Note } from '../http/link-visit.js';
import type { ApiRequest } from '../http/request.js';
import { sendPdf } from '../http/send-pdf.js';
import { SigningForm, SigningPageQuery } from './signing.dto.js';
import { signingMessagePage, signingPage } from './signing-page.js';
import { wordsOf, type Missing } from './signing-words.js';

/** Where a customer reads a sealed contract and signs it, without an account. GET and HEAD only show: scanners sign nothing. */
@ApiExcludeController()
@Controller('s')
@Public()
export class SigningPageController {
  /** views by caller, files and answers by caller and link: a whole office may share one address; a token cannot be guessed */
  private readonly views = new RateLimiterMemory({ points: 240, duration: 60 });
  private readonly files = new RateLimiterMemory({ points: 20, duration: 60 });
  private readonly answers = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly db: DataSource,
    private readonly signer: DecisionSigner,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Query() { language, pdf }: SigningPageQuery,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.find(token, request, response, pdf === '1' ? this.files : this.views);
    if (!paper) return;
    const isOpen = paper.end === null || paper.end === 'ANSWERED';
    if (pdf === '1' && isOpen)
      return sendPdf(response, { name: `${paper.number}-v${paper.version}.pdf`, bytes: paper.document });
    this.reply(response, isOpen ? 200 : 410, paper, { language, notes: [] });
  }

  @Post(':token')
  async answer(
    @Param('token') token: string,
    @Query() { language }: SigningPageQuery,
    @Body() form: SigningForm,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const paper = await this.find(token, request, response, this.answers);
    if (!paper) return;
    const words = wordsOf(language ?? paper.language);
    const refuse = (status: number, text: string) =>
      this.reply(response, status, paper, { language, notes: [{ text, isRefusal: true }], form });
    if (!isOfThisSite(request)) return refuse(403, words.refused);
    if (await employeeOf(this.db, request)) return refuse(403, words.employee); // whoever sells does not sign for the buyer
    if (paper.end !== null)
      return this.reply(response, paper.end === 'ANSWERED' ? 200 : 410, paper, { language, notes: [] });
    const said = answerOf(form);
    if (typeof said === 'string') return refuse(422, words.incomplete[said]);
    try {
      const { value } = await signHere(this.db, this.signer, {
        token,
        documentHash: form.documentHash,
        said,
        ip: request.ip ?? null,
        userAgent: request.headers['user-agent'] ?? null,
        correlationId: request.requestId,
      });
      const text = words.done[value.answer]; // a second click learns the first answer
      await this.again(response, token, 200, { language, notes: [{ text, isRefusal: false }] });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'SIGNERS_NAME') return refuse(422, words.notTheName);
      const text = error.code === 'STALE_SUBJECT' ? words.changed : words.refused;
      await this.again(response, token, 409, { language, notes: [{ text, isRefusal: true }] });
    }
  }

  private find(
    token: string,
    { ip = 'unknown' }: ApiRequest,
    response: Response,
    limit: RateLimiterMemory,
  ): Promise<ToSign | null> {
    const visitor = limit === this.views ? ip : `${ip}${token.slice(0, 43)}`;
    return visited(
      token,
      response,
      { limit, visitor },
      (known) => toSignByToken(this.db, customerTokenHash(known)),
      (status) => {
        const key = status === 429 ? 'tooMany' : 'unknown';
        const text = `${wordsOf('zh-CN')[key]} ${wordsOf('en')[key]}`;
        return signingMessagePage(pageOf('zh-CN', response), text);
      },
    );
  }

  private async again(response: Response, token: string, status: number, shown: Shown): Promise<void> {
    const paper = await toSignByToken(this.db, customerTokenHash(token));
    if (paper) this.reply(response, status, paper, shown);
  }

  private reply(response: Response, status: number, paper: ToSign, { language, notes, form }: Shown): void {
    const page = pageOf(language ?? paper.language, response);
    const filled = form ?? { documentHash: paper.documentHash };
    response
      .status(status)
      .type('html')
      .send(signingPage(page, paper, { notes, filled }));
  }
}

interface Shown {
  language: DocumentLanguage | undefined;
  notes: readonly Note[];
  form?: SigningForm;
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
