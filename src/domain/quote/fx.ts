import { Decimal } from 'decimal.js';
import { Exact } from '../money.js';

/** How far a rate has moved from the one a quotation stands on, percent of it, rounded up at 6 decimals; never negative. */
export function movePct(frozen: string, now: string): string {
  return new Exact(now)
    .minus(frozen)
    .abs()
    .times(100)
    .div(frozen)
    .toDecimalPlaces(6, Decimal.ROUND_UP)
    .toFixed();
}

/** More than the tolerance, either way; a policy that names none lets every rate stand. */
export function hasMoved(frozen: string, now: string, tolerancePct: string | undefined): boolean {
  return tolerancePct !== undefined && new Exact(movePct(frozen, now)).gt(tolerancePct);
}
