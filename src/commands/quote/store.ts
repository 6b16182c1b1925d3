import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { QuoteState } from '../../domain/quote/quote.js';
import { lockAggregate, type AggregateHead } from '../events.js';
import { hexDigest } from '../hash.js';
import { materialContent, type PricedDraft } from './draft.js';

type Material = ReturnType<typeof materialContent>;

/** A quotation's row as commands need it. */
export interface QuoteRow {
  id: string;
  customerId: string;
  companyId: string;
  number: string;
  version: number;
  state: QuoteState;
  rowVersion: number;
  ownerId: string;
  requestId: string | null;
  expiresAt: string | null;
  /** when it went to the customer, whatever became of it since */
  sentAt: Date | null;
  priceListId: string;
  /** of its approval-relevant content: the subject's hash (AE-SUB-1) */
  materialHash: string;
  reminded: number[];
}

export interface HeldQuote {
  head: AggregateHead;
  row: QuoteRow;
}

const ROW = `id, customer_id AS "customerId", company_id AS "companyId", number, version, state, row_version AS "rowVersion", owner_id AS "ownerId", request_id AS "requestId",
  to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "expiresAt", price_list_id AS "priceListId",
  material_hash AS "materialHash", reminded, sent_at AS "sentAt"`;

/** What an edit sets. */
const CONTENT = `opportunity_id, customer_id, currency, price_list_id, deal_discount_pct, list_total, net_total, cost_total,
  financing_cost, discount_pct, margin_pct, margin_flag, freight, commission_pct, rebate_total, freight_total,
  commission_total, fx_rate, fx_as_of, fx_accepted, term_days, instalments, delivery_days, warranty_months,
  non_standard_clauses, valid_until, expires_at, note, material, material_hash`;

/** The quotation under its lock. @throws DomainError NOT_FOUND */
export async function lockQuote(tx: EntityManager, id: string): Promise<HeldQuote> {
  const head = await lockAggregate(tx, 'quote', id);
  const [row] = await tx.query<QuoteRow[]>(`SELECT ${ROW} FROM quote WHERE id = $1`, [id]);
  if (!head || !row) throw new DomainError('NOT_FOUND', { quoteId: id });
  return { head, row };
}

/** Keeps the quotation as it was approved, until a change of it is approved or given up; the first copy stays. */
export async function keepApproved(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `INSERT INTO quote_approved (quote_id, quote, lines)
     SELECT q.id, to_jsonb(q), (SELECT jsonb_agg(to_jsonb(l)) FROM quote_line l WHERE l.quote_id = q.id)
     FROM quote q WHERE q.id = $1 ON CONFLICT (quote_id) DO NOTHING`,
    [id],
  );
}

/** What it is now is what is approved. */
export async function dropApproved(tx: EntityManager, id: string): Promise<void> {
  await tx.query(`DELETE FROM quote_approved WHERE quote_id = $1`, [id]);
}

/** The next version of a quotation whose change is being approved goes back to the same. */
export async function moveApproved(tx: EntityManager, fromId: string, toId: string): Promise<void> {
  await tx.query(
    `INSERT INTO quote_approved (quote_id, quote, lines, at)
     SELECT $2, a.quote, (SELECT jsonb_agg(l || jsonb_build_object('id', gen_random_uuid(), 'quote_id', $2::uuid))
       FROM jsonb_array_elements(a.lines) l), a.at
     FROM quote_approved a WHERE a.quote_id = $1`,
    [fromId, toId],
  );
  await dropApproved(tx, fromId);
}

/** The quotation is again what was approved, to the last column of its content. */
export async function restoreApproved(tx: EntityManager, id: string): Promise<void> {
  await tx.query(
    `UPDATE quote SET (${CONTENT}) = (SELECT ${CONTENT} FROM jsonb_populate_record(NULL::quote,
       (SELECT a.quote FROM quote_approved a WHERE a.quote_id = $1))), row_version = row_version + 1, updated_at = now()
     WHERE id = $1`,
    [id],
  );
  await tx.query(`DELETE FROM quote_line WHERE quote_id = $1`, [id]);
  await tx.query(
    `INSERT INTO quote_line SELECT l.* FROM quote_approved a, jsonb_populate_recordset(NULL::quote_line, a.lines) l
     WHERE a.quote_id = $1`,
    [id],
  );
  await dropApproved(tx, id);
}

