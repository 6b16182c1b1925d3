import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError, type FieldError } from '../../domain/errors.js';
import { amountProblem, currencyExponent, decimalProblem, Exact } from '../../domain/money.js';
import { afterDraftAct, type DraftState } from '../../domain/policy/draft.js';
import { appendEvents, beginAggregate, lockAggregate, type AggregateHead } from '../events.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { missing } from './named.js';

/** Whom a list is for: '' is everybody. */
export interface Segment {
  currency: string;
  tier: string;
  region: string;
}

/** A price from so many units on; decimal strings. */
export interface StepDraft {
  productId: string;
  minQty: string;
  list: string;
  floor: string;
}

export type ListChanged = { priceListId: string; rowVersion: number };

export interface ListDraft extends Segment {
  id: string;
  version: number;
  state: DraftState;
  rowVersion: number;
  authors: string[];
  wantedFrom: string | null;
  wantedTo: string | null;
}

export const LIST_STATE = 'PRICE_LIST.STATE';

/**
 * The next version of a segment's list as a draft, with the prices of another list to begin with; null: of none.
 * @throws DomainError VALIDATION · NOT_FOUND
 */
export function createPriceList(
  db: DataSource,
  meta: CommandMeta,
  { basedOn, note, ...segment }: Segment & { basedOn: string | null; note: string | null },
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    mustBeCurrency(segment.currency);
    if (basedOn !== null) await mustBeListOf(tx, basedOn, segment.currency);
    return insertDraft(tx, { ...segment, basedOn, note }, meta.actor.id, null);
  });
}

/** A version in DRAFT, with the prices of another one to begin with. */
export async function insertDraft(
  tx: EntityManager,
  { basedOn, note, ...segment }: Segment & { basedOn: string | null; note: string | null },
  by: string,
  jobId: string | null,
): Promise<ListChanged> {
  const id = uuidv7();
  const head = await beginAggregate(tx, 'price-list', id);
  const { currency, tier, region } = segment;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`price_list/${currency}`]);
  await tx.query(
    `INSERT INTO price_list (id, currency, tier, region, version, state, note, base_id, authors, import_job_id)
     SELECT $1, $2::char(3), $3::varchar, $4::varchar, coalesce(max(version), 0) + 1, 'DRAFT', $5, $6, ARRAY[$7::uuid], $8::uuid
     FROM price_list WHERE currency = $2 AND tier = $3 AND region = $4`,
    [id, currency, tier, region, note, basedOn, by, jobId],
  );
  await tx.query(
    `INSERT INTO price_item (price_list_id, product_id, min_qty, list, floor)
     SELECT $1, product_id, min_qty, list, floor FROM price_item WHERE price_list_id = $2`,
    [id, basedOn],
  );
  await appendEvents(tx, head, [{ type: 'prices.drafted', actor: by, payload: { ...segment, basedOn } }]);
  return { priceListId: id, rowVersion: 1 };
}

/** Who adds how many prices by file. */
export interface AddedByFile {
  by: string;
  jobId: string;
  items: number;
}

/**
 * The draft that one import's prices of a segment go into, under its lock: made of what holds when the first of them
 * comes, and anew of what was handed over meanwhile.
 */
export async function draftForImport(
  tx: EntityManager,
  { currency, tier, region }: Segment,
  added: AddedByFile,
): Promise<string> {
  const params = [currency, tier, region, added.jobId];
  const [known] = await tx.query<{ id: string }[]>(
    `SELECT id FROM price_list WHERE import_job_id = $4 AND currency = $1 AND tier = $2 AND region = $3 AND state = 'DRAFT'`,
    params,
  );
  if (known && (await joinDraft(tx, known.id, added))) return known.id;
  const [base] = await tx.query<{ id: string }[]>(
    `SELECT id FROM price_list WHERE currency = $1 AND tier = $2 AND region = $3
       AND (valid @> clock_timestamp() OR (state = 'IN_REVIEW' AND import_job_id = $4)) ORDER BY version DESC LIMIT 1`,
    params,
  );
  const draft = { currency, tier, region, basedOn: base?.id ?? null, note: null };
  return (await insertDraft(tx, draft, added.by, added.jobId)).priceListId;
}

/** Takes the lock of a draft to add prices to it. @returns false when it is no draft any more: nothing is added then */
export async function joinDraft(
  tx: EntityManager,
  id: string,
  { by, items }: Omit<AddedByFile, 'jobId'>,
): Promise<boolean> {
  const { head, list } = await lockList(tx, id);
  if (list.state !== 'DRAFT') return false;
  await setState(tx, id, 'DRAFT', { authors: withAuthor(list, by) });
  await appendEvents(tx, head, [{ type: 'prices.edited', actor: by, payload: { items } }]);
  return true;
}

