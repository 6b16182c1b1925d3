import type { DataSource } from 'typeorm';
import type { WorkCalendar } from '../../domain/calendar.js';
import { handlingTimes } from '../request/handling.js';
import { approvalRates, type ApprovalRates } from '../request/rates.js';

export interface OpsOverview {
  openRequests: number;
  byStage: { stage: string; count: number; oldest: string | null }[];
  outbox: { pending: number; oldestAgeMs: number | null; parked: number };
  reconciledAt: string | null;
  findings: number;
  rates: ApprovalRates;
  handling: {
    stage: string;
    decided: number;
    running: number;
    p50Minutes: number | null;
    p90Minutes: number | null;
  }[];
}

const HANDLING_DAYS = 30;

/** The state of the whole, in numbers. */
export async function opsOverview(
  db: Pick<DataSource, 'query'>,
  calendar: WorkCalendar,
): Promise<OpsOverview> {
  const [outbox] = await db.query<{ pending: string; oldest_ms: string | null; parked: string }[]>(
    `SELECT count(*) FILTER (WHERE state = 'PENDING') AS pending, count(*) FILTER (WHERE state = 'PARKED') AS parked,
       extract(epoch FROM now() - min(created_at) FILTER (WHERE state = 'PENDING')) * 1000 AS oldest_ms
     FROM outbox WHERE state <> 'SENT'`,
  );
  const stages = await db.query<{ stage: string; count: string; oldest: Date | null }[]>(
    `SELECT t.title AS stage, count(*) AS count, min(t.opened_at) AS oldest
     FROM approval_stage t JOIN approval_request r ON r.id = t.request_id AND r.round = t.round
     WHERE r.state = 'PENDING' AND t.state IN ('ACTIVE', 'BLOCKED') GROUP BY t.title ORDER BY count(*) DESC, t.title`,
  );
  const [run] = await db.query<{ at: Date | null; findings: string; open: string }[]>(
    `SELECT (SELECT max(at) FROM reconcile_run) AS at, (SELECT count(*) FROM ops_finding) AS findings,
       (SELECT count(*) FROM approval_request WHERE state IN ('PENDING', 'RETURNED')) AS open`,
  );
  const [since] = await db.query<{ at: string }[]>(
    `SELECT to_json(now() - make_interval(days => ${HANDLING_DAYS})) AS at`,
  );
  return {
    openRequests: Number(run?.open ?? 0),
    byStage: stages.map(({ stage, count, oldest }) => ({
      stage,
      count: Number(count),
      oldest: oldest?.toISOString() ?? null,
    })),
    outbox: {
      pending: Number(outbox?.pending ?? 0),
      oldestAgeMs: outbox?.oldest_ms == null ? null : Math.round(Number(outbox.oldest_ms)),
      parked: Number(outbox?.parked ?? 0),
    },
    reconciledAt: run?.at?.toISOString() ?? null,
    findings: Number(run?.findings ?? 0),
    rates: await approvalRates(db, since!.at),
    handling: (await handlingTimes(db, calendar, { since: since!.at, byActor: false })).map(
      ({ stage, decided, running, p50Minutes, p90Minutes }) => ({
        stage,
        decided,
        running,
        p50Minutes,
        p90Minutes,
      }),
    ),
  };
}
