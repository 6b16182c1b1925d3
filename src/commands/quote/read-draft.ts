import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { QuoteDraft } from './draft.js';

interface Row {
  opportunity_id: string | null;
  customer_id: string;
  currency: string;
  deal_discount_pct: string;
  freight: string;
  commission_pct: string;
  term_days: number;
  instalments: QuoteDraft['instalments'];
  delivery_days: number | null;
  warranty_months: number | null;
  non_standard_clauses: string[];
  valid_until: string;
  note: string | null;
  lines: { productId: string; qty: string; unitNet: string; free: boolean; note: string | null }[];
}

/** What a stored quotation asks for, to price it again. @throws DomainError NOT_FOUND */
export async function readDraft(tx: EntityManager, quoteId: string): Promise<QuoteDraft> {
  const [row] = await tx.query<Row[]>(
    `SELECT q.opportunity_id, q.customer_id, q.currency, trim_scale(q.deal_discount_pct)::text AS deal_discount_pct,
       trim_scale(q.freight)::text AS freight, trim_scale(q.commission_pct)::text AS commission_pct, q.term_days,
       q.instalments, q.delivery_days, q.warranty_months, q.non_standard_clauses, q.valid_until::text AS valid_until, q.note,
       (SELECT json_agg(json_build_object('productId', l.product_id, 'qty', trim_scale(l.qty)::text,
          'unitNet', trim_scale(l.unit_net)::text, 'free', l.free, 'freight', trim_scale(l.freight)::text, 'note', l.note) ORDER BY l.no)
        FROM quote_line l WHERE l.quote_id = q.id) AS lines
     FROM quote q WHERE q.id = $1`,
    [quoteId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  return {
    opportunityId: row.opportunity_id,
    customerId: row.customer_id,
    currency: row.currency,
    lines: row.lines.map(({ unitNet, ...line }) => (line.free ? line : { ...line, unitNet })),
    dealDiscountPct: row.deal_discount_pct,
    freight: row.freight,
    commissionPct: row.commission_pct,
    termDays: row.term_days,
    instalments: row.instalments,
    deliveryDays: row.delivery_days,
    warrantyMonths: row.warranty_months,
    nonStandardClauses: row.non_standard_clauses,
    validUntil: row.valid_until,
    note: row.note,
  };
}
