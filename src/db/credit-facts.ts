import type { CreditFacts } from '../domain/credit/check.js';
import { prepared, type Reader } from './prepared.js';

/** What the books say of a customer to a company today, where the company is. @param months broken promises are counted over */
export async function creditFacts(
  db: Reader,
  { customerId, companyId }: { customerId: string; companyId: string },
  months: number,
): Promise<CreditFacts> {
  const [row] = await prepared<CreditFacts>(db, FACTS, [customerId, companyId, months]);
  return row!;
}

const FACTS = `
  WITH item AS (
    SELECT i.due_on, i.level, o.today, (SELECT sum(e.base_amount) FROM receivable_entry e WHERE e.item_id = i.id) AS base
    FROM receivable_item i, (SELECT (now() AT TIME ZONE zone)::date AS today FROM company WHERE id = $2) o
    WHERE i.customer_id = $1 AND i.company_id = $2 AND i.state IN ('OPEN', 'LEGAL')
  ), open AS (
    SELECT coalesce(max(today - due_on) FILTER (WHERE due_on < today), 0) AS days, coalesce(max(level), 0) AS level,
      coalesce(sum(base) FILTER (WHERE due_on < today), 0) AS overdue, coalesce(sum(base), 0) AS base
    FROM item
  )
  SELECT c.credit_class AS "creditClass", o.days AS "oldestOverdueDays", o.level AS "dunningLevel",
    CASE WHEN o.base > 0 THEN trim_scale(o.overdue * 100 / o.base)::text ELSE '0' END AS "overdueSharePct",
    (SELECT count(*)::int FROM promise p JOIN collection_case k ON k.id = p.case_id
      WHERE k.customer_id = $1 AND k.company_id = $2 AND p.state = 'BROKEN' AND p.ended_at > now() - make_interval(months => $3::int))
      AS "brokenPromises",
    (c.credit_class IS NOT NULL OR EXISTS (SELECT 1 FROM receivable_item i WHERE i.customer_id = $1 AND i.company_id = $2)) AS "isKnown"
  FROM customer c, open o WHERE c.id = $1`;