/** All prices of a draft. @throws DomainError NOT_FOUND · STALE_VERSION · PRICE_LIST.STATE · VALIDATION with every broken price */
export function editPriceList(
  db: DataSource,
  meta: CommandMeta,
  {
    id,
    rowVersion,
    note,
    items,
  }: { id: string; rowVersion: number; note: string | null; items: readonly StepDraft[] },
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    const state = afterDraftAct(list.state, 'EDIT', LIST_STATE);
    mustBeVersion(list, rowVersion);
    const problems = [
      ...items.flatMap((item, index) => stepProblems(item, list.currency, index)),
      ...(await missing(
        tx,
        items.map(({ productId }, index) => ({
          table: 'product',
          id: productId,
          pointer: `/items/${index}/productId`,
        })),
      )),
    ];
    if (problems.length === 0) problems.push(...doubleSteps(items));
    if (problems.length > 0) throw new DomainError('VALIDATION', {}, problems);
    await tx.query(`DELETE FROM price_item WHERE price_list_id = $1`, [id]);
    await tx.query(
      `INSERT INTO price_item (price_list_id, product_id, min_qty, list, floor)
       SELECT $1, r."productId", r."minQty", r.list, r.floor
       FROM jsonb_to_recordset($2::jsonb) AS r("productId" uuid, "minQty" numeric, list numeric, floor numeric)`,
      [id, JSON.stringify(items)],
    );
    await setState(tx, id, state, { note, authors: withAuthor(list, meta.actor.id) });
    await appendEvents(tx, head, [
      { type: 'prices.edited', actor: meta.actor.id, payload: { items: items.length } },
    ]);
    return { priceListId: id, rowVersion: rowVersion + 1 };
  });
}

/** @throws DomainError NOT_FOUND · PRICE_LIST.STATE */
export function discardPriceList(
  db: DataSource,
  meta: CommandMeta,
  id: string,
): Promise<Answer<ListChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, list } = await lockList(tx, id);
    await setState(tx, id, afterDraftAct(list.state, 'DISCARD', LIST_STATE));
    await appendEvents(tx, head, [{ type: 'prices.discarded', actor: meta.actor.id, payload: {} }]);
    return { priceListId: id, rowVersion: list.rowVersion + 1 };
  });
}

/** The list under its lock. @throws DomainError NOT_FOUND, also for one that no draft came before */
export async function lockList(
  tx: EntityManager,
  id: string,
): Promise<{ head: AggregateHead; list: ListDraft }> {
  const head = await lockAggregate(tx, 'price-list', id);
  const utc = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
  const [list] = await tx.query<ListDraft[]>(
    `SELECT id, currency, tier, region, version, state, row_version AS "rowVersion", authors,
       to_char(wanted_from AT TIME ZONE 'UTC', ${utc}) AS "wantedFrom", to_char(wanted_to AT TIME ZONE 'UTC', ${utc}) AS "wantedTo"
     FROM price_list WHERE id = $1`,
    [id],
  );
  if (!head || !list) throw new DomainError('NOT_FOUND', { priceListId: id });
  return { head, list };
}

/** @param set further columns */
export async function setState(
  tx: EntityManager,
  id: string,
  state: DraftState,
  set: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const columns = Object.keys(set);
  const assigned = columns.map((column, index) => `${column} = $${index + 3}, `).join('');
  await tx.query(
    `UPDATE price_list SET ${assigned}state = $2, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
    [id, state, ...Object.values(set)],
  );
}

export function withAuthor({ authors }: ListDraft, personId: string): string[] {
  return [...new Set([...authors, personId])];
}

function mustBeCurrency(currency: string): void {
  try {
    currencyExponent(currency);
  } catch {
    const field = {
      pointer: '/currency',
      code: 'CURRENCY_UNKNOWN',
      rule: 'an ISO 4217 code that is in use here',
    };
    throw new DomainError('VALIDATION', {}, [field]);
  }
}

function stepProblems({ minQty, list, floor }: StepDraft, currency: string, index: number): FieldError[] {
  const at = (field: string) => `/items/${index}/${field}`;
  const problems = [
    decimalProblem(minQty, { maxScale: 4, min: '0', max: '999999999' }, at('minQty')),
    amountProblem(list, currency, at('list')),
    amountProblem(floor, currency, at('floor')),
  ].filter((problem) => problem !== null);
  if (problems.length > 0 || new Exact(floor).lte(list)) return problems;
  return [{ pointer: at('floor'), code: 'INVALID', rule: 'not above the list price' }];
}

/** A step twice: the numbers may be written in two ways. */
function doubleSteps(items: readonly StepDraft[]): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap(({ productId, minQty }, index) => {
    const key = `${productId.toLowerCase()}/${new Exact(minQty).toFixed()}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ pointer: `/items/${index}/minQty`, code: 'DOUBLE', rule: 'one price from so many units on' }];
  });
}

async function mustBeListOf(tx: EntityManager, id: string, currency: string): Promise<void> {
  const rows = await tx.query<unknown[]>(`SELECT 1 FROM price_list WHERE id = $1 AND currency = $2`, [
    id,
    currency,
  ]);
  if (rows.length > 0) return;
  const field = { pointer: '/basedOn', code: 'NOT_FOUND', rule: 'a price list of the same currency' };
  throw new DomainError('VALIDATION', {}, [field]);
}
