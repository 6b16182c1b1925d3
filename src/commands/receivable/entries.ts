import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { Exact, formatAmount, roundAmount } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';
import { rateAt } from '../product/fx-rate.js';
import { sqlState } from '../transaction.js';

export type EntryKind =
  'OPEN' | 'PAYMENT' | 'CREDIT_NOTE' | 'FX' | 'WRITE_OFF' | 'INTEREST' | 'COST' | 'REVERSAL';
export type EntryPart = 'PRINCIPAL' | 'INTEREST' | 'COST';

/** One signed fact about an item: + is owed, − is not any more. */
export interface NewEntry {
  itemId: string;
  kind: EntryKind;
  part?: EntryPart;
  amount: string;
  baseAmount: string;
  valueDate: string;
  /** UNIQUE: the same fact is booked once */
  sourceKey: string;
  /** the allocation, credit note or write-off it belongs to */
  refId?: string | null;
  reverses?: string | null;
  reason?: string | null;
}

/** Adds entries; nothing else does. */
export async function postEntries(
  tx: EntityManager,
  byId: string,
  entries: readonly NewEntry[],
): Promise<void> {
  await tx.query(
    `INSERT INTO receivable_entry (id, item_id, kind, part, amount, base_amount, value_date, source_key, ref_id, reverses, reason, by_id)
     SELECT e.id, e."itemId", e.kind, coalesce(e.part, 'PRINCIPAL'), e.amount, e."baseAmount", e."valueDate", e."sourceKey", e."refId", e.reverses, e.reason, $2
     FROM jsonb_to_recordset($1::jsonb) AS e(id uuid, "itemId" uuid, kind varchar, part varchar, amount numeric, "baseAmount" numeric,
       "valueDate" date, "sourceKey" varchar, "refId" uuid, reverses uuid, reason varchar)`,
    [JSON.stringify(entries.map((entry) => ({ id: uuidv7(), ...entry }))), byId],
  );
}

/** What a day's money is worth in base currency. */
export interface DayRate {
  rate: string;
  baseCurrency: string;
}

/** What finance entered for the day, else the budget rate of the policy now: books may begin before the policy did. @throws DomainError RATE_MISSING */
export async function rateOfDay(tx: EntityManager, currency: string, day: string): Promise<DayRate> {
  const pricing = await pricingNow(tx);
  const { rate } = await rateAt(tx, currency, pricing, `${day}T12:00:00Z`);
  return { rate, baseCurrency: pricing.baseCurrency };
}

async function pricingNow(tx: EntityManager): Promise<PricingPolicy> {
  return (await activePolicy<PricingPolicy>(tx, 'pricing', await transactionTime(tx))).content;
}

/** The currency figures over several currencies are in. */
export async function baseCurrency(tx: EntityManager): Promise<string> {
  return (await pricingNow(tx)).baseCurrency;
}

export function inBase(amount: Exact | string, { rate, baseCurrency }: DayRate): Exact {
  return roundAmount(new Exact(amount).times(rate), baseCurrency);
}

/** The wire form of an exact amount, with its sign. */
export function signed(amount: Exact | string, currency: string, sign: 1 | -1): string {
  return formatAmount(new Exact(amount).times(sign), currency);
}

/** The deferred sums now, so that their refusal can be told by name. @throws DomainError VALIDATION */
export async function mustStayWithin(tx: EntityManager, pointer: string): Promise<void> {
  try {
    await tx.query(`SET CONSTRAINTS receivable_not_negative, allocation_within IMMEDIATE`);
  } catch (error) {
    if (sqlState(error) !== '23514') throw error;
    const rule = 'on no day less than nothing is open of an item';
    throw new DomainError('VALIDATION', {}, [{ pointer, code: 'BEYOND_OUTSTANDING', rule }]);
  }
  await tx.query(`SET CONSTRAINTS receivable_not_negative, allocation_within DEFERRED`);
}

export function laterOf(a: string, b: string): string {
  return a > b ? a : b;
}
