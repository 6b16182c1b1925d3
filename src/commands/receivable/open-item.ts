import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { InterestMode } from '../../domain/receivable/debt.js';
import { DomainError } from '../../domain/errors.js';
import { Exact, formatAmount, parseAmount } from '../../domain/money.js';
import { companyOf } from '../company.js';
import { mustBeCustomer } from './party.js';
import { lockContract } from '../contract/store.js';
import { tellCollection } from '../collection/tell.js';
import { appendEvents, beginAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { inBase, postEntries, rateOfDay } from './entries.js';
import { setPlanRow } from './item-store.js';
import { lockCredit } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

export type ItemOpened = { itemId: string };

/** An invoice, or one instalment of it. */
export interface NewItem {
  customerId: string;
  /** left out: the default company */
  companyId: string | null;
  contractId: string | null;
  planSeq: number | null;
  invoiceNo: string;
  instalment: number;
  amount: string;
  currency: string;
  /** `YYYY-MM-DD` */
  issuedOn: string;
  dueOn: string;
  interestMode: InterestMode;
  /** yearly percent the debtor bears; decides the order of the law */
  burdenPct: string;
  secured: string;
}

/**
 * Opens what a customer owes by an invoice, with or without a contract.
 * @throws DomainError NOT_FOUND · VALIDATION · ALREADY_EXISTS the company has an instalment of that invoice · RATE_MISSING
 */
export function openItem(db: DataSource, meta: CommandMeta, item: NewItem): Promise<Answer<ItemOpened>> {
  return runCommand(db, meta, (tx) => insertItem(tx, meta, item));
}

/** The same inside another command's transaction. */
export async function insertItem(tx: EntityManager, meta: CommandMeta, item: NewItem): Promise<ItemOpened> {
  mustBeSound(item);
  await mustBeCustomer(tx, item.customerId);
  const companyId = await companyOf(tx, item.companyId);
  await lockCredit(tx, { customerId: item.customerId, companyId });
  const itemId = uuidv7();
  const day = await rateOfDay(tx, item.currency, item.issuedOn);
  const taken = await tx.query<unknown[]>(
    `INSERT INTO receivable_item (id, customer_id, company_id, contract_id, plan_seq, invoice_no, instalment, currency, original, fx_rate,
       issued_on, due_on, interest_mode, burden_pct, secured)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
     ON CONFLICT ON CONSTRAINT receivable_item_invoice DO NOTHING RETURNING 1`,
    [
      itemId,
      item.customerId,
      companyId,
      item.contractId,
      item.planSeq,
      item.invoiceNo,
      item.instalment,
      item.currency,
      item.amount,
      day.rate,
      item.issuedOn,
      item.dueOn,
      item.interestMode,
      item.burdenPct,
      item.secured,
    ],
  );
  if (taken.length === 0) {
    const rule = 'an invoice and instalment the company has not booked yet';
    throw new DomainError('ALREADY_EXISTS', {}, [{ pointer: '/invoiceNo', code: 'TAKEN', rule }]);
  }
  const amount = formatAmount(item.amount, item.currency);
  await postEntries(tx, meta.actor.id, [
    {
      itemId,
      kind: 'OPEN',
      amount,
      baseAmount: inBase(amount, day).toFixed(),
      valueDate: item.issuedOn,
      sourceKey: `open/${itemId}`,
    },
  ]);
  const { invoiceNo, instalment, currency, dueOn, contractId } = item;
  const payload = { customerId: item.customerId, invoiceNo, instalment, amount, currency, dueOn, contractId };
  const head = await beginAggregate(tx, 'receivable', itemId);
  await appendEvents(tx, head, [{ type: 'receivable.opened', actor: meta.actor.id, payload }]);
  const debtor = { customerId: item.customerId, companyId };
  await followLedger(tx, meta, debtor, itemId);
  await tellCollection(tx, debtor, meta.correlationId);
  return { itemId };
}

function mustBeSound({ amount, currency, issuedOn, dueOn, planSeq, contractId }: NewItem): void {
  const value = parseAmount(amount, currency, '/amount/amount');
  const wrong = [
    ...(value.isZero() ? [{ pointer: '/amount/amount', code: 'TOO_SMALL', rule: 'more than 0' }] : []),
    ...(dueOn < issuedOn ? [{ pointer: '/dueOn', code: 'BEFORE_ISSUE', rule: 'not before issuedOn' }] : []),
    ...(planSeq !== null && contractId === null
      ? [{ pointer: '/contractId', code: 'REQUIRED', rule: 'the contract of the plan row' }]
      : []),
  ];
  if (wrong.length > 0) throw new DomainError('VALIDATION', {}, wrong);
}

/** A row of a contract's payment plan as it is invoiced. */
export interface PlanInvoice {
  contractId: string;
  seq: number;
  invoiceNo: string;
  issuedOn: string;
  /** left out: as the plan says */
  dueOn: string | null;
  interestMode: InterestMode;
}

/**
 * Opens what a row of a contract's plan says; the row stays as it is from then on, whatever is amended.
 * @throws DomainError NOT_FOUND · STATE_CONFLICT it is invoiced already · VALIDATION no due date is known
 */
export function openPlanRow(
  db: DataSource,
  meta: CommandMeta,
  invoice: PlanInvoice,
): Promise<Answer<ItemOpened>> {
  const { contractId, seq, invoiceNo, issuedOn, interestMode } = invoice;
  return runCommand(db, meta, async (tx) => {
    const { row: contract } = await lockContract(tx, contractId);
    const [row] = await tx.query<{ amount: string; dueOn: string | null; state: string }[]>(
      `SELECT trim_scale(amount)::text AS amount, due_on::text AS "dueOn", state FROM payment_plan_row
       WHERE contract_id = $1 AND seq = $2 FOR UPDATE`,
      [contractId, seq],
    );
    if (!row) throw new DomainError('NOT_FOUND', { contractId, seq });
    if (row.state !== 'PLANNED') throw new DomainError('STATE_CONFLICT', { state: row.state });
    const dueOn = invoice.dueOn ?? row.dueOn;
    if (dueOn === null)
      throw new DomainError('VALIDATION', {}, [
        { pointer: '/dueOn', code: 'REQUIRED', rule: 'a date: the plan does not know it yet' },
      ]);
    await setPlanRow(tx, { contractId, planSeq: seq }, 'INVOICED');
    return insertItem(tx, meta, {
      customerId: contract.customerId,
      companyId: await companyOfContract(tx, contractId),
      contractId,
      planSeq: seq,
      invoiceNo,
      instalment: 1,
      amount: new Exact(row.amount).toFixed(),
      currency: contract.currency,
      issuedOn,
      dueOn,
      interestMode,
      burdenPct: '0',
      secured: '0',
    });
  });
}

async function companyOfContract(tx: EntityManager, contractId: string): Promise<string | null> {
  const [row] = await tx.query<{ companyId: string }[]>(
    `SELECT company_id AS "companyId" FROM contract WHERE id = $1`,
    [contractId],
  );
  return row?.companyId ?? null;
}
