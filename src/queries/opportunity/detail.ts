import type { DataSource } from 'typeorm';
import { exitFactsOf } from '../../db/exit-facts.js';
import { criteriaBetween, type CriterionState } from '../../domain/opportunity/exit.js';
import { moneyOf } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import { findOpportunity, iso, type OpportunityRow, type Person } from './opportunities.js';
import { findPipeline } from './pipelines.js';

export interface DealContact {
  id: string;
  name: string;
  title: string | null;
  roles: string[];
  erased: boolean;
}
export interface DealCompetitor {
  id: string;
  name: string;
  strengths: string | null;
  outcome: 'WON_AGAINST' | 'LOST_TO' | null;
}
export interface StageEntry {
  stage: string;
  direction: string | null;
  enteredAt: string;
  leftAt: string | null;
  by: Person | null;
  reason: string | null;
}
export interface DealDocument {
  kind: 'QUOTE' | 'CONTRACT';
  id: string;
  number: string;
  version: number;
  state: string;
  total: { amount: string; currency: string } | null;
}

export interface OpportunityDetail extends OpportunityRow {
  buyingType: string | null;
  need: string | null;
  agreedTerms: string | null;
  note: string | null;
  lostReason: string | null;
  resumeOn: string | null;
  openStage: string;
  /** what the stage says, beside what somebody thinks */
  auto: { probabilityPct: string; forecast: string };
  own: { probabilityPct: string | null; forecast: string | null; reason: string | null };
  contacts: DealContact[];
  competitors: DealCompetitor[];
  collaborators: Person[];
  planned: {
    id: string;
    kind: string;
    plannedOn: string;
    subject: string;
    rowVersion: number;
    owner: Person;
  }[];
  criteria: CriterionState[];
  history: StageEntry[];
  documents: DealDocument[];
  /** whether the viewer may change it, and give it to somebody else */
  may: { write: boolean; handOver: boolean };
}

type Extra = Omit<OpportunityDetail, keyof OpportunityRow | 'documents' | 'criteria' | 'may'> & {
  documents: (Omit<DealDocument, 'total'> & { value: string; currency: string })[];
};

const PERSON = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'title', ${alias}.title)`;
const list = (sql: string) => `coalesce((SELECT json_agg(x) FROM (${sql}) x), '[]')`;

const EXTRA = `
  SELECT o.buying_type AS "buyingType", o.need, o.agreed_terms AS "agreedTerms", o.note, o.lost_reason AS "lostReason",
    o.resume_on::text AS "resumeOn", o.open_stage AS "openStage",
    json_build_object('probabilityPct', trim_scale(o.prob_auto)::text, 'forecast', o.forecast_auto) AS auto,
    json_build_object('probabilityPct', trim_scale(o.prob_own)::text, 'forecast', o.forecast_own, 'reason', o.own_reason) AS own,
    ${list(`SELECT c.id, c.name, c.title, c.erased_at IS NOT NULL AS erased, array_agg(x.role ORDER BY x.role) AS roles
      FROM opportunity_contact x JOIN contact c ON c.id = x.contact_id WHERE x.opportunity_id = o.id GROUP BY c.id ORDER BY c.name`)} AS contacts,
    ${list(`SELECT c.id, c.name, x.strengths, x.outcome FROM opportunity_competitor x JOIN competitor c ON c.id = x.competitor_id
      WHERE x.opportunity_id = o.id ORDER BY c.name`)} AS competitors,
    ${list(`SELECT e.id, e.name, e.title FROM opportunity_collaborator x JOIN employee e ON e.id = x.employee_id
      WHERE x.opportunity_id = o.id ORDER BY e.name`)} AS collaborators,
    ${list(`SELECT a.id, a.kind, a.planned_on AS "plannedOn", a.subject, a.row_version AS "rowVersion", ${PERSON('e')} AS owner
      FROM activity a JOIN employee e ON e.id = a.owner_id WHERE a.opportunity_id = o.id AND a.state = 'PLANNED'
      ORDER BY a.planned_on, a.id LIMIT 50`)} AS planned,
    ${list(`SELECT s.stage, s.direction, ${iso('s.entered_at')} AS "enteredAt", ${iso('s.left_at')} AS "leftAt",
      CASE WHEN e.id IS NULL THEN NULL ELSE ${PERSON('e')} END AS by, s.reason
      FROM opportunity_stage_entry s LEFT JOIN employee e ON e.id::text = s.entered_by
      WHERE s.opportunity_id = o.id ORDER BY s.no DESC LIMIT 100`)} AS history,
    ${list(`SELECT * FROM (
      SELECT 'QUOTE' AS kind, q.id, q.number, q.version, q.state, q.net_total::text AS value, q.currency, q.created_at
      FROM quote q WHERE q.opportunity_id = o.id
      UNION ALL SELECT 'CONTRACT', k.id, k.number, k.version, k.state, k.total::text, k.currency, k.created_at
      FROM contract k JOIN quote q ON q.id = k.quote_id WHERE q.opportunity_id = o.id) d
      ORDER BY d.created_at DESC LIMIT 50`)} AS documents
  FROM opportunity o WHERE o.id = $1`;

/** Everything one needs to know before the next step with a deal. @throws DomainError NOT_FOUND */
export async function opportunityDetail(
  db: DataSource,
  viewer: Viewer,
  id: string,
): Promise<OpportunityDetail> {
  const row = await findOpportunity(db, viewer, id);
  const [[extra], facts, pipeline] = await Promise.all([
    db.query<Extra[]>(EXTRA, [id]),
    exitFactsOf(db, id),
    findPipeline(db, row.pipeline),
  ]);
  const { mayWrite } = row;
  return {
    ...row,
    ...extra!,
    contacts: viewer.permissions['contact:read'] === undefined ? [] : extra!.contacts,
    documents: extra!.documents.map(({ kind, id: documentId, number, version, state, value, currency }) => ({
      kind,
      id: documentId,
      number,
      version,
      state,
      total: moneyOf(value, currency),
    })),
    criteria: criteriaBetween(pipeline, 0, pipeline.stages.length, facts),
    may: { write: mayWrite, handOver: mayWrite && viewer.permissions['opportunity:write'] !== 'OWN' },
  };
}
