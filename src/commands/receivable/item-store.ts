import type { EntityManager } from 'typeorm';
import type { InterestMode, OpenDebt } from '../../domain/receivable/debt.js';
import { DomainError } from '../../domain/errors.js';

export type ItemState = 'OPEN' | 'LEGAL' | 'SETTLED' | 'CREDITED' | 'WRITTEN_OFF' | 'CANCELLED';

/** An item under its lock, with what is open of it now. */
export interface HeldItem extends OpenDebt {
  customerId: string;
  companyId: string;
  contractId: string | null;
  planSeq: number | null;
  invoiceNo: string;
  currency: string;
  fxRate: string;
  /** carrying amount in base currency */
  base: string;
  issuedOn: string;
  interestMode: InterestMode;
  state: ItemState;
  /** the lawyers have it, or had until it was paid */
  isHandedOver: boolean;
  rowVersion: number;
}

const ITEM = `i.id, i.customer_id AS "customerId", i.company_id AS "companyId", i.contract_id AS "contractId", i.plan_seq AS "planSeq",
  i.invoice_no AS "invoiceNo", i.currency, trim_scale(i.fx_rate)::text AS "fxRate", i.issued_on::text AS "issuedOn", i.due_on::text AS "dueOn",
  trim_scale(i.original)::text AS original, i.interest_mode AS "interestMode", i.level, i.state, i.row_version AS "rowVersion",
  i.handed_over_at IS NOT NULL AS "isHandedOver",
  trim_scale(i.secured)::text AS secured, trim_scale(i.burden_pct)::text AS "burdenPct"`;
const part = (name: string) =>
  `trim_scale(coalesce(sum(e.amount) FILTER (WHERE e.part = '${name}'), 0))::text`;
const OPEN_PARTS = `
  SELECT e.item_id AS id, ${part('PRINCIPAL')} AS principal, ${part('INTEREST')} AS interest, ${part('COST')} AS costs,
    trim_scale(sum(e.base_amount))::text AS base
  FROM receivable_entry e WHERE e.item_id = ANY($1::uuid[]) GROUP BY e.item_id`;

type Stored = Omit<HeldItem, 'principal' | 'interest' | 'costs' | 'base'>;
type Parts = Pick<HeldItem, 'id' | 'principal' | 'interest' | 'costs' | 'base'>;

/** Items by id under their locks, lowest id first. @throws DomainError NOT_FOUND one of them is not there */
export async function lockItems(tx: EntityManager, ids: readonly string[]): Promise<HeldItem[]> {
  const rows = await tx.query<Stored[]>(
    `SELECT ${ITEM} FROM receivable_item i WHERE i.id = ANY($1::uuid[]) ORDER BY i.id FOR UPDATE`,
    [ids],
  );
  const missing = ids.find((id) => !rows.some((row) => row.id === id));
  if (missing) throw new DomainError('NOT_FOUND', { itemId: missing });
  return withParts(tx, rows);
}

export interface Account {
  customerId: string;
  companyId: string;
  currency: string;
}

/** What a customer has open with a company in a currency, under the items' locks, lowest id first. */
export async function lockOpenItems(tx: EntityManager, account: Account): Promise<HeldItem[]> {
  const rows = await tx.query<Stored[]>(
    `SELECT ${ITEM} FROM receivable_item i
     WHERE i.customer_id = $1 AND i.company_id = $2 AND i.currency = $3 AND i.state IN ('OPEN', 'LEGAL') ORDER BY i.id FOR UPDATE`,
    [account.customerId, account.companyId, account.currency],
  );
  return withParts(tx, rows);
}

async function withParts(tx: EntityManager, rows: readonly Stored[]): Promise<HeldItem[]> {
  const sums = await tx.query<Parts[]>(OPEN_PARTS, [rows.map(({ id }) => id)]);
  const of = new Map(sums.map((parts) => [parts.id, parts]));
  return rows.map((row) => ({ ...row, ...of.get(row.id)! }));
}

/**
 * State and level after money moved. A row of a contract's plan follows: invoiced, settled, planned again; the plan of an
 * archived contract stays as it is.
 */
export async function setItem(
  tx: EntityManager,
  item: Pick<HeldItem, 'id' | 'contractId' | 'planSeq'>,
  { state, level }: { state: ItemState; level: number },
): Promise<void> {
  await tx.query(
    `UPDATE receivable_item SET state = $2::varchar, level = $3,
       handed_over_at = CASE WHEN $2::varchar = 'LEGAL' THEN coalesce(handed_over_at, now()) ELSE handed_over_at END,
       row_version = row_version + 1, updated_at = now() WHERE id = $1`,
    [item.id, state, level],
  );
  if (item.planSeq !== null) await setPlanRow(tx, item, PLAN_STATE[state]);
}

const PLAN_STATE: Readonly<Record<ItemState, string>> = {
  OPEN: 'INVOICED',
  LEGAL: 'INVOICED',
  SETTLED: 'SETTLED',
  CREDITED: 'SETTLED',
  WRITTEN_OFF: 'SETTLED',
  CANCELLED: 'PLANNED',
};

/** A row of which something has happened is not made anew by an amendment. */
export async function setPlanRow(
  tx: EntityManager,
  { contractId, planSeq }: Pick<HeldItem, 'contractId' | 'planSeq'>,
  state: string,
): Promise<void> {
  await tx.query(
    `UPDATE payment_plan_row p SET state = $3 FROM contract k
     WHERE p.contract_id = $1 AND p.seq = $2 AND k.id = p.contract_id AND k.archived_at IS NULL AND p.state <> $3`,
    [contractId, planSeq, state],
  );
}
