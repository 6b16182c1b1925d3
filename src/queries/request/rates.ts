import type { Reader } from '../../db/prepared.js';

/** How approvals went (AE-STAT-1), over the requests that were approved or rejected since an instant; parts of others not counted. */
export interface ApprovalRates {
  closed: number;
  /** percent returned at least once, one decimal; null when none was closed */
  returnPct: number | null;
  /** percent approved without ever being returned */
  firstPassPct: number | null;
  /** percent approved without anybody's answer */
  autoPct: number | null;
  /** answers of people per request, two decimals */
  touches: number | null;
}

interface Row {
  closed: string;
  return_pct: number | null;
  first_pass_pct: number | null;
  auto_pct: number | null;
  touches: number | null;
}

/** @param since ISO instant */
export async function approvalRates(db: Reader, since: string): Promise<ApprovalRates> {
  const share = (which: string) =>
    `round(100.0 * count(*) FILTER (WHERE ${which}) / nullif(count(*), 0), 1)::float8`;
  const [row] = await db.query<Row[]>(
    `SELECT count(*) AS closed, ${share('r.returns > 0')} AS return_pct,
       ${share(`r.state = 'APPROVED' AND r.returns = 0`)} AS first_pass_pct,
       ${share(`r.state = 'APPROVED' AND people.answers = 0`)} AS auto_pct,
       round(avg(people.answers), 2)::float8 AS touches
     FROM approval_request r
     CROSS JOIN LATERAL (
       SELECT count(*) AS answers FROM approval_decision d JOIN approval_seat a ON a.id = d.seat_id AND a.retractions = d.retractions
       WHERE d.request_id = r.id AND d.actor NOT LIKE 'system:%') people
     WHERE r.state IN ('APPROVED', 'REJECTED') AND r.closed_at >= $1 AND r.parent_request_id IS NULL`,
    [since],
  );
  return {
    closed: Number(row?.closed ?? 0),
    returnPct: row?.return_pct ?? null,
    firstPassPct: row?.first_pass_pct ?? null,
    autoPct: row?.auto_pct ?? null,
    touches: row?.touches ?? null,
  };
}
