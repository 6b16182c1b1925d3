import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { afterAct } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import { subjectChanged } from '../approval/amend.js';
import { lockRequest } from '../approval/request-lock.js';
import { followDeal } from '../credit/reserve.js';
import { appendEvents, beginAggregate } from '../events.js';
import { tellProcess } from '../outbox.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { priceDraft, type QuoteDraft } from './draft.js';
import { keepDocument } from './document.js';
import { readDraft } from './read-draft.js';
import { dropApproved, insertQuote, keepApproved, lockQuote, updateQuote } from './store.js';

export type QuoteChanged = { quoteId: string; rowVersion: number };

/** A new quotation, first version. @throws DomainError VALIDATION · CUSTOMER.NOT_FOUND · PRICE_LIST_MISSING · NO_UNIT */
export function createQuote(
  db: DataSource,
  meta: CommandMeta,
  draft: QuoteDraft,
): Promise<Answer<QuoteChanged>> {
  return runCommand(db, meta, async (tx) => {
    const id = uuidv7();
    const unitId = await unitOf(tx, meta.actor.id);
    const head = await beginAggregate(tx, 'quote', id);
    const priced = await priceDraft(tx, draft, head.now);
    const number = await nextNumber(tx);
    const next = { id, number, version: 1, ownerId: meta.actor.id, unitId };
    const content = await insertQuote(tx, next, priced);
    await appendEvents(tx, head, [created(meta, number, 1, content)]);
    return { quoteId: id, rowVersion: 1 };
  });
}

/**
 * New content for a draft or a returned quotation; prices are taken afresh. An approved one stays approved as long as what
 * was approved covers the change; otherwise it is sent to nobody until a new round has approved it, or it is changed back
 * (AE-ENV-3).
 * @throws DomainError STALE_VERSION · LOCKED_BY_APPROVAL · QUOTE_STATE · as createQuote
 */
export function editQuote(
  db: DataSource,
  meta: CommandMeta,
  edit: { quoteId: string; rowVersion: number; draft: QuoteDraft },
): Promise<Answer<QuoteChanged>> {
  return runCommand(db, meta, async (tx) => {
    const approval = await lockApproval(tx, edit.quoteId);
    const { head, row } = await lockQuote(tx, edit.quoteId);
    afterAct(row.state, 'EDIT');
    mustBeVersion(row, edit.rowVersion);
    const priced = await priceDraft(tx, edit.draft, head.now);
    // approved between the look and the lock: whoever comes again sees what it is now
    if (row.state === 'APPROVED' && !approval)
      throw new DomainError('STALE_VERSION', { currentVersion: row.rowVersion });
    if (approval) await keepApproved(tx, row.id);
    const content = await updateQuote(tx, row.id, priced);
    const { seq } = await appendEvents(tx, head, [
      {
        type: approval ? 'quote.amended' : 'quote.edited',
        actor: meta.actor.id,
        payload: { content },
      },
    ]);
    if (approval) {
      if (!(await subjectChanged(tx, meta, approval))) {
        await dropApproved(tx, row.id);
        await keepDocument(tx, row.id);
      }
      await tellProcess(tx, quoteToContractMessage(row.id, seq), meta.correlationId);
      await followDeal(tx, row.id);
    }
    return { quoteId: row.id, rowVersion: row.rowVersion + 1 };
  });
}

/** The request of an approved quotation, locked before the quotation as every command of a request does it. */
async function lockApproval(tx: EntityManager, quoteId: string) {
  const [approved] = await tx.query<{ requestId: string }[]>(
    `SELECT q.request_id AS "requestId" FROM quote q WHERE q.id = $1 AND q.state = 'APPROVED'`,
    [quoteId],
  );
  if (!approved) return null;
  const held = await lockRequest(tx, approved.requestId);
  return held.before.state === 'APPROVED' ? held : null;
}

/**
 * The next version as a draft with the same content at today's prices. The old version stays as it is until the new one
 * is approved; no approval is copied.
 * @throws DomainError QUOTE_STATE · REVISION_EXISTS another version of this number is being worked on
 */
export function reviseQuote(
  db: DataSource,
  meta: CommandMeta,
  quoteId: string,
): Promise<Answer<QuoteChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { row } = await lockQuote(tx, quoteId);
    afterAct(row.state, 'REVISE');
    await mustBeOnlyOne(tx, row.number);
    const id = uuidv7();
    const head = await beginAggregate(tx, 'quote', id);
    const draft = await readDraft(tx, quoteId);
    const priced = await priceDraft(tx, { ...draft, validUntil: null }, head.now);
    const [latest] = await tx.query<{ version: number; unit_id: string }[]>(
      `SELECT version, unit_id FROM quote WHERE number = $1 ORDER BY version DESC LIMIT 1`,
      [row.number],
    );
    const version = latest!.version + 1;
    const content = await insertQuote(
      tx,
      { id, number: row.number, version, ownerId: row.ownerId, unitId: latest!.unit_id },
      priced,
    );
    await appendEvents(tx, head, [
      { ...created(meta, row.number, version, content), cause: `revises ${quoteId}` },
    ]);
    return { quoteId: id, rowVersion: 1 };
  });
}

function created(meta: CommandMeta, number: string, version: number, content: JsonObject) {
  return {
    type: 'quote.created',
    actor: meta.actor.id,
    payload: { number, version, content },
  };
}

/** One version of a number is worked on at a time; two revisions of different versions wait for each other here. */
async function mustBeOnlyOne(tx: EntityManager, number: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`quote/${number}`]);
  const [other] = await tx.query<{ id: string; version: number }[]>(
    `SELECT id, version FROM quote WHERE number = $1 AND state IN ('DRAFT', 'IN_APPROVAL', 'RETURNED')`,
    [number],
  );
  if (other) throw new DomainError('REVISION_EXISTS', { quoteId: other.id, version: other.version });
}

async function nextNumber(tx: EntityManager): Promise<string> {
  const [row] = await tx.query<{ number: string }[]>(
    `SELECT 'Q-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('quote_number')::text, 6, '0') AS number`,
  );
  return row!.number;
}

async function unitOf(tx: EntityManager, personId: string): Promise<string> {
  const [unit] = await tx.query<{ unit_id: string }[]>(
    `SELECT unit_id FROM assignment WHERE employee_id = $1 AND is_primary AND valid @> now()`,
    [personId],
  );
  if (!unit) throw new DomainError('NO_UNIT', { personId });
  return unit.unit_id;
}
