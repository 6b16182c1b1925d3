import { DomainError, type FieldError } from '../errors.js';
import { Exact, sumAmounts } from '../money.js';
import type { ContractState } from './contract.js';
import { isInForce, mustPerform } from './life.js';

export type OrderState = 'PLACED' | 'CONFIRMED' | 'DELIVERED' | 'CANCELLED';
export type OrderAct = 'CONFIRM' | 'DELIVER' | 'CANCEL';

const LIFE: Readonly<Record<OrderState, Partial<Record<OrderAct, OrderState>>>> = {
  PLACED: { CONFIRM: 'CONFIRMED', CANCEL: 'CANCELLED' },
  CONFIRMED: { DELIVER: 'DELIVERED', CANCEL: 'CANCELLED' },
  DELIVERED: {},
  CANCELLED: {},
};

/** @throws DomainError ORDER_STATE */
export function afterOrderAct(state: OrderState, act: OrderAct): OrderState {
  const next = LIFE[state][act];
  if (!next) throw new DomainError('ORDER_STATE', { state, act });
  return next;
}

/** How the contract of an order stands. */
export interface OrderBasis {
  state: ContractState;
  /** its term ended while it was suspended, and nobody can lift that any more */
  heldAtEnd: boolean;
}

/**
 * Goods that were confirmed within the term are still delivered after it; nothing is ordered or confirmed then, and nothing
 * delivered when the contract was held as its term ended. Of a contract that was terminated an order is only cancelled
 * (processes.md 3.2).
 * @throws DomainError CONTRACT_SUSPENDED · CONTRACT_STATE
 */
export function mustServe({ state, heldAtEnd }: OrderBasis, act: OrderAct): void {
  if (act === 'CANCEL') return;
  if (act !== 'DELIVER' || state !== 'EXPIRED') return mustPerform(state, `ORDER_${act}`);
  if (heldAtEnd) throw new DomainError('CONTRACT_SUSPENDED', { state, act: `ORDER_${act}` });
}

/** What may be done with an order, for buttons: as `mustServe`. */
export function orderActsIn(order: OrderState, { state, heldAtEnd }: OrderBasis): OrderAct[] {
  const performs = isInForce(state) && state !== 'SUSPENDED';
  const delivers = performs || (state === 'EXPIRED' && !heldAtEnd);
  return (Object.keys(LIFE[order]) as OrderAct[]).filter(
    (act) => act === 'CANCEL' || (act === 'DELIVER' ? delivers : performs),
  );
}

/** A quantity of a line of the contract, by the line's number. */
export interface Quantity {
  no: number;
  qty: string;
}

/** A line of the contract as orders take from it. */
export interface AgreedLine extends Quantity {
  name: string;
}

/** What may still be ordered of each line: what was agreed less what orders that were not cancelled have taken. */
export function remaining(agreed: readonly Quantity[], ordered: readonly Quantity[]): Quantity[] {
  return agreed.map(({ no, qty }) => {
    const taken = sumAmounts(ordered.filter((order) => order.no === no).map((order) => order.qty));
    return { no, qty: new Exact(qty).minus(taken).toFixed() };
  });
}

/**
 * An order stays within what is left of each line.
 * @throws DomainError VALIDATION a line the contract lacks, a line twice, nothing, or more than is left
 */
export function mustFit(
  asked: readonly Quantity[],
  agreed: readonly Quantity[],
  ordered: readonly Quantity[],
): void {
  const left = new Map(remaining(agreed, ordered).map(({ no, qty }) => [no, qty]));
  const seen = new Set<number>();
  const wrong = asked.flatMap(({ no, qty }, index): FieldError[] => {
    const most = left.get(no);
    if (most === undefined) return [problem(`/lines/${index}/no`, 'INVALID', 'a line of the contract')];
    if (seen.has(no)) return [problem(`/lines/${index}/no`, 'DUPLICATE', 'each line once')];
    seen.add(no);
    if (!/^\d{1,12}(\.\d{1,6})?$/.test(qty) || !new Exact(qty).gt(0))
      return [problem(`/lines/${index}/qty`, 'INVALID', 'a decimal above 0')];
    return new Exact(qty).gt(most)
      ? [problem(`/lines/${index}/qty`, 'OVER_REMAINING', `at most ${most}, what is left of the line`)]
      : [];
  });
  if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
}

/**
 * A change does not take away what is ordered already, nor put other goods under the number of a line that is.
 * @param before the lines as they were ordered from
 * @throws DomainError LINES_BELOW_ORDERED
 */
export function mustCoverOrders(
  agreed: readonly AgreedLine[],
  before: readonly AgreedLine[],
  ordered: readonly Quantity[],
): void {
  const nameOf = (lines: readonly AgreedLine[], no: number) => lines.find((line) => line.no === no)?.name;
  const short = remaining(agreed, ordered).filter(({ qty }) => new Exact(qty).lt(0));
  const other = ordered.filter(({ no }) => nameOf(agreed, no) !== nameOf(before, no));
  const lines = [...new Set([...short, ...other].map(({ no }) => no))].sort((a, b) => a - b);
  if (lines.length > 0) throw new DomainError('LINES_BELOW_ORDERED', { lines });
}

function problem(pointer: string, code: string, rule: string): FieldError {
  return { pointer, code, rule };
}
