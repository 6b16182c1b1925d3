import { DomainError } from '../errors.js';

/** Where an acceptance bill (承兑汇票) stands. It pays conditionally: whoever gave it owes again when it is dishonoured. */
export const BILL_STATES = ['HELD', 'ENDORSED', 'DISCOUNTED', 'MATURED', 'DISHONOURED'] as const;
export type BillState = (typeof BILL_STATES)[number];
export const BILL_ACTS = ['ENDORSE', 'DISCOUNT', 'MATURE', 'DISHONOUR'] as const;
export type BillAct = (typeof BILL_ACTS)[number];

/** Passed on or discounted, recourse stays with us until it has matured. */
const LIFE: Readonly<Record<BillState, Partial<Record<BillAct, BillState>>>> = {
  HELD: { ENDORSE: 'ENDORSED', DISCOUNT: 'DISCOUNTED', MATURE: 'MATURED', DISHONOUR: 'DISHONOURED' },
  ENDORSED: { MATURE: 'MATURED', DISHONOUR: 'DISHONOURED' },
  DISCOUNTED: { MATURE: 'MATURED', DISHONOUR: 'DISHONOURED' },
  MATURED: {},
  DISHONOURED: {},
};

/**
 * The state after an act on a day.
 * @param on `YYYY-MM-DD`
 * @throws DomainError STATE_CONFLICT not from this state · VALIDATION matured before its maturity, anything before it was received
 */
export function afterBillAct(
  bill: { state: BillState; receivedOn: string; maturesOn: string },
  act: BillAct,
  on: string,
): BillState {
  const next = LIFE[bill.state][act];
  if (!next) throw new DomainError('STATE_CONFLICT', { state: bill.state, act });
  const earliest = act === 'MATURE' ? bill.maturesOn : bill.receivedOn;
  if (on < earliest)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/on', code: 'TOO_EARLY', rule: `on ${earliest} or later` },
    ]);
  return next;
}

/** What may be done with it, for buttons. */
export function billActs(state: BillState): BillAct[] {
  return BILL_ACTS.filter((act) => LIFE[state][act] !== undefined);
}
