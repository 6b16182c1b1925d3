import type { ExitFacts } from '../domain/opportunity/exit.js';
import type { ServerCheck } from '../domain/opportunity/pipeline.js';
import type { Reader } from './prepared.js';

const CHECKS: Readonly<Record<ServerCheck, string>> = {
  CUSTOMER_KNOWN: `o.customer_id IS NOT NULL`,
  NEED_RECORDED: `coalesce(o.need, '') <> ''`,
  DECIDER_IDENTIFIED: `EXISTS (SELECT 1 FROM opportunity_contact x WHERE x.opportunity_id = o.id AND x.role = 'DECIDER')`,
  AMOUNT_SET: `o.amount > 0`,
  CLOSE_DATE_SET: `o.expected_close IS NOT NULL`,
  TWO_WAY_CONTACT: `EXISTS (SELECT 1 FROM activity x WHERE x.opportunity_id = o.id AND x.two_way)`,
  QUOTE_APPROVED: `EXISTS (SELECT 1 FROM quote x WHERE x.opportunity_id = o.id AND x.state IN ('APPROVED', 'SENT', 'ACCEPTED'))`,
  TERMS_AGREED: `(coalesce(o.agreed_terms, '') <> '' OR EXISTS (SELECT 1 FROM quote x WHERE x.opportunity_id = o.id AND x.state = 'ACCEPTED'))`,
  CONTRACT_EFFECTIVE: `EXISTS (SELECT 1 FROM quote x JOIN contract k ON k.quote_id = x.id
    WHERE x.opportunity_id = o.id AND k.effective_on IS NOT NULL)`,
};

const FACTS = `SELECT json_build_object(${Object.entries(CHECKS)
  .map(([name, sql]) => `'${name}', ${sql}`)
  .join(', ')}) AS checks, ARRAY(SELECT name FROM opportunity_tick t WHERE t.opportunity_id = o.id) AS ticks
  FROM opportunity o WHERE o.id = $1`;

/** What exit criteria ask of a deal, as it is now. */
export async function exitFactsOf(db: Reader, id: string): Promise<ExitFacts> {
  const [row] = await db.query<{ checks: Record<ServerCheck, boolean | null>; ticks: string[] }[]>(FACTS, [
    id,
  ]);
  const met = Object.entries(row?.checks ?? {}).flatMap(([name, isMet]) =>
    isMet === true ? [name as ServerCheck] : [],
  );
  return { met: new Set(met), ticked: new Set(row?.ticks) };
}