export interface NewQuote {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  unitId: string;
}

/** @returns its approval-relevant content, as it is stored */
export async function insertQuote(
  tx: EntityManager,
  quote: NewQuote,
  priced: PricedDraft,
): Promise<Material> {
  const material = materialContent(priced);
  await tx.query(
    `INSERT INTO quote (id, number, version, owner_id, unit_id, state, ${CONTENT})
     VALUES ($1, $2, $3, $4, $5, 'DRAFT', ${numbered(6, 35)})`,
    [quote.id, quote.number, quote.version, quote.ownerId, quote.unitId, ...columns(priced, material)],
  );
  await insertLines(tx, quote.id, priced);
  return material;
}

/** @returns its approval-relevant content, as it is stored */
export async function updateQuote(tx: EntityManager, id: string, priced: PricedDraft): Promise<Material> {
  const material = materialContent(priced);
  await tx.query(
    `UPDATE quote SET (${CONTENT}) = (${numbered(2, 31)}), row_version = row_version + 1, updated_at = now() WHERE id = $1`,
    [id, ...columns(priced, material)],
  );
  await tx.query(`DELETE FROM quote_line WHERE quote_id = $1`, [id]);
  await insertLines(tx, id, priced);
  return material;
}

function numbered(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => `$${from + index}`).join(', ');
}

function columns(priced: PricedDraft, material: Material): unknown[] {
  const { draft, customer, priceListId, rate, pricing, validUntil, expiresAt } = priced;
  return [
    draft.opportunityId,
    customer.id,
    draft.currency,
    priceListId,
    draft.dealDiscountPct,
    pricing.listTotal,
    pricing.netTotal,
    pricing.costTotal,
    pricing.financingCost,
    pricing.discountPct,
    pricing.marginPct,
    pricing.marginFlag,
    draft.freight,
    draft.commissionPct,
    pricing.rebateTotal,
    pricing.freightTotal,
    pricing.commissionTotal,
    rate.rate,
    rate.asOf,
    null,
    draft.termDays,
    JSON.stringify(draft.instalments),
    draft.deliveryDays,
    draft.warrantyMonths,
    JSON.stringify(draft.nonStandardClauses),
    validUntil,
    expiresAt,
    draft.note,
    JSON.stringify(material),
    hexDigest(material),
  ];
}

async function insertLines(
  tx: EntityManager,
  quoteId: string,
  { lines, pricing }: PricedDraft,
): Promise<void> {
  const rows = lines.map((line, index) => ({
    id: uuidv7(),
    no: index + 1,
    product_id: line.productId,
    qty: line.qty,
    list: line.list,
    floor: line.floor,
    cost: line.cost,
    unit_net: line.unitNet,
    discount_pct: pricing.lines[index]!.discountPct,
    net: pricing.lines[index]!.net,
    free: line.free,
    note: line.note,
    min_qty: line.minQty,
    freight: line.freight,
    rebate_pct: line.rebatePct,
  }));
  await tx.query(
    `INSERT INTO quote_line (quote_id, id, no, product_id, qty, list, floor, cost, unit_net, discount_pct, net, free, note,
       min_qty, freight, rebate_pct)
     SELECT $1, l.* FROM jsonb_to_recordset($2::jsonb) AS l(id uuid, no int, product_id uuid, qty numeric, list numeric,
       floor numeric, cost numeric, unit_net numeric, discount_pct numeric, net numeric, free boolean, note varchar,
       min_qty numeric, freight numeric, rebate_pct numeric)`,
    [quoteId, JSON.stringify(rows)],
  );
}
