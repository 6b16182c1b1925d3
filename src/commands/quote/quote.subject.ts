import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS, type BuiltInFacts } from '../../domain/request-kind/built-in.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact, formatAmount, roundAmount } from '../../domain/money.js';
import { quoteMeasures, type QuoteMaterial } from '../../domain/quote/measures.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { isBelowFloor, type MarginFlag } from '../../domain/quote/pricing.js';
import { afterAct, type QuoteAct, type QuoteState } from '../../domain/quote/quote.js';
import { quoteToContractMessage } from '../../workflows/messages.js';
import type { ApprovalSubject, RequestOutcome, SubjectOwner } from '../approval/subject.js';
import { appendEvents, transactionTime } from '../events.js';
import { tellProcess } from '../outbox.js';
import { activePolicy } from '../policy/policy.js';
import { materialContent, type DraftCustomer, type PricedDraft, type QuoteDraft } from './draft.js';
import { dropApproved, lockQuote, restoreApproved } from './store.js';

/** What the routing of a quotation is decided on, whether it is stored yet or not. */
export interface QuoteFacts {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  unitId: string;
  customer: Pick<DraftCustomer, 'id' | 'name' | 'creditClass' | 'creditLimit' | 'creditCurrency'>;
  currency: string;
  netTotal: string;
  discountPct: string;
  marginFlag: MarginFlag;
  marginPct: string | null;
  costTotal: string;
  financingCost: string;
  belowFloor: boolean;
  nonStandardClauses: readonly string[];
  termDays: number;
  instalments: number;
  /** percent of the total held back until the warranty has ended */
  retentionPct: string;
  material: JsonObject & QuoteMaterial;
}

/** The approval subject of a quotation. `usedCredit` is what the customer's other deals take of the limit, in base currency. */
export function quoteSubjectOf(
  quote: QuoteFacts,
  policy: PricingPolicy,
  usedCredit: string,
): ApprovalSubject {
  const base = inBase(quote.netTotal, quote.currency, policy);
  const { creditClass } = quote.customer;
  const facts = {
    discountPct: quote.discountPct,
    amount: base,
    marginFlag: quote.marginFlag,
    belowFloor: quote.belowFloor,
    nonStandardClauses: [...quote.nonStandardClauses].sort(),
    termDays: String(quote.termDays),
    beyondClassTerms: quote.termDays > (policy.classTermDays[creditClass ?? ''] ?? 0),
    instalments: quote.instalments > 1,
    retentionPct: quote.retentionPct,
    creditOk: creditCovers(quote.customer, base, usedCredit, policy),
    creditClass: creditClass ?? 'NONE',
  } satisfies BuiltInFacts<'QUOTE'>;
  return {
    kind: 'QUOTE',
    id: quote.id,
    number: quote.number,
    version: quote.version,
    title: `${quote.customer.name} · ${quote.number} v${quote.version}`,
    ownerId: quote.ownerId,
    beneficiaryIds: [],
    unitId: quote.unitId,
    policyKind: BUILT_IN_KINDS.QUOTE.policyKind,
    facts,
    measures: quoteMeasures(quote.material, facts),
    content: quote.material,
    exposure: { amount: base, currency: policy.baseCurrency },
    amount: { amount: formatAmount(quote.netTotal, quote.currency), currency: quote.currency },
    confidential: {
      costTotal: quote.costTotal,
      marginPct: quote.marginPct,
      financingCost: quote.financingCost,
    },
  };
}

/** As `quoteSubjectOf`, for a draft that is not stored yet. */
export async function subjectOfDraft(
  tx: EntityManager,
  priced: PricedDraft,
  who: { ownerId: string; unitId: string; id: string; number: string; version: number },
): Promise<ApprovalSubject> {
  const { draft, pricing, policy, customer } = priced;
  const { currency, nonStandardClauses, termDays } = draft;
  const quote = {
    ...who,
    ...pricing,
    customer,
    currency,
    nonStandardClauses,
    termDays,
    instalments: draft.instalments.length,
    retentionPct: retentionOf(draft.instalments),
  };
  return quoteSubjectOf(
    { ...quote, material: materialContent(priced) },
    policy,
    await usedCredit(tx, customer.id, policy),
  );
}

