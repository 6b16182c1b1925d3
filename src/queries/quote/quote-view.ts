import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { BrokenStage } from '../../domain/approval/earlier.js';
import type { PolicyInput } from '../../domain/approval/policy.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import { Exact, formatAmount } from '../../domain/money.js';
import { isBelowFloor } from '../../domain/quote/pricing.js';
import { actsIn } from '../../domain/quote/quote.js';
import type { Viewer } from '../org/scope.js';
import { askedAgain, type AskedAgain } from '../request/asked-again.js';
import { holderChips } from '../request/holder-chip.js';
import { fxOf, type QuoteFx } from './quote-fx.js';
import { FROM, mayRead, SUMMARY, type QuoteSummary, type StoredSummary } from './quotes.js';

export interface QuoteLineView {
  id: string;
  no: number;
  product: { id: string; sku: string; name: string; series: string };
  qty: string;
  list: string;
  unitNet: string;
  discountPct: string;
  net: string;
  free: boolean;
  /** from how many units on its price holds; 0: any */
  minQty: string;
  freight: string;
  note: string | null;
  /** only with cost:read */
  cost?: string;
  marginPct?: string;
  rebatePct?: string;
  belowFloor: boolean;
}

export interface QuoteView extends QuoteSummary {
  rowVersion: number;
  opportunity: { id: string; number: string } | null;
  currency: string;
  lines: QuoteLineView[];
  dealDiscountPct: string;
  freight: string;
  commissionPct: string;
  /** null: in base currency */
  fx: QuoteFx | null;
  listTotal: string;
  netTotal: string;
  termDays: number;
  instalments: { trigger: string; pct: string; days: number | null }[];
  deliveryDays: number | null;
  warrantyMonths: number | null;
  nonStandardClauses: string[];
  note: string | null;
  materialHash: string;
  marginFlag: 'GREEN' | 'AMBER' | 'RED';
  marginPct?: string;
  costTotal?: string;
  financingCost?: string;
  rebateTotal?: string;
  customerZone: string;
  /** changed beyond what was approved: which stages have to approve anew, and why; null: it is not (AE-ENV-3) */
  stale: AskedAgain[] | null;
  actions: string[];
}

interface Row extends StoredSummary {
  rowVersion: number;
  opportunity: { id: string; number: string } | null;
  dealDiscountPct: string;
  listTotal: string;
  costTotal: string;
  financingCost: string;
  rebateTotal: string;
  freight: string;
  commissionPct: string;
  fxRate: string;
  fxAsOf: string | null;
  fxAccepted: { rate: string } | null;
  marginPct: string | null;
  marginFlag: QuoteView['marginFlag'];
  termDays: number;
  instalments: QuoteView['instalments'];
  deliveryDays: number | null;
  warrantyMonths: number | null;
  nonStandardClauses: string[];
  note: string | null;
  materialHash: string;
  customerZone: string;
  staleNow: {
    broken: BrokenStage[];
    stages: Pick<StageSpec, 'key' | 'title'>[];
    inputs: PolicyInput[];
  } | null;
  lines: (Omit<QuoteLineView, 'cost' | 'belowFloor' | 'rebatePct'> & {
    cost: string;
    floor: string;
    rebatePct: string;
  })[];
}

