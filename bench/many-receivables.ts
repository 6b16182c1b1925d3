import type { DataSource } from 'typeorm';

/** One statement a slice. */
const SLICE = 10_000;

/**
 * Invoices of three years, a hundred per customer: nine of ten paid, some in two parts, some late, some never. Written past the
 * triggers; what they would refuse is not written.
 */
export async function manyReceivables(db: DataSource, items: number): Promise<void> {
  const debtors = Math.max(Math.floor(items / 100), 1);
  await db.query(
    `INSERT INTO customer (id, name, name_key, match_key, zone)
     SELECT gen_random_uuid(), 'Bench debtor ' || i, 'bench debtor ' || i, 'benchdebtor' || i, 'Asia/Shanghai'
     FROM generate_series(1, $1::int) i`,
    [debtors],
  );
  await db.query(`ANALYZE customer`);
  for (let from = 0; from < items; from += SLICE) {
    await db.transaction(async (tx) => {
      await tx.query(`SET LOCAL session_replication_role = replica`);
      await tx.query(SLICE_OF_ITEMS, [from, Math.min(SLICE, items - from), debtors]);
    });
  }
  for (const table of ['receivable_item', 'receivable_entry', 'customer'])
    await db.query(`VACUUM ANALYZE ${table}`);
}

const SLICE_OF_ITEMS = `
  WITH numbered AS (
    SELECT i, c.id AS customer_id, (SELECT id FROM company WHERE is_default) AS company_id,
      date '2023-01-01' + (i * 7919 % 1200)::int AS issued_on, (1000 + i * 31 % 900000) / 100.0 AS amount
    FROM generate_series($1::bigint, $1::bigint + $2::bigint - 1) i JOIN customer c ON c.name_key = 'bench debtor ' || (1 + i % $3::bigint)
  ), item AS (
    INSERT INTO receivable_item (id, customer_id, company_id, invoice_no, currency, original, fx_rate, issued_on, due_on, interest_mode, state)
    SELECT gen_random_uuid(), customer_id, company_id, 'B-' || i, 'CNY', amount, 1, issued_on, issued_on + 30 + (i % 3)::int * 15, 'NONE',
      CASE WHEN i % 10 = 0 THEN 'OPEN' ELSE 'SETTLED' END
    FROM numbered RETURNING id, customer_id, company_id, currency, original, issued_on, due_on, invoice_no, state
  ), opened AS (
    INSERT INTO receivable_entry (id, item_id, kind, amount, base_amount, value_date, source_key, by_id, customer_id, company_id, currency, due_on)
    SELECT gen_random_uuid(), id, 'OPEN', original, original, issued_on, 'open/' || id, 'bench', customer_id, company_id, currency, due_on FROM item
  ), paid AS (
    SELECT item.*, p.part, substr(invoice_no, 3)::bigint AS i,
      CASE WHEN p.part = 1 THEN trunc(original / 2, 2) ELSE original - trunc(original / 2, 2) END AS amount
    FROM item CROSS JOIN generate_series(1, 2) AS p(part) WHERE state = 'SETTLED'
  )
  INSERT INTO receivable_entry (id, item_id, kind, amount, base_amount, value_date, source_key, by_id, customer_id, company_id, currency, due_on)
  SELECT gen_random_uuid(), id, 'PAYMENT', -amount, -amount, due_on - 10 + (i * part % 97)::int, 'payment/' || id || '/' || part, 'bench',
    customer_id, company_id, currency, due_on FROM paid`;