function retentionOf(instalments: QuoteDraft['instalments']): string {
  return Exact.sum(
    0,
    ...instalments.filter(({ trigger }) => trigger === 'WARRANTY').map(({ pct }) => pct),
  ).toFixed();
}

function inBase(amount: string, currency: string, policy: PricingPolicy): string {
  const rate = policy.ratesToBase[currency];
  if (rate === undefined) throw new DomainError('RATE_MISSING', { currency });
  return roundAmount(new Exact(amount).times(rate), policy.baseCurrency).toFixed();
}

/** A missing limit is no credit, not unlimited credit (processes.md 3.3). The limit is compared in base currency. */
function creditCovers(
  customer: QuoteFacts['customer'],
  base: string,
  used: string,
  policy: PricingPolicy,
): boolean {
  if (customer.creditLimit === null || customer.creditCurrency === null) return false;
  return new Exact(used).plus(base).lte(inBase(customer.creditLimit, customer.creditCurrency, policy));
}

/** Net of the customer's accepted quotations, in base currency. */
async function usedCredit(tx: EntityManager, customerId: string, policy: PricingPolicy): Promise<string> {
  const rows = await tx.query<{ currency: string; net: string }[]>(
    `SELECT currency, sum(net_total)::text AS net FROM quote WHERE customer_id = $1 AND state = 'ACCEPTED' GROUP BY currency`,
    [customerId],
  );
  return rows
    .reduce((sum, { currency, net }) => sum.plus(inBase(net, currency, policy)), new Exact(0))
    .toFixed();
}

type Row = Omit<QuoteFacts, 'belowFloor'> & {
  lines: { qty: string; floor: string; net: string; free: boolean }[];
};

const OUTCOME: Readonly<Record<RequestOutcome, QuoteAct>> = {
  APPROVED: 'APPROVE',
  REJECTED: 'REJECT',
  RETURNED: 'RETURN',
  WITHDRAWN: 'WITHDRAW',
  TERMINATED: 'WITHDRAW',
  EXPIRED: 'EXPIRE',
};