const DETAIL = `q.row_version AS "rowVersion", trim_scale(q.deal_discount_pct)::text AS "dealDiscountPct", q.list_total AS "listTotal",
  q.cost_total AS "costTotal", q.financing_cost AS "financingCost", q.rebate_total AS "rebateTotal", q.freight,
  trim_scale(q.commission_pct)::text AS "commissionPct", trim_scale(q.fx_rate)::text AS "fxRate", q.fx_as_of::text AS "fxAsOf",
  q.fx_accepted AS "fxAccepted", trim_scale(q.margin_pct)::text AS "marginPct",
  q.margin_flag AS "marginFlag", q.term_days AS "termDays", q.instalments, q.delivery_days AS "deliveryDays",
  q.warranty_months AS "warrantyMonths", q.non_standard_clauses AS "nonStandardClauses", q.note, q.material_hash AS "materialHash",
  c.zone AS "customerZone",
  (SELECT json_build_object('broken', r.stale->'broken', 'stages', p.content->'stages', 'inputs', p.content->'inputs')
   FROM approval_request r JOIN policy_version p ON p.id = r.policy_id
   WHERE r.id = q.request_id AND r.state = 'APPROVED' AND r.stale IS NOT NULL) AS "staleNow",
  (SELECT json_build_object('id', o.id, 'number', o.number) FROM opportunity o WHERE o.id = q.opportunity_id) AS opportunity,
  (SELECT json_agg(json_build_object('id', l.id, 'no', l.no, 'qty', trim_scale(l.qty)::text, 'list', l.list::text,
     'unitNet', l.unit_net::text, 'discountPct', trim_scale(l.discount_pct)::text, 'net', l.net::text, 'free', l.free, 'note', l.note,
     'cost', l.cost::text, 'floor', l.floor::text, 'minQty', trim_scale(l.min_qty)::text, 'freight', l.freight::text,
     'rebatePct', trim_scale(l.rebate_pct)::text,
     'product', json_build_object('id', p.id, 'sku', p.sku, 'name', p.name, 'series', p.series)) ORDER BY l.no)
   FROM quote_line l JOIN product p ON p.id = l.product_id WHERE l.quote_id = q.id) AS lines`;

/** One quotation as the viewer may see it. @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function readQuote(db: DataSource, viewer: Viewer, quoteId: string): Promise<QuoteView> {
  const seen = mayRead(viewer, 'quote:read', 2);
  const [row] = await db.query<Row[]>(
    `SELECT ${SUMMARY}, ${DETAIL} FROM ${FROM} WHERE q.id = $1 AND ${seen.sql}`,
    [quoteId, ...seen.params],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  const chips = await holderChips(db, [row.requestId]);
  const holder = row.requestId ? (chips.get(row.requestId) ?? null) : null;
  return viewOf(row, viewer, holder, await fxOf(db, row));
}

function viewOf(row: Row, viewer: Viewer, holder: QuoteSummary['holder'], fx: QuoteFx | null): QuoteView {
  const {
    lines,
    staleNow,
    costTotal,
    financingCost,
    rebateTotal,
    marginPct,
    listTotal,
    net,
    fxRate: _rate,
    fxAsOf: _asOf,
    fxAccepted: _accepted,
    position: _position,
    ...shown
  } = row;
  const showsCost = viewer.permissions['cost:read'] !== undefined;
  const money = (amount: string) => formatAmount(amount, row.currency);
  const confidential = {
    costTotal: money(costTotal),
    financingCost: money(financingCost),
    rebateTotal: money(rebateTotal),
    ...(marginPct === null ? {} : { marginPct }),
  };
  return {
    ...shown,
    holder,
    fx,
    freight: money(row.freight),
    total: { amount: money(net), currency: row.currency },
    listTotal: money(listTotal),
    netTotal: money(net),
    lines: lines.map((line) => lineView(line, row.currency, showsCost)),
    ...(showsCost ? confidential : {}),
    stale: staleNow && askedAgain(staleNow.broken, staleNow.stages, staleNow.inputs),
    actions: row.owner.id === viewer.personId ? actsIn(row.state, staleNow !== null) : [],
  };
}

function lineView(
  { cost, floor, rebatePct, freight, ...line }: Row['lines'][number],
  currency: string,
  showsCost: boolean,
): QuoteLineView {
  const money = (amount: string) => formatAmount(amount, currency);
  return {
    ...line,
    list: money(line.list),
    unitNet: money(line.unitNet),
    net: money(line.net),
    belowFloor: isBelowFloor({ ...line, floor }, currency),
    freight: money(freight),
    ...(showsCost ? { cost: money(cost), rebatePct, ...lineMargin(line, cost) } : {}),
  };
}

function lineMargin({ net, qty }: { net: string; qty: string }, cost: string): { marginPct?: string } {
  const charged = new Exact(net);
  if (charged.isZero()) return {};
  const left = charged.minus(new Exact(cost).times(qty));
  return { marginPct: left.times(100).div(charged).toDecimalPlaces(2).toFixed() };
}
