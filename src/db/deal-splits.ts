import type { DatedSplit } from '../domain/opportunity/split.js';
import type { Reader } from './prepared.js';

/** A split as it is stored. */
export interface StoredSplit extends DatedSplit {
  id: string;
  state: 'SET' | 'PROPOSED';
  reason: string | null;
  givenBy: string | null;
  /** ISO instant */
  givenAt: string;
}

const SHARES = (kind: 'REVENUE' | 'OVERLAY') =>
  `coalesce((SELECT json_agg(json_build_object('personId', x.employee_id, 'percent', trim_scale(x.percent)::text) ORDER BY x.position)
     FROM opportunity_split_share x WHERE x.split_id = s.id AND x.kind = '${kind}'), '[]')`;

/** The splits of a deal that hold, held or will hold, and the one that is proposed, in the order they were given. */
export function splitsOf(db: Reader, dealId: string): Promise<StoredSplit[]> {
  return db.query<StoredSplit[]>(
    `SELECT s.id, s.no, s.state, coalesce(s.holds_from, s.valid_from)::text AS "validFrom", s.reason, s.given_by AS "givenBy",
       to_char(s.given_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "givenAt",
       ${SHARES('REVENUE')} AS revenue, ${SHARES('OVERLAY')} AS overlay,
       CASE WHEN s.partner IS NOT NULL
         THEN json_build_object('partner', s.partner, 'percent', trim_scale(s.partner_pct)::text) END AS channel
     FROM opportunity_split s WHERE s.opportunity_id = $1 AND s.state <> 'DROPPED' ORDER BY s.no`,
    [dealId],
  );
}

/** Whether a deal was ever won: what it credits is then settled, even if it was reopened. */
export async function wasWon(db: Reader, dealId: string): Promise<boolean> {
  const rows = await db.query<unknown[]>(
    `SELECT 1 FROM opportunity_stage_entry WHERE opportunity_id = $1 AND stage = 'WON' LIMIT 1`,
    [dealId],
  );
  return rows.length > 0;
}
