import type { DataSource, EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { afterDraftAct, type DraftAct } from '../../domain/policy/draft.js';
import { appendEvents } from '../events.js';
import { isAuthor } from '../policy/draft-store.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import {
  LIST_STATE,
  lockList,
  setState,
  withAuthor,
  type ListChanged,
  type ListDraft,
} from './list-draft.js';
import { tellOfChange } from './price-change.js';

interface Submission {
  id: string;
  rowVersion: number;
  /** ISO instants; null: as soon as it is published, and until the next one */
  validFrom: string | null;
  validTo: string | null;
}

/**
 * Hands a list to a second person. Each product needs a price for any number of it.
 * @throws DomainError NOT_FOUND · STALE_VERSION · PRICE_LIST.STATE · VALIDATION
 */
export function submitPriceList(
  db: DataSource,
  meta: CommandMeta,
  submission: Submission,
): Promise<Answer<ListChanged>> {
  const { id, rowVersion, validFrom, validTo } = submission;
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    const state = afterDraftAct(list.state, 'SUBMIT', LIST_STATE);
    mustBeVersion(list, rowVersion);
    mustBeAhead(validFrom, validTo, head.now);
    await mustBeWhole(tx, id);
    const authors = withAuthor(list, meta.actor.id);
    await setState(tx, id, state, {
      wanted_from: validFrom,
      wanted_to: validTo,
      authors,
      reviewed_by: null,
      review_reason: null,
    });
    await appendEvents(tx, head, [
      { type: 'prices.submitted', actor: meta.actor.id, payload: { validFrom, validTo } },
    ]);
    return { priceListId: id, rowVersion: rowVersion + 1 };
  });
}

/** An author takes a list out of review. @throws DomainError NOT_FOUND · PRICE_LIST.STATE · POLICY.NOT_AUTHOR */
export function recallPriceList(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    const state = afterDraftAct(list.state, 'RECALL', LIST_STATE);
    if (!(await isAuthor(tx, list, meta.actor.id)))
      throw new DomainError('POLICY.NOT_AUTHOR', { priceListId: id });
    await setState(tx, id, state);
    await appendEvents(tx, head, [{ type: 'prices.recalled', actor: meta.actor.id, payload: {} }]);
    return { priceListId: id, rowVersion: list.rowVersion + 1 };
  });
}

/** A second person sends a list back, saying why. @throws DomainError NOT_FOUND · STALE_VERSION · PRICE_LIST.STATE · SOD_VIOLATION */
export function sendBackPriceList(
  db: DataSource,
  meta: CommandMeta,
  { id, rowVersion, reason }: { id: string; rowVersion: number; reason: string },
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    const state = await reviewed(tx, meta, list, rowVersion, 'SEND_BACK');
    await setState(tx, id, state, { reviewed_by: meta.actor.id, review_reason: reason });
    await appendEvents(tx, head, [{ type: 'prices.sent-back', actor: meta.actor.id, payload: { reason } }]);
    return { priceListId: id, rowVersion: rowVersion + 1 };
  });
}

/**
 * A second person publishes a list as they saw it: it holds from its instant on, and the one before it ends there.
 * Quotations in approval are looked at again then.
 * @throws DomainError NOT_FOUND · STALE_VERSION · PRICE_LIST.STATE · SOD_VIOLATION an author publishes, under whatever account ·
 *   PRICE_LIST.OVERLAP another version holds in that time, with both
 */
export function publishPriceList(
  db: DataSource,
  meta: CommandMeta,
  { id, rowVersion }: { id: string; rowVersion: number },
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    const state = await reviewed(tx, meta, list, rowVersion, 'APPROVE');
    await mustBeWhole(tx, id);
    const { currency, tier, region, version, wantedFrom, wantedTo } = list;
    const from = wantedFrom !== null && wantedFrom > head.now ? wantedFrom : head.now;
    if (wantedTo !== null && wantedTo <= from) throw notAhead('/validTo', 'after validFrom', head.now);
    await makeRoom(tx, list, from, wantedTo);
    await setState(tx, id, state, { valid: `[${from},${wantedTo ?? ''})`, reviewed_by: meta.actor.id });
    await appendEvents(tx, head, [
      {
        type: 'prices.published',
        actor: meta.actor.id,
        payload: { currency, tier, region, version, validFrom: from, validTo: wantedTo },
      },
    ]);
    const text = [currency, tier, region, `v${version}`].filter((part) => part !== '').join(' ');
    const change = { kind: 'PRICE_LIST' as const, refId: id, text, currency, by: meta.actor.id };
    await tellOfChange(tx, { ...change, at: from }, meta.correlationId);
    if (wantedTo !== null) await tellOfChange(tx, { ...change, at: wantedTo }, meta.correlationId);
    return { priceListId: id, rowVersion: rowVersion + 1 };
  });
}

