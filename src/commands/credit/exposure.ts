import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { prepared } from '../../db/prepared.js';
import type { ExposureKind } from '../../domain/credit/exposure.js';
import { headOf, treeOf } from '../customer/group.js';

/** Whose exposure, to which of our companies. */
export interface Party {
  customerId: string;
  companyId: string;
}

/**
 * The rows that serialise everything that moves a customer's exposure: where the group has a limit, its head's first. Taken
 * after the document and before receivable items and payments. Who the head is, is asked once more under them: the customer
 * may have come to another group while they were waited for.
 */
export async function lockCredit(tx: EntityManager, { customerId, companyId }: Party): Promise<void> {
  const held = new Set<string>();
  for (;;) {
    const accounts = await prepared<{ id: string; isThere: boolean }>(tx, ACCOUNTS, [customerId, companyId]);
    const open = accounts.filter(({ id }) => !held.has(id));
    if (open.length === 0) return;
    for (const { id, isThere } of open) {
      held.add(id);
      if (!isThere)
        await tx.query(
          `INSERT INTO credit_account (customer_id, company_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
          [id, companyId],
        );
      await prepared(
        tx,
        `SELECT 1 FROM credit_account WHERE customer_id = $1 AND company_id = $2 FOR UPDATE`,
        [id, companyId],
      );
    }
  }
}

/** Those of customers who come under another head, to every company: whose deals are checked meanwhile waits. */
export async function lockCreditOfTree(tx: EntityManager, customerId: string): Promise<void> {
  await tx.query(
    `INSERT INTO credit_account (customer_id, company_id) SELECT t.id, c.id FROM (${treeOf('$1')}) t, company c
     ORDER BY 1, 2 ON CONFLICT DO NOTHING`,
    [customerId],
  );
  await tx.query(
    `SELECT 1 FROM credit_account WHERE customer_id IN (${treeOf('$1')}) ORDER BY customer_id, company_id FOR UPDATE`,
    [customerId],
  );
}

const ACCOUNTS = `
  SELECT c.id, EXISTS (SELECT 1 FROM credit_account a WHERE a.customer_id = c.id AND a.company_id = $2) AS "isThere"
  FROM customer c WHERE c.id = $1 OR (c.id = (${headOf('$1')}) AND c.group_limit IS NOT NULL) ORDER BY c.id = $1`;

export interface ExposureMove extends Party {
  kind: ExposureKind;
  /** what it is of: an offer, a sale, an invoice … */
  ref: { kind: string; id: string };
  currency: string;
  /** signed */
  amount: string;
  /** what one unit of the currency is worth in base currency; frozen */
  rate: string;
  base: string;
  /** left out: today, where the company is */
  effectiveOn?: string;
  /** the same key is posted once */
  sourceKey: string;
}

/** The one writer of the ledger, for whoever holds the account's lock (`lockCredit`). @returns false when it was posted before */
export async function postExposure(tx: EntityManager, move: ExposureMove): Promise<boolean> {
  const { customerId, companyId, kind, ref, currency, amount, rate, base, effectiveOn, sourceKey } = move;
  const posted = await prepared<unknown>(
    tx,
    `INSERT INTO exposure_entry (id, customer_id, company_id, kind, ref_kind, ref_id, currency, amount, rate, base_amount, effective_on, source_key)
     SELECT $1, $2, c.id, $4, $5, $6, $7, $8, $9, $10, coalesce($11::date, (now() AT TIME ZONE c.zone)::date), $12
     FROM company c WHERE c.id = $3
     ON CONFLICT (source_key) DO NOTHING RETURNING 1`,
    [
      uuidv7(),
      customerId,
      companyId,
      kind,
      ref.kind,
      ref.id,
      currency,
      amount,
      rate,
      base,
      effectiveOn ?? null,
      sourceKey,
    ],
  );
  return posted.length > 0;
}
