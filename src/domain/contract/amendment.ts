import { DomainError, type FieldError } from '../errors.js';
import { allocate, amountProblem, Exact, formatAmount, roundAmount, sumAmounts } from '../money.js';
import { paymentPlan, type Instalment, type PlanBasis, type PlanRow } from './plan.js';
import type { ContractTerms } from './text.js';

export const CHANGE_KINDS = ['AMENDMENT', 'TERMINATION'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export type VersionState =
  | 'DRAFT'
  | 'IN_REVIEW'
  | 'RETURNED'
  | 'APPROVED'
  | 'SEALED'
  | 'IN_FORCE'
  | 'SUPERSEDED'
  | 'REFUSED'
  | 'DROPPED';
export type VersionAct =
  | 'EDIT'
  | 'SUBMIT'
  | 'APPROVE'
  | 'RETURN'
  | 'REFUSE'
  | 'SEAL'
  | 'TAKE_FORCE'
  | 'REVIEW_AGAIN'
  | 'SUPERSEDE'
  | 'DROP';

/** The life of a version of a contract that is in force already. What is not listed is refused. */
const LIFE: Readonly<Record<VersionState, Partial<Record<VersionAct, VersionState>>>> = {
  DRAFT: { EDIT: 'DRAFT', SUBMIT: 'IN_REVIEW', APPROVE: 'APPROVED', REFUSE: 'REFUSED', DROP: 'DROPPED' },
  IN_REVIEW: { APPROVE: 'APPROVED', RETURN: 'RETURNED', REFUSE: 'REFUSED', DROP: 'DROPPED' },
  RETURNED: { EDIT: 'RETURNED', SUBMIT: 'IN_REVIEW', REFUSE: 'REFUSED', DROP: 'DROPPED' },
  APPROVED: { SEAL: 'SEALED', TAKE_FORCE: 'IN_FORCE', REFUSE: 'REFUSED', DROP: 'DROPPED' },
  SEALED: { TAKE_FORCE: 'IN_FORCE', REVIEW_AGAIN: 'DRAFT', DROP: 'DROPPED' },
  IN_FORCE: { SUPERSEDE: 'SUPERSEDED' },
  SUPERSEDED: {},
  REFUSED: {},
  DROPPED: {},
};

export const OPEN_VERSION: readonly VersionState[] = ['DRAFT', 'IN_REVIEW', 'RETURNED', 'APPROVED', 'SEALED'];

/** @throws DomainError LOCKED_BY_APPROVAL an edit while people look at it · CHANGE_STATE anything else not allowed now */
export function afterVersionAct(state: VersionState, act: VersionAct): VersionState {
  const next = LIFE[state][act];
  if (next) return next;
  if (act === 'EDIT' && state === 'IN_REVIEW') throw new DomainError('LOCKED_BY_APPROVAL', { state });
  throw new DomainError('CHANGE_STATE', { state, act });
}

/** What a change may say; what it leaves out stays as it is. Amounts and quantities are decimal strings. */
export interface ContractChange {
  lines?: readonly { name: string; qty: string; unitNet: string }[] | undefined;
  termDays?: number | undefined;
  instalments?: readonly Instalment[] | undefined;
  deliveryDays?: number | null | undefined;
  warrantyMonths?: number | null | undefined;
  durationMonths?: number | null | undefined;
}

/**
 * The terms of the next version. The total is the new whole, not a difference: thresholds are judged on it (erpnext#32671).
 * @throws DomainError VALIDATION a quantity or price that is none, a total too large, instalments that are not exactly 100 %
 */
export function changedTerms(terms: ContractTerms, change: ContractChange): ContractTerms {
  const { lines, ...rest } = change;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const next: ContractTerms = { ...terms, ...said, version: terms.version + 1 };
  const wrong = [
    ...(lines ?? []).flatMap((line, index): FieldError[] => [
      ...positive(line.qty, `/lines/${index}/qty`, 1),
      ...positive(line.unitNet, `/lines/${index}/unitNet`, 0),
    ]),
    ...partial(change.instalments ?? []),
  ];
  if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
  if (!lines) return next;
  const priced = lines.map(({ name, qty, unitNet }, index) => ({
    no: index + 1,
    name,
    qty,
    unitNet,
    net: formatAmount(roundAmount(new Exact(qty).times(unitNet), terms.currency), terms.currency),
  }));
  const total = formatAmount(sumAmounts(priced.map(({ net }) => net)), terms.currency);
  const problem = amountProblem(total, terms.currency, '/lines');
  if (problem) throw new DomainError('VALIDATION', {}, [problem]);
  return { ...next, lines: priced, total };
}

function positive(value: string, pointer: string, least: 0 | 1): FieldError[] {
  const fits = /^\d{1,12}(\.\d{1,6})?$/.test(value) && (least === 0 || new Exact(value).gt(0));
  return fits
    ? []
    : [{ pointer, code: 'INVALID', rule: least ? 'a decimal above 0' : 'a decimal, 0 or more' }];
}

/** None at all are a whole plan as well: one payment. */
function partial(instalments: readonly Instalment[]): FieldError[] {
  const wrong = instalments.flatMap(({ pct }, index) => positive(pct, `/instalments/${index}/pct`, 1));
  if (wrong.length > 0 || instalments.length === 0) return wrong;
  const sum = sumAmounts(instalments.map(({ pct }) => pct));
  const rule = `instalments sum to exactly 100 %, these to ${sum.toFixed()} %`;
  return sum.eq(100) ? [] : [{ pointer: '/instalments', code: 'SUM', rule }];
}

/** A row of the plan of which something has happened already: invoiced, paid. */
export interface SettledRow {
  seq: number;
  pct: string;
  amount: string;
}

/**
 * The plan after a change: settled rows stay to the cent, what is left of the new total is spread over the other
 * instalments in the proportion agreed, by largest remainder; Σ amount = new total exactly. Their percents share what the
 * settled rows leave of 100.
 * @returns only the rows that are not settled
 * @throws DomainError PLAN_BELOW_SETTLED the new total is less than what is settled · PLAN_NOT_WHOLE
 */
export function regeneratedPlan(
  instalments: readonly Instalment[],
  basis: PlanBasis,
  settled: readonly SettledRow[],
): PlanRow[] {
  const planned = paymentPlan(instalments, basis);
  if (settled.length === 0) return planned;
  const left = new Exact(basis.total).minus(sumAmounts(settled.map(({ amount }) => amount)));
  if (left.lt(0)) throw belowSettled(basis.total, new Exact(basis.total).minus(left).toFixed());
  if (left.isZero()) return [];
  const taken = new Set(settled.map(({ seq }) => seq));
  const open = planned.filter(({ seq }) => !taken.has(seq));
  const rows = open.length > 0 ? open : [{ ...planned.at(-1)!, seq: Math.max(...taken) + 1 }];
  const weights = rows.map(({ pct }) => pct);
  const amounts = allocate(left, weights, basis.currency);
  const share = Exact.max(new Exact(100).minus(sumAmounts(settled.map(({ pct }) => pct))), 0);
  const whole = sumAmounts(weights);
  return rows.map((row, index) => ({
    ...row,
    pct: share.times(row.pct).div(whole).toDecimalPlaces(6).toFixed(),
    amount: formatAmount(amounts[index]!, basis.currency),
  }));
}

function belowSettled(total: string, settled: string): DomainError {
  return new DomainError('PLAN_BELOW_SETTLED', { total, settled }, [
    {
      pointer: '/lines',
      code: 'BELOW_SETTLED',
      rule: `a total of ${settled} or more, which is settled already`,
    },
  ]);
}

export interface TermDifference {
  field: string;
  before: string | null;
  after: string | null;
}

/** What differs between two versions, field by field; lines by their number. */
export function termDifferences(before: ContractTerms, after: ContractTerms): TermDifference[] {
  const plain = (terms: ContractTerms): Record<string, string | null> => ({
    total: `${terms.total} ${terms.currency}`,
    termDays: String(terms.termDays),
    deliveryDays: text(terms.deliveryDays),
    warrantyMonths: text(terms.warrantyMonths),
    durationMonths: text(terms.durationMonths ?? null),
    ...Object.fromEntries(
      terms.lines.map(({ no, name, qty, unitNet, net }) => [
        `line ${no}`,
        `${name} × ${qty} @ ${unitNet} = ${net}`,
      ]),
    ),
    ...Object.fromEntries(
      terms.instalments.map(({ trigger, pct, days }, index) => [
        `instalment ${index + 1}`,
        `${pct} % · ${trigger} + ${days}`,
      ]),
    ),
  });
  const [old, now] = [plain(before), plain(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .map((field) => ({ field, before: old[field] ?? null, after: now[field] ?? null }))
    .filter((one) => one.before !== one.after);
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}
