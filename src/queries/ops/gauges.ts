import type { DataSource } from 'typeorm';

/** Figures for monitoring, cheap enough to be read every few seconds. */
export interface OpsGauges {
  outboxPending: number;
  outboxParked: number;
  /** 0 when nothing waits */
  outboxOldestSeconds: number;
  openByStage: { stage: string; count: number }[];
  /** findings of the reconciler, blocked stages, exhausted ladders */
  stuck: number;
}

interface Row {
  pending: string;
  parked: string;
  oldest: number | null;
  stages: { stage: string; count: number }[] | null;
  stuck: string;
}

/** One statement; every part comes from an index of open rows only. */
export async function opsGauges(db: Pick<DataSource, 'query'>): Promise<OpsGauges> {
  const [row] = await db.query<Row[]>(
    `SELECT
       (SELECT count(*) FROM outbox WHERE state = 'PENDING') AS pending,
       (SELECT count(*) FROM outbox WHERE state = 'PARKED') AS parked,
       (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM outbox WHERE state = 'PENDING') AS oldest,
       (SELECT json_agg(s) FROM (SELECT key AS stage, count(*)::int AS count FROM approval_stage
          WHERE state IN ('ACTIVE', 'BLOCKED') GROUP BY key) s) AS stages,
       (SELECT count(*) FROM ops_finding)
         + (SELECT count(*) FROM approval_stage t JOIN approval_request r ON r.id = t.request_id AND r.round = t.round
            WHERE t.state = 'BLOCKED' AND r.state = 'PENDING')
         + (SELECT count(*) FROM approval_seat s JOIN approval_stage t ON t.id = s.stage_id AND t.visit = s.visit
            JOIN approval_request r ON r.id = s.request_id AND r.round = s.round AND r.state = 'PENDING'
            WHERE s.sod_drift IS NOT NULL AND s.state = 'APPROVED')
         + (SELECT count(*) FROM approval_rung g JOIN approval_seat s ON s.id = g.seat_id AND s.visit = g.visit
            WHERE g.kind = 'INCIDENT' AND s.state = 'OPEN') AS stuck`,
  );
  return {
    outboxPending: Number(row?.pending ?? 0),
    outboxParked: Number(row?.parked ?? 0),
    outboxOldestSeconds: Math.max(0, row?.oldest ?? 0),
    openByStage: row?.stages ?? [],
    stuck: Number(row?.stuck ?? 0),
  };
}
