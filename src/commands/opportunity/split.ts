import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { splitsOf, wasWon } from '../../db/deal-splits.js';
import { personId } from '../../domain/actor.js';
import { addDays } from '../../domain/contract/plan.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import {
  checkSplit,
  isSameSplit,
  ownersSplit,
  splitChanges,
  splitOn,
  type Split,
} from '../../domain/opportunity/split.js';
import { submitForApproval } from '../approval/submit.js';
import { assertActivePerson } from '../org/history.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockDeal, record, touch, type LockedDeal } from './store.js';

export interface NewSplit extends Split {
  /** ISO date from which it holds */
  validFrom: string;
  /** mandatory once the deal was won */
  reason: string | null;
}

/**
 * Says who gets the credit of a deal from a day on. Once the deal was won it is only proposed: the managers of everybody
 * whose share it moves approve it before anything changes.
 * @throws DomainError NOT_FOUND · STALE_VERSION · OPPORTUNITY.STATE the deal is lost · OPPORTUNITY.SPLIT_PENDING ·
 *   VALIDATION · as submitForApproval
 */
export function setSplit(
  db: DataSource,
  meta: CommandMeta,
  { id, expectedVersion, split }: { id: string; expectedVersion: number; split: NewSplit },
): Promise<Answer<{ id: string; requestId: string | null }>> {
  return runCommand(db, meta, async (tx) => {
    const deal = await lockDeal(tx, id);
    mustBeVersion(deal, expectedVersion);
    const won = await wasWon(tx, id);
    const before = await check(tx, deal, split, won);
    const state = won ? 'PROPOSED' : 'SET';
    const names = await namesOf(tx, [
      ...before.revenue,
      ...before.overlay,
      ...split.revenue,
      ...split.overlay,
    ]);
    const changes = splitChanges(before, split).map(({ personId: person, ...change }) => ({
      ...change,
      ...(person === null ? {} : { name: names.get(person) ?? person }),
    }));
    const splitId = await insert(tx, deal, split, { state, by: personId(meta.actor), changes });
    await touch(tx, id);
    const { revenue, overlay, channel, validFrom } = split;
    await record(tx, deal.head, meta.actor, won ? 'opportunity.split-proposed' : 'opportunity.split-set', {
      id,
      splitId,
      validFrom,
      revenue: revenue.map((share) => ({ ...share })),
      overlay: overlay.map((share) => ({ ...share })),
      channelPct: channel?.percent ?? null,
    });
    if (!won) return { id, requestId: null };
    const { requestId } = await submitForApproval(tx, meta, 'SPLIT', splitId, { comment: split.reason });
    return { id, requestId };
  });
}

/**
 * A deal that was won stays credited to whoever won it, also when somebody else takes it over: until the first day on which
 * a split that was given says otherwise.
 * @param deal under its lock, with the owner it has until now
 */
export async function keepWinnersCredit(
  tx: EntityManager,
  deal: Pick<LockedDeal, 'id' | 'ownerId' | 'engagedOn' | 'today'>,
  by: string | null,
): Promise<void> {
  if (!(await wasWon(tx, deal.id))) return;
  const given = await splitsOf(tx, deal.id);
  const since = deal.engagedOn ?? deal.today;
  const set = given.filter(({ state }) => state === 'SET');
  if (splitOn(set, since)) return;
  // whatever is proposed already may hold from today on: it comes after this
  const validFrom = since < deal.today ? since : addDays(deal.today, -1);
  const split = { ...ownersSplit(deal.ownerId), validFrom, reason: null };
  await insert(tx, deal, split, { state: 'SET', by, changes: null });
}

/** @returns the split that holds on its day so far */
async function check(tx: EntityManager, deal: LockedDeal, split: NewSplit, won: boolean): Promise<Split> {
  if (deal.stage === 'LOST') throw new DomainError('OPPORTUNITY.STATE', { stage: deal.stage });
  const given = await splitsOf(tx, deal.id);
  const proposed = given.find(({ state }) => state === 'PROPOSED');
  if (proposed)
    throw new DomainError('OPPORTUNITY.SPLIT_PENDING', { openRequestId: await requestOf(tx, proposed.id) });
  checkSplit(split, split.validFrom, deal.today);
  if (won && !split.reason)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/reason', code: 'REQUIRED', rule: 'why the credit of a won deal changes' },
    ]);
  const before = splitOn(given, split.validFrom) ?? ownersSplit(deal.ownerId);
  if (isSameSplit(before, split))
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/revenue', code: 'UNCHANGED', rule: 'another split than the one that holds then' },
    ]);
  const known = new Set([
    deal.ownerId,
    ...[...before.revenue, ...before.overlay].map((share) => share.personId),
  ]);
  for (const list of ['revenue', 'overlay'] as const)
    for (const [index, share] of split[list].entries())
      if (!known.has(share.personId))
        await assertActivePerson(tx, share.personId, `/${list}/${index}/personId`);
  return before;
}

async function insert(
  tx: EntityManager,
  { id }: Pick<LockedDeal, 'id'>,
  { revenue, overlay, channel, validFrom, reason }: NewSplit,
  { state, by, changes }: { state: 'SET' | 'PROPOSED'; by: string | null; changes: JsonObject[] | null },
): Promise<string> {
  const splitId = uuidv7();
  await tx.query(
    `INSERT INTO opportunity_split (id, opportunity_id, no, state, valid_from, holds_from, partner, partner_pct, reason, changes, given_by)
     SELECT $1, $2, 1 + coalesce(max(no), 0), $3::varchar, $4::date, CASE WHEN $3::varchar = 'SET' THEN $4::date END, $5, $6, $7, $8, $9
     FROM opportunity_split WHERE opportunity_id = $2`,
    [
      splitId,
      id,
      state,
      validFrom,
      channel?.partner ?? null,
      channel?.percent ?? null,
      reason,
      changes && JSON.stringify(changes),
      by,
    ],
  );
  const shares = [
    ...revenue.map((share) => ({ kind: 'REVENUE', ...share })),
    ...overlay.map((share) => ({ kind: 'OVERLAY', ...share })),
  ];
  await tx.query(
    `INSERT INTO opportunity_split_share (split_id, kind, position, employee_id, percent)
     SELECT $1, x.kind, x.position, x.person, x.percent
     FROM unnest($2::varchar[], $3::uuid[], $4::numeric[]) WITH ORDINALITY AS x(kind, person, percent, position)`,
    [splitId, shares.map((s) => s.kind), shares.map((s) => s.personId), shares.map((s) => s.percent)],
  );
  return splitId;
}

async function namesOf(
  tx: EntityManager,
  shares: readonly { personId: string }[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }[]>(
    `SELECT id, name FROM employee WHERE id = ANY ($1::uuid[])`,
    [shares.map((share) => share.personId)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function requestOf(tx: EntityManager, splitId: string): Promise<string | null> {
  const [row] = await tx.query<{ id: string }[]>(
    `SELECT id FROM approval_request WHERE kind = 'SPLIT' AND subject_id = $1 ORDER BY submitted_at DESC LIMIT 1`,
    [splitId],
  );
  return row?.id ?? null;
}
