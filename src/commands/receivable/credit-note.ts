import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { claimOf } from '../../domain/receivable/debt.js';
import { DomainError } from '../../domain/errors.js';
import { Exact, formatAmount, parseAmount, sumAmounts } from '../../domain/money.js';
import { tellCollection } from '../collection/tell.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import {
  inBase,
  mustStayWithin,
  postEntries,
  rateOfDay,
  signed,
  type DayRate,
  type EntryPart,
  type NewEntry,
} from './entries.js';
import { lockItems, lockOpenItems, setItem, type HeldItem } from './item-store.js';
import { companyOf } from '../company.js';
import { mustBeCustomer } from './party.js';
import { sourceTaken } from './payment.js';
import { lockCredit } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

export type CreditNoted = { creditNoteId: string };

export interface CreditNote {
  companyId: string | null;
  customerId: string;
  /** the invoice it corrects; null: the oldest open ones */
  itemId: string | null;
  amount: string;
  currency: string;
  /** `YYYY-MM-DD`; may lie in the past, not before the invoice */
  issuedOn: string;
  reason: string;
  sourceId: string;
}

/**
 * Lowers what is owed: of the invoice it refers to, else of the oldest. It counts from the day it was issued.
 * @throws DomainError ALREADY_EXISTS the source id is booked · NOT_FOUND · VALIDATION other currency, before the invoice,
 *   beyond what is open
 */
export function issueCreditNote(
  db: DataSource,
  meta: CommandMeta,
  note: CreditNote,
): Promise<Answer<CreditNoted>> {
  return runCommand(db, meta, (tx) => creditWithin(tx, meta, note));
}

/** The same inside another command's transaction. */
export async function creditWithin(
  tx: EntityManager,
  meta: CommandMeta,
  note: CreditNote,
): Promise<CreditNoted> {
  const amount = parseAmount(note.amount, note.currency, '/amount/amount');
  await mustBeCustomer(tx, note.customerId);
  const companyId = await companyOf(tx, note.companyId);
  const debtor = { customerId: note.customerId, companyId };
  await lockCredit(tx, debtor);
  const creditNoteId = uuidv7();
  const items = await itemsFor(tx, note, companyId);
  const shares = sharesOf(amount, items, note);
  await insert(tx, meta, note, { creditNoteId, companyId });
  const { baseCurrency } = await rateOfDay(tx, note.currency, note.issuedOn);
  for (const { item, share } of shares) {
    const carried: DayRate = { rate: item.fxRate, baseCurrency };
    await postEntries(
      tx,
      meta.actor.id,
      reductions(item, share, { kind: 'CREDIT_NOTE', refId: creditNoteId, carried, ...note }),
    );
    const settled = claimOf(item).equals(share);
    await setItem(
      tx,
      item,
      settled ? { state: 'CREDITED', level: 0 } : { state: item.state, level: item.level },
    );
    const head = await continueAggregate(tx, 'receivable', item.id);
    const payload = { creditNoteId, amount: formatAmount(share, item.currency), reason: note.reason };
    await appendEvents(tx, head, [{ type: 'receivable.credited', actor: meta.actor.id, payload }]);
  }
  await mustStayWithin(tx, '/issuedOn');
  await followLedger(tx, meta, debtor, creditNoteId);
  await tellCollection(tx, debtor, meta.correlationId);
  return { creditNoteId };
}

async function itemsFor(tx: EntityManager, note: CreditNote, companyId: string): Promise<HeldItem[]> {
  const { customerId, currency, itemId } = note;
  if (itemId === null) {
    const open = await lockOpenItems(tx, { customerId, companyId, currency });
    return open
      .filter(({ issuedOn }) => issuedOn <= note.issuedOn)
      .sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.id.localeCompare(b.id));
  }
  const items = await lockItems(tx, [itemId]);
  const [item] = items;
  if (item!.customerId !== customerId || item!.companyId !== companyId)
    throw new DomainError('NOT_FOUND', { itemId });
  const wrong = [
    ...(item!.currency === currency
      ? []
      : [{ pointer: '/amount/currency', code: 'CURRENCY', rule: `${item!.currency}, as the invoice` }]),
    ...(note.issuedOn >= item!.issuedOn
      ? []
      : [
          {
            pointer: '/issuedOn',
            code: 'BEFORE_INVOICE',
            rule: `on ${item!.issuedOn}, the day of the invoice, or later`,
          },
        ]),
  ];
  if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
  return items;
}

function sharesOf(
  amount: Exact,
  items: readonly HeldItem[],
  note: CreditNote,
): { item: HeldItem; share: Exact }[] {
  const open = sumAmounts(items.map(claimOf));
  if (amount.isZero() || amount.gt(open)) {
    const rule = `more than 0 and at most ${formatAmount(open, note.currency)}, what is open`;
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/amount/amount', code: 'BEYOND_OUTSTANDING', rule },
    ]);
  }
  let left = amount;
  return items.flatMap((item) => {
    const share = Exact.min(left, claimOf(item));
    left = left.minus(share);
    return share.isZero() ? [] : [{ item, share }];
  });
}

async function insert(
  tx: EntityManager,
  meta: CommandMeta,
  note: CreditNote,
  { creditNoteId, companyId }: { creditNoteId: string; companyId: string },
): Promise<void> {
  const taken = await tx.query<unknown[]>(
    `INSERT INTO credit_note (id, company_id, customer_id, item_id, amount, currency, issued_on, reason, source_id, by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT ON CONSTRAINT credit_note_source DO NOTHING RETURNING 1`,
    [
      creditNoteId,
      companyId,
      note.customerId,
      note.itemId,
      note.amount,
      note.currency,
      note.issuedOn,
      note.reason,
      note.sourceId,
      meta.actor.id,
    ],
  );
  if (taken.length === 0) throw sourceTaken('a credit note that is not booked yet');
}

/** Entries that lower an item by an amount, principal first, at the rate it is carried at. */
export function reductions(
  item: HeldItem,
  amount: Exact,
  {
    kind,
    refId,
    issuedOn,
    reason,
    carried,
  }: {
    kind: 'CREDIT_NOTE' | 'WRITE_OFF';
    refId: string;
    issuedOn: string;
    reason: string;
    carried: DayRate;
  },
): NewEntry[] {
  let left = amount;
  const open: [EntryPart, string][] = [
    ['PRINCIPAL', item.principal],
    ['INTEREST', item.interest],
    ['COST', item.costs],
  ];
  const settled = claimOf(item).equals(amount);
  const rows = open.flatMap(([part, claim]): NewEntry[] => {
    const share = Exact.min(left, claim);
    left = left.minus(share);
    if (share.isZero()) return [];
    return [
      {
        itemId: item.id,
        kind,
        part,
        amount: signed(share, item.currency, -1),
        baseAmount: inBase(share, carried).negated().toFixed(),
        valueDate: issuedOn,
        sourceKey: `${kind.toLowerCase()}/${refId}/${item.id}/${part.toLowerCase()}`,
        refId,
        reason,
      },
    ];
  });
  if (!settled || rows.length === 0) return rows;
  const rest = new Exact(item.base).plus(Exact.sum(...rows.map(({ baseAmount }) => baseAmount)));
  const last = rows.at(-1)!;
  return [...rows.slice(0, -1), { ...last, baseAmount: new Exact(last.baseAmount).minus(rest).toFixed() }];
}