/**
 * Takes back a published list that does not hold yet; what was to end for it goes on until the next one.
 * @throws DomainError NOT_FOUND · STALE_VERSION · PRICE_LIST.STATE it holds already, or was never published
 */
export function withdrawPriceList(
  db: DataSource,
  meta: CommandMeta,
  { id, rowVersion }: { id: string; rowVersion: number },
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    mustBeVersion(list, rowVersion);
    const { currency, tier, region, state } = list;
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`price_list/${currency}`]);
    const [scheduled] = await tx.query<{ from: string }[]>(
      `SELECT lower(valid)::text AS from FROM price_list WHERE id = $1 AND lower(valid) > now()`,
      [id],
    );
    if (!scheduled) throw new DomainError(LIST_STATE, { state });
    await setState(tx, id, 'DISCARDED', { valid: null });
    await tx.query(
      `UPDATE price_list p SET valid = tstzrange(lower(p.valid), (SELECT min(lower(n.valid)) FROM price_list n
         WHERE n.currency = $1 AND n.tier = $2 AND n.region = $3 AND lower(n.valid) > lower(p.valid)))
       WHERE p.currency = $1 AND p.tier = $2 AND p.region = $3 AND upper(p.valid) = $4::timestamptz AND p.wanted_to IS NULL`,
      [currency, tier, region, scheduled.from],
    );
    await appendEvents(tx, head, [{ type: 'prices.withdrawn', actor: meta.actor.id, payload: {} }]);
    return { priceListId: id, rowVersion: rowVersion + 1 };
  });
}

async function reviewed(
  tx: EntityManager,
  { actor }: CommandMeta,
  list: ListDraft,
  rowVersion: number,
  act: Extract<DraftAct, 'APPROVE' | 'SEND_BACK'>,
) {
  const state = afterDraftAct(list.state, act, LIST_STATE);
  mustBeVersion(list, rowVersion);
  if (await isAuthor(tx, list, actor.id))
    throw new DomainError('SOD_VIOLATION', { rule: 'author ≠ reviewer' });
  return state;
}

/** What is open-ended ends where the new one begins; anything else in that time is refused, naming both. */
async function makeRoom(tx: EntityManager, list: ListDraft, from: string, to: string | null): Promise<void> {
  const { currency, tier, region, version } = list;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`price_list/${currency}`]);
  const segment = [currency, tier, region, from];
  const utc = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
  const [other] = await tx.query<
    { id: string; version: number; validFrom: string; validTo: string | null }[]
  >(
    `SELECT id, version, to_char(lower(valid) AT TIME ZONE 'UTC', ${utc}) AS "validFrom",
       to_char(upper(valid) AT TIME ZONE 'UTC', ${utc}) AS "validTo"
     FROM price_list WHERE currency = $1 AND tier = $2 AND region = $3 AND valid && tstzrange($4::timestamptz, $5::timestamptz)
       AND NOT (upper_inf(valid) AND lower(valid) < $4::timestamptz) LIMIT 1`,
    [...segment, to],
  );
  if (other)
    throw new DomainError('PRICE_LIST.OVERLAP', { version, validFrom: from, validTo: to, other }, [
      {
        pointer: '/validFrom',
        code: 'OVERLAP',
        rule: `a time in which version ${other.version} does not hold`,
      },
    ]);
  await tx.query(
    `UPDATE price_list SET valid = tstzrange(lower(valid), $4::timestamptz)
     WHERE currency = $1 AND tier = $2 AND region = $3 AND valid @> $4::timestamptz`,
    segment,
  );
}

async function mustBeWhole(tx: EntityManager, id: string): Promise<void> {
  const [row] = await tx.query<{ items: string; bare: string | null }[]>(
    `SELECT count(*) AS items, (SELECT string_agg(DISTINCT p.sku, ', ') FROM price_item i JOIN product p ON p.id = i.product_id
       WHERE i.price_list_id = $1 AND NOT EXISTS (SELECT 1 FROM price_item b
         WHERE b.price_list_id = $1 AND b.product_id = i.product_id AND b.min_qty = 0)) AS bare
     FROM price_item WHERE price_list_id = $1`,
    [id],
  );
  if (Number(row!.items) > 0 && row!.bare === null) return;
  const rule = row!.bare === null ? 'at least one price' : `a price from 0 units on for ${row!.bare}`;
  throw new DomainError('VALIDATION', {}, [{ pointer: '/items', code: 'INVALID', rule }]);
}

function mustBeAhead(validFrom: string | null, validTo: string | null, now: string): void {
  if (validFrom !== null && validFrom <= now) throw notAhead('/validFrom', 'an instant still to come', now);
  if (validTo !== null && validTo <= (validFrom ?? now)) throw notAhead('/validTo', 'after validFrom', now);
}

function notAhead(pointer: string, rule: string, now: string): DomainError {
  return new DomainError('VALIDATION', { now }, [{ pointer, code: 'PAST', rule }]);
}
