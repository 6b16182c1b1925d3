import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { decideByLink } from '../../commands/link/decide-by-link.js';
import { DecisionSigner } from '../../commands/approval/signature.js';
import { linkHash } from '../../commands/link/issue-link.js';
import { DomainError } from '../../domain/errors.js';
import { linkView, type LinkView } from '../../queries/link/link-view.js';
import { loadRights } from '../../queries/org/rights.js';
import { Public } from '../http/access.js';
import { employeeOf, isOfThisSite, pageOf, visited, type Note } from '../http/link-visit.js';
import type { ApiRequest } from '../http/request.js';
import { linkPage, messagePage } from './link-page.js';
import { LinkForm } from './links.dto.js';
import { wordsOf } from './link-words.js';

/**
 * Links in mails (AE-LINK-1, AE-LINK-2). GET and HEAD only show: scanners that follow links change nothing
 * (activepieces#14024, #14252, #14255). A decision is a form that a person fills in.
 */
@ApiExcludeController()
@Controller('d')
@Public()
export class LinksController {
  /** views by caller, answers by caller and link: a whole office may share one address; a token cannot be guessed */
  private readonly views = new RateLimiterMemory({ points: 240, duration: 60 });
  private readonly answers = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly db: DataSource,
    private readonly signer: DecisionSigner,
  ) {}

  @Get(':token')
  async show(
    @Param('token') token: string,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const link = await this.find(token, request, response, this.views);
    if (link) this.reply(response, 200, link, []);
  }

  @Post(':token')
  async answer(
    @Param('token') token: string,
    @Body() form: LinkForm,
    @Req() request: ApiRequest,
    @Res() response: Response,
  ): Promise<void> {
    const link = await this.find(token, request, response, this.answers);
    if (!link) return;
    const words = wordsOf(link.holder.locale);
    const refused = (status: number, text: string) =>
      this.reply(response, status, link, [{ text, isRefusal: true }]);
    if (!isOfThisSite(request)) return refused(403, words.refused);
    if (link.end !== null) return this.reply(response, 409, link, []);
    const who = await this.mayAnswer(request, link);
    if (who === 'SOMEBODY_ELSE') return refused(403, words.asHolder(link.holder.name));
    if (who === 'MUST_LOG_IN') return refused(401, `${words.needsLogin} ${words.asHolder(link.holder.name)}`);
    const { action, comment } = form;
    if (action !== 'APPROVE' && action !== 'REJECT') return refused(422, words.incomplete);
    try {
      const answer = { ...form, action, comment: comment?.trim() || null };
      await this.decide(token, link, answer, { request, authenticatedAt: who.authenticatedAt });
      await this.again(response, 200, token, [{ text: words.done, isRefusal: false }]);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const isIncomplete = error.code === 'REQUIREMENT_MISSING';
      const text = isIncomplete ? missingText(words, error) : words.refused;
      await this.again(response, isIncomplete ? 422 : 409, token, [{ text, isRefusal: true }]);
    }
  }

  /** The holder's session, or nobody's and an amount within the limit; another person's is never enough (forwarded mail). */
  private async mayAnswer(
    request: ApiRequest,
    { holder, isWithinLimit }: LinkView,
  ): Promise<{ authenticatedAt: string | null } | 'SOMEBODY_ELSE' | 'MUST_LOG_IN'> {
    const bearer = await employeeOf(this.db, request);
    if (bearer) return bearer.personId === holder.id ? bearer : 'SOMEBODY_ELSE';
    return isWithinLimit && holder.mayAct ? { authenticatedAt: null } : 'MUST_LOG_IN';
  }

  private async decide(
    token: string,
    { holder, seatId, subjectHash }: LinkView,
    form: LinkForm & { action: 'APPROVE' | 'REJECT'; comment: string | null },
    { request, authenticatedAt }: { request: ApiRequest; authenticatedAt: string | null },
  ): Promise<void> {
    const { permissions } = await loadRights(this.db, holder.id);
    if (!permissions.includes('approval:decide')) throw new DomainError('FORBIDDEN');
    await decideByLink(this.db, {
      token,
      key: form.key,
      holder: { id: holder.id, permissions },
      seatId,
      expectedSeatVersion: Number(form.version),
      subjectHash,
      action: form.action,
      comment: form.comment,
      correlationId: request.requestId,
      proof: { authenticatedAt, signer: this.signer },
    });
  }

  private find(
    token: string,
    { ip = 'unknown', method }: ApiRequest,
    response: Response,
    limit: RateLimiterMemory,
  ): Promise<LinkView | null> {
    return visited(
      token,
      response,
      { limit, visitor: `${ip}${method === 'POST' ? token.slice(0, 43) : ''}` },
      (known) => linkView(this.db, linkHash(known)),
      (status) => {
        const key = status === 429 ? 'tooMany' : 'unknown';
        return messagePage(pageOf('zh-CN', response), `${wordsOf('zh-CN')[key]} ${wordsOf('en')[key]}`);
      },
    );
  }

  private async again(
    response: Response,
    status: number,
    token: string,
    notes: readonly Note[],
  ): Promise<void> {
    const link = await linkView(this.db, linkHash(token));
    if (link) this.reply(response, status, link, notes);
  }

  private reply(response: Response, status: number, link: LinkView, notes: readonly Note[]): void {
    const page = pageOf(link.holder.locale, response);
    response
      .status(status)
      .type('html')
      .send(linkPage(page, link, { key: randomUUID(), notes }));
  }
}

/** A comment can be given here; what else is missing is named. */
function missingText(words: ReturnType<typeof wordsOf>, { details }: DomainError): string {
  const missing = (details['missing'] as readonly string[] | undefined) ?? [];
  if (missing.every((name) => name === 'comment')) return words.incomplete;
  return words.missing(missing.map((name) => words.requirement[name] ?? name));
}
