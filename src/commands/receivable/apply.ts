import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { applyPayment, type AppliedPart, type Designation } from '../../domain/receivable/application.js';
import { DomainError } from '../../domain/errors.js';
import { Exact } from '../../domain/money.js';
import {
  laterOf,
  inBase,
  mustStayWithin,
  postEntries,
  rateOfDay,
  signed,
  type DayRate,
  type EntryPart,
  type NewEntry,
} from './entries.js';
import { setItem, type HeldItem } from './item-store.js';
import type { PaymentRow } from './payment-store.js';
import { ledgerRules } from './rules.js';

/** What a payment did to the items of its payer. */
export interface Applied {
  parts: AppliedPart[];
  unapplied: string;
}

/**
 * Applies money of a payment to items that are held: as designated, else by law. Levels, states and plan rows follow;
 * what the rates of two days make of it is booked apart.
 * @param items open with the payer in the payment's currency, locked
 * @throws DomainError VALIDATION a designation that does not fit
 */
export async function applyMoney(
  tx: EntityManager,
  {
    payment,
    amount,
    items,
    designated,
    byId,
  }: {
    payment: PaymentRow;
    amount: string;
    items: readonly HeldItem[];
    designated: readonly Designation[];
    byId: string;
  },
): Promise<Applied> {
  await mustBeOfCurrency(tx, designated, payment);
  const { application } = await ledgerRules(tx);
  const { currency, valueDate } = payment;
  const result = applyPayment({ amount, currency, valueDate }, items, application, { designated });
  const { baseCurrency } = await rateOfDay(tx, currency, valueDate);
  for (const part of result.parts) {
    const item = items.find(({ id }) => id === part.debtId)!;
    const allocationId = uuidv7();
    await tx.query(
      `INSERT INTO allocation (id, payment_id, item_id, amount, level_before) VALUES ($1, $2, $3, $4, $5)`,
      [allocationId, payment.id, item.id, part.amount, item.level],
    );
    const entries = entriesOf(allocationId, item, part, { rate: payment.fxRate, baseCurrency });
    const valueOn = laterOf(payment.valueDate, item.issuedOn);
    await postEntries(
      tx,
      byId,
      entries.map((entry) => ({ ...entry, valueDate: valueOn })),
    );
    await setItem(tx, item, { state: part.settled ? 'SETTLED' : item.state, level: part.levelAfter });
  }
  await mustStayWithin(tx, '/valueDate');
  return result;
}

/** A currency that is another is said by name, not as an unknown item. */
async function mustBeOfCurrency(
  tx: EntityManager,
  designated: readonly Designation[],
  { currency }: PaymentRow,
): Promise<void> {
  if (designated.length === 0) return;
  const rows = await tx.query<{ id: string; currency: string }[]>(
    `SELECT id, currency FROM receivable_item WHERE id = ANY($1::uuid[]) AND currency <> $2`,
    [designated.map(({ debtId }) => debtId), currency],
  );
  if (rows.length === 0) return;
  throw new DomainError(
    'VALIDATION',
    {},
    rows.map((row) => ({
      pointer: `/items/${designated.findIndex(({ debtId }) => debtId === row.id)}/itemId`,
      code: 'CURRENCY',
      rule: `an item in ${currency}, the currency of the payment; this one is in ${row.currency}`,
    })),
  );
}

function entriesOf(
  allocationId: string,
  item: HeldItem,
  part: AppliedPart,
  day: DayRate,
): Omit<NewEntry, 'valueDate'>[] {
  const rows: [EntryPart, string][] = [
    ['COST', part.costs],
    ['INTEREST', part.interest],
    ['PRINCIPAL', part.principal],
  ];
  const entry = (kind: NewEntry['kind'], on: EntryPart, amount: string, baseAmount: Exact) => ({
    itemId: item.id,
    kind,
    part: on,
    amount,
    baseAmount: baseAmount.toFixed(),
    sourceKey: `${kind.toLowerCase()}/${allocationId}/${on.toLowerCase()}`,
    refId: allocationId,
  });
  const paid = rows
    .filter(([, amount]) => new Exact(amount).gt(0))
    .map(([on, amount]) =>
      entry('PAYMENT', on, signed(amount, item.currency, -1), inBase(amount, day).negated()),
    );
  const carried: DayRate = { rate: item.fxRate, baseCurrency: day.baseCurrency };
  const forgiven = inBase(part.writtenOff, carried);
  const writtenOff = forgivenEntries(item, part, (on, amount) =>
    entry('WRITE_OFF', on, signed(amount, item.currency, -1), inBase(amount, carried).negated()),
  );
  const received = Exact.sum(0, ...paid.map(({ baseAmount }) => baseAmount)).negated();
  const carriedOff = part.settled ? new Exact(item.base).minus(forgiven) : inBase(part.amount, carried);
  const difference = received.minus(carriedOff);
  const fx = difference.isZero() ? [] : [entry('FX', 'PRINCIPAL', '0', difference)];
  return [...paid, ...writtenOff, ...fx];
}

/** The residual given up, part by part as far as each is still open. */
function forgivenEntries<T>(
  item: HeldItem,
  part: AppliedPart,
  entry: (on: EntryPart, amount: string) => T,
): T[] {
  if (new Exact(part.writtenOff).isZero()) return [];
  const left: [EntryPart, Exact][] = [
    ['COST', item.interestMode === 'BOOKED' ? new Exact(item.costs).minus(part.costs) : new Exact(0)],
    [
      'INTEREST',
      item.interestMode === 'BOOKED' ? new Exact(item.interest).minus(part.interest) : new Exact(0),
    ],
    ['PRINCIPAL', new Exact(item.principal).minus(part.principal)],
  ];
  return left.filter(([, amount]) => amount.gt(0)).map(([on, amount]) => entry(on, amount.toFixed()));
}
