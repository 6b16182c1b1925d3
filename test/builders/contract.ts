import { randomUUID } from 'node:crypto';
import { draftFromQuote } from '../../src/commands/contract/draft.js';
import type { ApiClient, TestApi } from '../support/api.js';
import { decide } from './approval-client.js';
import { act, catalogue, draft, submit } from './quotation.js';

export interface Contract {
  id: string;
  owner: { id: string };
  number: string;
  quoteId: string;
  state: string;
  rowVersion: number;
  requestId: string | null;
  total: { amount: string; currency: string };
  clauses: { key: string; title: string; text: string; standard: boolean }[];
  text: string;
  textHash: string;
  signedHash: string | null;
  hashMatches: boolean | null;
  effectiveOn: string | null;
  plan: {
    seq: number;
    trigger: string;
    pct: string;
    amount: { amount: string };
    dueOn: string | null;
    state: string;
  }[];
  milestones: { id: string; kind: string; dueOn: string; doneOn: string | null }[];
  actions: string[];
  version: number;
  endsOn: string | null;
  changing: boolean;
  change: { version: number; kind: string; state: string } | null;
  suspendedFor: string | null;
  holds: string[];
  retentionUntil: string | null;
  endReason: string | null;
}

/** The draft of a contract from a quotation that was approved, sent and accepted; drafted as its process would. */
export async function draftedContract(api: TestApi, rep: ApiClient, over: object = {}): Promise<Contract> {
  const goods = await catalogue(rep);
  const quote = await submit(rep, (await draft(rep, goods.body({}, over))).id);
  await everybodyApproves(api, quote.requestId!);
  await act(rep, quote.id, 'send');
  await act(rep, quote.id, 'accept', { acceptedBy: 'Ms Zhao' });
  const step = { key: `draft-${randomUUID()}`, correlationId: null };
  const { value } = await draftFromQuote(api.dataSource, step, quote.id);
  return readContract(rep, value.contractId);
}

export async function readContract(client: ApiClient, id: string): Promise<Contract> {
  return must(await client.get<Contract>(`/contracts/${id}`));
}

/** A command on the contract that has to succeed; the contract after it. */
export async function write(client: ApiClient, path: string, body: unknown = {}): Promise<Contract> {
  return must(await client.post<Contract>(path, body));
}

/** The counter-signed copy as a browser uploads it. */
export function signedCopy(text: string, signedOn = '2026-11-24'): FormData {
  const form = new FormData();
  form.set('file', new Blob([text], { type: 'text/plain' }), 'signed.txt');
  form.set('signedOn', signedOn);
  return form;
}

/** In force: drafted, reviewed, sealed and counter-signed as it was approved. */
export async function effectiveContract(api: TestApi, rep: ApiClient, over: object = {}): Promise<Contract> {
  const { id } = await draftedContract(api, rep, over);
  const { requestId } = await write(rep, `/contracts/${id}/submit`);
  await everybodyApproves(api, requestId!);
  const { text } = await write(await api.as('seal'), `/contracts/${id}/seal`);
  return write(await api.as('backoffice'), `/contracts/${id}/counter-signed`, signedCopy(text));
}

/** The contracts that took effect so far did so long ago: they do not count together with those to come. */
export function longAgo(api: TestApi): Promise<unknown> {
  return api.dataSource.query(
    `UPDATE contract SET effective_at = effective_at - interval '40 days' WHERE effective_at IS NOT NULL AND archived_at IS NULL`,
  );
}

/** Everybody who is asked says yes, until nobody is asked any more. */
export async function everybodyApproves(api: TestApi, requestId: string): Promise<void> {
  const open = (): Promise<{ username: string }[]> =>
    api.dataSource.query(
      `SELECT DISTINCT e.username FROM approval_seat s JOIN employee e ON e.id = s.holder_id
       WHERE s.request_id = $1 AND s.state = 'OPEN' LIMIT 1`,
      [requestId],
    );
  for (let [next] = await open(); next; [next] = await open())
    must(await decide(await api.as(next.username), requestId));
}

function must<T>({ status, body }: { status: number; body: T }): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
