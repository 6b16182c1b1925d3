import type { DataSource } from 'typeorm';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { postOffice } from './post-office.js';
import { act, catalogue, changePricing, draft, submit } from './quotation.js';

/** Sends what is queued about an offer. */
export async function postOffers(
  db: DataSource,
  quoteId: string,
): Promise<{ mail: FakeMail; states: string[] }> {
  const mail = new FakeMail();
  const queued = await db.query<{ id: string }[]>(
    `SELECT d.id FROM delivery d JOIN offer_link l ON l.id::text = d.payload->>'linkId' WHERE l.quote_id = $1 AND d.state = 'PENDING'
     ORDER BY d.created_at, d.id`,
    [quoteId],
  );
  const states = [];
  for (const { id } of queued) states.push((await postOffice(db, { mail }).sendDelivery(id)).state);
  return { mail, states };
}

export const LIN = { name: 'Lin Wei', address: 'lin@cheers.example', language: 'en' };
export const YES = { answer: 'ACCEPT', name: 'Lin Wei', title: 'Head of purchasing' };
export const NO = { answer: 'DECLINE', name: 'Lin Wei', reason: 'too expensive' };

export interface Shown {
  status: number;
  headers: Headers;
  html: string;
}

/** An API with mail, its rep, and the customer’s side of their offers. */
export interface OfferDesk {
  api: TestApi;
  rep: ApiClient;
  approved(): Promise<{ id: string }>;
  /** an offer that was sent by mail, and the path of its link */
  mailed(): Promise<{ id: string; path: string }>;
  open(path: string, init?: RequestInit): Promise<Shown>;
  answer(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Shown>;
}

export const textHashIn = (html: string): string =>
  /name="textHash" value="([0-9a-f]{64})"/.exec(html)?.[1] ?? '';

/** Requests of the tests come through a trusted proxy: this machine. */
export async function offerDesk(): Promise<OfferDesk> {
  const api = await startApi({ trustedProxies: ['127.0.0.1'] });
  await changePricing(api.dataSource, { rollingDays: null, remindsCustomer: true });
  await offerMail(api.dataSource, true);
  const rep = await api.as('moses.frase');
  const goods = await catalogue(rep);
  const approved = async () => submit(rep, (await draft(rep, goods.body())).id);
  const open = async (path: string, init: RequestInit = {}): Promise<Shown> => {
    const response = await fetch(`${api.url}${path}`, { redirect: 'manual', ...init });
    return { status: response.status, headers: response.headers, html: await response.text() };
  };
  return {
    api,
    rep,
    approved,
    open,
    async mailed() {
      const { id } = await act(rep, (await approved()).id, 'send', { to: LIN });
      const { mail } = await postOffers(api.dataSource, id);
      return { id, path: /https:\/\/sealflow\.example(\/o\/[\w-]{43})/.exec(mail.sent[0]!.text)![1]! };
    },
    async answer(path, fields, headers = {}) {
      const textHash = textHashIn((await open(path)).html) || '0'.repeat(64);
      return open(path, { method: 'POST', body: new URLSearchParams({ textHash, ...fields }), headers });
    },
  };
}
