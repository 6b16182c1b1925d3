import type { EntityManager } from 'typeorm';
import { collectionState, type CollectionState } from '../../db/collection-state.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { collectMessage } from '../../workflows/messages.js';
import { appendEvents, continueAggregate, type AggregateHead } from '../events.js';
import { tellProcess } from '../outbox.js';
import { lockItems, type HeldItem } from '../receivable/item-store.js';
import type { CommandMeta } from '../transaction.js';
import { tellCollection, type Debtor } from './tell.js';

export type CaseChanged = { caseId: string; state: string };

/** A case under its locks: open items by id, then the case. What is read here is so until the transaction ends. */
export interface HeldCase {
  head: AggregateHead;
  of: CollectionState;
  items: HeldItem[];
}

/** @throws DomainError NOT_FOUND · NO_POLICY */
export async function lockCase(tx: EntityManager, caseId: string): Promise<HeldCase> {
  const ids = await tx.query<{ id: string }[]>(
    `SELECT i.id FROM receivable_item i JOIN collection_case k ON k.customer_id = i.customer_id AND k.company_id = i.company_id
     WHERE k.id = $1 AND i.state IN ('OPEN', 'LEGAL')`,
    [caseId],
  );
  const items = await lockItems(
    tx,
    ids.map(({ id }) => id),
  );
  const found = await tx.query<unknown[]>(`SELECT 1 FROM collection_case WHERE id = $1 FOR UPDATE`, [caseId]);
  if (found.length === 0) throw new DomainError('NOT_FOUND', { caseId });
  const head = await continueAggregate(tx, 'collection', caseId);
  const of = await collectionState(tx, caseId);
  if (!of) throw new DomainError('NO_POLICY', { kind: 'collection' });
  return { head, of, items };
}

/** The case of an item, opened if there is none, under its locks. @throws DomainError NOT_FOUND · STATE_CONFLICT it is not open */
export async function lockCaseOfItem(
  tx: EntityManager,
  meta: CommandMeta,
  itemId: string,
): Promise<HeldCase & { item: HeldItem }> {
  const [row] = await tx.query<(Debtor & { state: string })[]>(
    `SELECT customer_id AS "customerId", company_id AS "companyId", state FROM receivable_item WHERE id = $1`,
    [itemId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { itemId });
  const [known] = await tx.query<{ id: string }[]>(
    `SELECT id FROM collection_case WHERE customer_id = $1 AND company_id = $2`,
    [row.customerId, row.companyId],
  );
  const held = await lockCase(tx, known?.id ?? (await tellCollection(tx, row, meta.correlationId)));
  const item = held.items.find(({ id }) => id === itemId);
  if (!item) throw new DomainError('STATE_CONFLICT', { state: row.state });
  return { ...held, item };
}

/** Writes what happened to the case and tells its process. */
export async function noteCase(
  tx: EntityManager,
  { head, of }: HeldCase,
  meta: CommandMeta,
  type: string,
  payload: JsonObject,
): Promise<void> {
  const { seq } = await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload }]);
  await tellProcess(tx, collectMessage(of.id, seq), meta.correlationId);
}
