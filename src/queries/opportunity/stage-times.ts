import type { DataSource } from 'typeorm';
import type { Viewer } from '../org/scope.js';
import { filterDeals, type DealFilter } from './filter.js';
import { visibleDeals } from './visible.js';

/** How long deals stay at a stage before they leave it, in hours of the clock. */
export interface StageTime {
  stage: string;
  left: number;
  medianHours: number;
  p90Hours: number;
  /** of those that left, how many went back */
  wentBack: number;
}

/** Cycle time per stage (D5) of deals that left a stage since then; what is known only from a file does not count. */
export async function dealStageTimes(
  db: DataSource,
  viewer: Viewer,
  filter: DealFilter,
  since: string,
): Promise<StageTime[]> {
  const where = filterDeals(await visibleDeals(db, viewer, 'opportunity:read'), filter, viewer);
  const from = where.param(since);
  return db.query<StageTime[]>(
    `SELECT s.stage, count(*)::int AS left,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY s.hours))::numeric, 1)::float8 AS "medianHours",
       round((percentile_cont(0.9) WITHIN GROUP (ORDER BY s.hours))::numeric, 1)::float8 AS "p90Hours",
       count(*) FILTER (WHERE s.direction = 'BACK')::int AS "wentBack"
     FROM (
       SELECT e.opportunity_id, e.stage, extract(epoch FROM e.left_at - e.entered_at) / 3600 AS hours, n.direction
       FROM opportunity_stage_entry e JOIN opportunity_stage_entry n ON n.opportunity_id = e.opportunity_id AND n.no = e.no + 1
       WHERE e.left_at > ${from}::timestamptz AND e.entered_by <> 'system:import') s
     JOIN opportunity o ON o.id = s.opportunity_id WHERE ${where.sql} GROUP BY s.stage ORDER BY s.stage`,
    where.params,
  );
}
