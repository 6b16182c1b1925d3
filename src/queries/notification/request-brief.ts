import type { DataSource } from 'typeorm';
import type { JsonObject } from '../../domain/json.js';
import { readRequestView } from '../request/request-view.js';
import { namesOf } from '../request/person-ref.js';

/** A request as a message tells of it. */
export interface RequestBrief {
  number: string;
  title: string;
  amount: { amount: string; currency: string } | null;
  initiator: string;
  stage: string | null;
  dueAt: string | null;
  facts: { label: string; value: string }[];
  why: string[];
  changes: { label: string; before: string | null; after: string | null }[];
  by: string | null;
  outcome: string | null;
}

/**
 * What this reader may see on the page, and no more: without permissions of their own, so that nothing confidential
 * leaves by mail or chat. `params` are the notice's own.
 */
export async function requestBrief(
  db: DataSource,
  {
    requestId,
    readerId,
    seatId,
    params,
  }: {
    requestId: string;
    readerId: string;
    seatId: string | null;
    params: JsonObject;
  },
): Promise<RequestBrief> {
  const view = await readRequestView(db, { personId: readerId, permissions: {}, unitIds: {} }, requestId);
  const stage = view.path.find(({ seats }) => seats.some(({ id }) => id !== null && id === seatId));
  const seat = stage?.seats.find(({ id }) => id === seatId);
  const { by, state, to } = params;
  const who = [by, to].find((id) => typeof id === 'string' && !id.startsWith('system:'));
  const nameOf = await namesOf(db, typeof who === 'string' ? [who] : []);
  return {
    number: view.subject.number,
    title: view.title,
    amount: view.subject.amount,
    initiator: view.initiator?.name ?? '',
    stage: typeof params['stage'] === 'string' ? params['stage'] : (stage?.title ?? null),
    dueAt: seat?.dueAt ?? null,
    facts: view.subject.facts.map(({ label, value }) => ({ label, value })),
    why: seat ? seat.why.map(({ text }) => text) : [],
    changes: view.changes.map(({ label, before, after }) => ({ label, before, after })),
    by: typeof who === 'string' ? (nameOf(who)?.name ?? null) : null,
    outcome: typeof state === 'string' ? state : null,
  };
}
