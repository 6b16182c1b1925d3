import type { Response } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { customerTokenHash } from '../../commands/link/customer-link.js';
import type { DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import type { Locale } from '../../domain/notification/locale.js';
import type { CustomerPageQuery } from './customer-page.dto.js';
import { isShown, messagePage, type Paper, type PaperWords } from './customer-page-html.js';
import { employeeOf, isOfThisSite, pageOf, visited, type Note } from './link-visit.js';
import type { Page } from './plain-page.js';
import type { ApiRequest } from './request.js';
import { sendPdf } from './send-pdf.js';

export interface Visit {
  token: string;
  query: CustomerPageQuery;
  request: ApiRequest;
  response: Response;
}

/** Who answers, from where. */
export interface Caller {
  token: string;
  ip: string | null;
  userAgent: string | null;
  correlationId: string;
}

/** What the form lacks, to be put right on the page, or what became of the answer. */
export type Said = { lacks: string } | { done: string };

/** What is a page's own: an offer to accept, a contract to sign. */
export interface CustomerMatter<P extends Paper, Form extends object> {
  words: (locale: Locale) => PaperWords;
  find: (tokenHash: Buffer) => Promise<P | null>;
  file: (paper: P, language: DocumentLanguage) => Promise<Parameters<typeof sendPdf>[1]>;
  html: (page: Page, paper: P, shown: { notes: readonly Note[]; filled: Form }) => string;
  /** the form as nobody has filled it in */
  blank: (paper: P) => Form;
  answer: (form: Form, caller: Caller, locale: Locale) => Promise<Said>;
  /** words for a refusal that is this page's own */
  refusal?: (code: string, locale: Locale) => string | undefined;
}

/** A customer's visit behind a link, without an account. GET and HEAD only show: scanners answer nothing. */
export class CustomerPage<P extends Paper, Form extends object> {
  /** views by caller, files and answers by caller and link: a whole office may share one address; a token cannot be guessed */
  private readonly views = new RateLimiterMemory({ points: 240, duration: 60 });
  private readonly files = new RateLimiterMemory({ points: 20, duration: 60 });
  private readonly answers = new RateLimiterMemory({ points: 20, duration: 60 });

  constructor(
    private readonly db: DataSource,
    private readonly matter: CustomerMatter<P, Form>,
  ) {}

  async show(visit: Visit): Promise<void> {
    const { query, response } = visit;
    const wantsFile = query.pdf === '1';
    const paper = await this.find(visit, wantsFile ? this.files : this.views);
    if (!paper) return;
    if (wantsFile && isShown(paper))
      return sendPdf(response, await this.matter.file(paper, query.language ?? paper.language));
    this.reply(visit, isShown(paper) ? 200 : 410, paper, []);
  }

  async answer(visit: Visit, form: Form): Promise<void> {
    const { token, query, request } = visit;
    const paper = await this.find(visit, this.answers);
    if (!paper) return;
    const locale = query.language ?? paper.language;
    const words = this.matter.words(locale);
    const refuse = (status: number, text: string) =>
      this.reply(visit, status, paper, [{ text, isRefusal: true }], form);
    if (!isOfThisSite(request)) return refuse(403, words.refused);
    if (await employeeOf(this.db, request)) return refuse(403, words.employee); // whoever sells does not answer for the buyer
    if (paper.end !== null) return this.reply(visit, isShown(paper) ? 200 : 410, paper, []);
    const caller = {
      token,
      ip: request.ip ?? null,
      userAgent: request.headers['user-agent'] ?? null,
      correlationId: request.requestId,
    };
    try {
      const said = await this.matter.answer(form, caller, locale);
      if ('lacks' in said) return refuse(422, said.lacks);
      await this.again(visit, 200, { text: said.done, isRefusal: false });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const own = this.matter.refusal?.(error.code, locale);
      const text = own ?? (error.code === 'STALE_SUBJECT' ? words.changed : words.refused);
      await this.again(visit, 409, { text, isRefusal: true });
    }
  }

  private find({ token, request, response }: Visit, limit: RateLimiterMemory): Promise<P | null> {
    const { ip = 'unknown' } = request;
    const visitor = limit === this.views ? ip : `${ip}${token.slice(0, 43)}`;
    const { words, find } = this.matter;
    return visited(
      token,
      response,
      { limit, visitor },
      (known) => find(customerTokenHash(known)),
      (status) => {
        const key = status === 429 ? 'tooMany' : 'unknown';
        const text = `${words('zh-CN')[key]} ${words('en')[key]}`;
        return messagePage(pageOf('zh-CN', response), words('zh-CN'), text);
      },
    );
  }

  private async again(visit: Visit, status: number, note: Note): Promise<void> {
    const paper = await this.matter.find(customerTokenHash(visit.token));
    if (paper) this.reply(visit, status, paper, [note]);
  }

  private reply(
    { query, response }: Visit,
    status: number,
    paper: P,
    notes: readonly Note[],
    form?: Form,
  ): void {
    const page = pageOf(query.language ?? paper.language, response);
    const filled = form ?? this.matter.blank(paper);
    response
      .status(status)
      .type('html')
      .send(this.matter.html(page, paper, { notes, filled }));
  }
}
