import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount, sumAmounts } from '../../domain/money.js';
import { daysPastDue } from '../../domain/receivable/debt.js';
import type { AccountStatement } from '../../domain/receivable/account-document.js';
import type { Viewer } from '../org/scope.js';
import { mustSeeCustomer } from './reach.js';

/** More movements do not fit into one letter: a shorter period is asked for. */
const MOST_MOVEMENTS = 2_000;

interface Entry {
  on: string;
  kind: string;
  invoiceNo: string;
  amount: string;
}

interface OpenRow {
  invoiceNo: string;
  dueOn: string;
  open: string;
}

/**
 * 对账单: what was owed before the period, what moved in it, what is owed at its end, and by which invoices.
 * @throws DomainError NOT_FOUND, also for what the viewer may not see · VALIDATION too many movements
 */
export async function accountStatement(
  db: DataSource,
  viewer: Viewer,
  customerId: string,
  { from, to, ...of }: { from: string; to: string; companyId: string | null; currency: string | null },
): Promise<AccountStatement> {
  const customer = await mustSeeCustomer(db, viewer, customerId);
  const [company] = await db.query<{ id: string; name: string; currency: string }[]>(
    `SELECT id, name, currency FROM company WHERE CASE WHEN $1::uuid IS NULL THEN is_default ELSE id = $1 END`,
    [of.companyId],
  );
  if (!company) throw new DomainError('NOT_FOUND', { companyId: of.companyId });
  const currency = of.currency ?? company.currency;
  const account = [customerId, company.id, currency];
  const [before] = await db.query<{ sum: string }[]>(
    `SELECT coalesce(sum(amount), 0)::text AS sum FROM receivable_entry
     WHERE customer_id = $1 AND company_id = $2 AND currency = $3 AND value_date < $4`,
    [...account, from],
  );
  const entries = await movements(db, account, from, to);
  const open = await openOn(db, account, to);
  const money = (amount: string) => formatAmount(amount, currency);
  return {
    customer: customer.name,
    company: company.name,
    currency,
    from,
    to,
    opening: money(before!.sum),
    movements: entries.map((entry) => ({ ...entry, amount: money(entry.amount) })),
    closing: money(sumAmounts([before!.sum, ...entries.map(({ amount }) => amount)]).toFixed()),
    open: open.map((row) => ({
      invoiceNo: row.invoiceNo,
      dueOn: row.dueOn,
      daysPastDue: Math.max(daysPastDue(row.dueOn, to), 0),
      outstanding: money(row.open),
    })),
  };
}

async function movements(db: DataSource, account: string[], from: string, to: string): Promise<Entry[]> {
  const rows = await db.query<Entry[]>(
    `SELECT e.value_date::text AS on, coalesce(r.kind, '') || CASE WHEN r.id IS NULL THEN e.kind ELSE '_REVERSED' END AS kind,
       i.invoice_no AS "invoiceNo", sum(e.amount)::text AS amount
     FROM receivable_entry e JOIN receivable_item i ON i.id = e.item_id LEFT JOIN receivable_entry r ON r.id = e.reverses
     WHERE e.customer_id = $1 AND e.company_id = $2 AND e.currency = $3 AND e.value_date BETWEEN $4 AND $5 AND e.amount <> 0
     GROUP BY e.value_date, 2, i.invoice_no, coalesce(e.ref_id, e.id) ORDER BY e.value_date, min(e.booked_at), i.invoice_no LIMIT ${MOST_MOVEMENTS + 1}`,
    [...account, from, to],
  );
  if (rows.length > MOST_MOVEMENTS) {
    const rule = `a period of at most ${MOST_MOVEMENTS} movements`;
    throw new DomainError('VALIDATION', {}, [{ pointer: '/from', code: 'TOO_LONG', rule }]);
  }
  return rows;
}

function openOn(db: DataSource, account: string[], to: string): Promise<OpenRow[]> {
  return db.query<OpenRow[]>(
    `SELECT i.invoice_no AS "invoiceNo", i.due_on::text AS "dueOn", sum(e.amount)::text AS open
     FROM receivable_entry e JOIN receivable_item i ON i.id = e.item_id
     WHERE e.customer_id = $1 AND e.company_id = $2 AND e.currency = $3 AND e.value_date <= $4
     GROUP BY i.id HAVING sum(e.amount) <> 0 ORDER BY i.due_on, i.invoice_no LIMIT ${MOST_MOVEMENTS}`,
    [...account, to],
  );
}