export const quoteSubject: SubjectOwner = {
  async load(tx, id) {
    const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx));
    const [row] = await tx.query<Row[]>(
      `SELECT q.id, q.number, q.version, q.owner_id AS "ownerId", q.unit_id AS "unitId", q.currency,
         trim_scale(q.net_total)::text AS "netTotal", trim_scale(q.discount_pct)::text AS "discountPct",
         q.margin_flag AS "marginFlag", trim_scale(q.margin_pct)::text AS "marginPct", trim_scale(q.cost_total)::text AS "costTotal",
         trim_scale(q.financing_cost)::text AS "financingCost", q.non_standard_clauses AS "nonStandardClauses",
         q.term_days AS "termDays", jsonb_array_length(q.instalments) AS instalments, q.material,
         (SELECT coalesce(trim_scale(sum((i->>'pct')::numeric)), 0)::text FROM jsonb_array_elements(q.instalments) i
          WHERE i->>'trigger' = 'WARRANTY') AS "retentionPct",
         (SELECT json_agg(json_build_object('qty', l.qty::text, 'floor', l.floor::text, 'net', l.net::text, 'free', l.free))
          FROM quote_line l WHERE l.quote_id = q.id) AS lines,
         json_build_object('id', c.id, 'name', c.name, 'creditClass', c.credit_class, 'creditLimit', trim_scale(c.credit_limit)::text,
           'creditCurrency', c.credit_currency) AS customer
       FROM quote q JOIN customer c ON c.id = q.customer_id WHERE q.id = $1`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
    const belowFloor = row.lines.some((line) => isBelowFloor(line, row.currency));
    return quoteSubjectOf({ ...row, belowFloor }, policy, await usedCredit(tx, row.customer.id, policy));
  },

  async opened(tx, subject, requestId) {
    const { head, row } = await lockQuote(tx, subject.id);
    const state = afterAct(row.state, 'SUBMIT');
    await tx.query(`UPDATE quote SET state = $2, request_id = $3, updated_at = now() WHERE id = $1`, [
      subject.id,
      state,
      requestId,
    ]);
    await appendEvents(tx, head, [
      { type: 'quote.submitted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
  },

  async closed(tx, subject, requestId, outcome) {
    const { head, row } = await lockQuote(tx, subject.id);
    const state = afterAct(row.state, OUTCOME[outcome]);
    await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [subject.id, state]);
    await appendEvents(tx, head, [
      { type: 'quote.approval-ended', actor: systemActor('approval').id, payload: { requestId, outcome } },
    ]);
    if (outcome !== 'APPROVED') return;
    await dropApproved(tx, row.id);
    await supersedeOlder(tx, row.number, row.version);
  },

  async reverted(tx, id, requestId) {
    const { head, row } = await lockQuote(tx, id);
    const state = afterAct(row.state, 'REVERT');
    await restoreApproved(tx, id);
    await tx.query(`UPDATE quote SET state = $2 WHERE id = $1`, [id, state]);
    await appendEvents(tx, head, [
      { type: 'quote.reverted', actor: systemActor('approval').id, payload: { requestId } },
    ]);
  },

  async irreversible(tx, id) {
    const { row } = await lockQuote(tx, id);
    return row.sentAt === null ? null : 'SENT';
  },

  async revoked(tx, id, requestId) {
    const { head, row } = await lockQuote(tx, id);
    if (row.state !== 'APPROVED' || row.requestId !== requestId) return; // expired or replaced meanwhile: nothing to undo
    const state = afterAct(row.state, (await hasRunning(tx, row.number)) ? 'SUPERSEDE' : 'REVOKE');
    await tx.query(
      `UPDATE quote SET state = $2, row_version = row_version + 1, updated_at = now() WHERE id = $1`,
      [id, state],
    );
    const { seq } = await appendEvents(tx, head, [
      { type: 'quote.approval-revoked', actor: systemActor('approval').id, payload: { requestId, state } },
    ]);
    await tellProcess(tx, quoteToContractMessage(id, seq), null);
  },

  process(_tx, subjectId, _requestId, seq) {
    return Promise.resolve(quoteToContractMessage(subjectId, seq));
  },
};

/** A later version is being worked on already: there is no second draft of one quotation. */
async function hasRunning(tx: EntityManager, number: string): Promise<boolean> {
  const running = await tx.query<unknown[]>(
    `SELECT 1 FROM quote WHERE number = $1 AND state IN ('DRAFT', 'IN_APPROVAL', 'RETURNED')`,
    [number],
  );
  return running.length > 0;
}

/** An approved version replaces the offers before it. */
async function supersedeOlder(tx: EntityManager, number: string, version: number): Promise<void> {
  const older = await tx.query<{ id: string; state: QuoteState }[]>(
    `SELECT id, state FROM quote WHERE number = $1 AND version < $2 AND state IN ('APPROVED', 'SENT')`,
    [number, version],
  );
  for (const { id } of older) {
    const { head, row } = await lockQuote(tx, id);
    const state = afterAct(row.state, 'SUPERSEDE');
    await tx.query(`UPDATE quote SET state = $2, updated_at = now() WHERE id = $1`, [id, state]);
    const { seq } = await appendEvents(tx, head, [
      { type: 'quote.superseded', actor: systemActor('approval').id, payload: { by: version } },
    ]);
    await tellProcess(tx, quoteToContractMessage(id, seq), null);
  }
}
