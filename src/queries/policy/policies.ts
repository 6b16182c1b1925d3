import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { draftActs, type DraftAct, type DraftState } from '../../domain/policy/draft.js';
import { namesOf, type NameOf, type PersonRef } from '../request/person-ref.js';

export type PolicyState =
  'DRAFT' | 'IN_REVIEW' | 'SENT_BACK' | 'SCHEDULED' | 'ACTIVE' | 'ENDED' | 'CANCELLED';

/** What is special about a version that is still being written. */
export interface DraftView {
  /** sent back in If-Match */
  rowVersion: number;
  note: string;
  /** the version it was made from */
  basedOn: string | null;
  /** whoever wrote any of it; none of them reviews it */
  authors: PersonRef[];
  /** from when its author wants it in force; null: at once */
  wantedFrom: string | null;
  submittedBy: PersonRef | null;
  /** who sent it back, and why */
  reviewedBy: PersonRef | null;
  reviewReason: string | null;
  updatedAt: string;
  /** what its state allows; who may is checked by the command */
  acts: DraftAct[];
}

/** A version is to be taken back or deactivated, as soon as a second person confirms it. */
export interface EndingView {
  act: 'CANCEL' | 'DEACTIVATE';
  reason: string;
  proposedBy: PersonRef | null;
  proposedAt: string;
}

export interface PolicyView {
  id: string;
  kind: string;
  version: number;
  state: PolicyState;
  validFrom: string | null;
  validTo: string | null;
  content: unknown;
  /** who wrote and who approved a version; null for the installation's own */
  createdBy: PersonRef | null;
  approvedBy: PersonRef | null;
  /** null for a version */
  draft: DraftView | null;
  /** null unless one is proposed */
  ending: EndingView | null;
}

interface Row {
  id: string;
  kind: string;
  version: number;
  state: PolicyState;
  validFrom: string | null;
  validTo: string | null;
  content: unknown;
  createdBy: string;
  approvedBy: string | null;
  draft: DraftRow | null;
  ending: (Omit<EndingView, 'proposedBy'> & { proposedBy: string }) | null;
}

type DraftRow = Omit<DraftView, 'authors' | 'submittedBy' | 'reviewedBy' | 'acts'> & {
  state: DraftState;
  authors: string[];
  submittedBy: string | null;
  reviewedBy: string | null;
};

const iso = (instant: string) => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Published versions and open drafts; a draft shows the version it would become. */
const POLICIES = `(
  SELECT v.id, v.kind, v.version, v.content, v.created_at AS since, d.id AS draft_id,
    CASE WHEN isempty(v.valid) THEN 'CANCELLED' WHEN lower(v.valid) > now() THEN 'SCHEDULED' WHEN v.valid @> now() THEN 'ACTIVE'
      ELSE 'ENDED' END AS state,
    ${iso('lower(v.valid)')} AS "validFrom", ${iso('upper(v.valid)')} AS "validTo",
    v.created_by AS "createdBy", v.approved_by AS "approvedBy", NULL::jsonb AS draft,
    (SELECT jsonb_build_object('act', e.act, 'reason', e.reason, 'proposedBy', e.proposed_by,
      'proposedAt', ${iso('e.proposed_at')}) FROM policy_ending e WHERE e.policy_id = v.id AND e.state = 'PROPOSED') AS ending
  FROM policy_version v LEFT JOIN policy_draft d ON d.published_as = v.id
  UNION ALL
  SELECT d.id, d.kind, coalesce((SELECT max(v.version) FROM policy_version v WHERE v.kind = d.kind), 0) + 1, d.content,
    d.created_at, NULL, d.state, NULL, NULL, d.created_by::text, NULL, jsonb_build_object('state', d.state,
      'rowVersion', d.row_version, 'note', d.note, 'basedOn', d.based_on, 'authors', d.authors,
      'wantedFrom', ${iso('d.wanted_from')}, 'submittedBy', d.submitted_by, 'reviewedBy', d.reviewed_by,
      'reviewReason', d.review_reason, 'updatedAt', ${iso('d.updated_at')}), NULL
  FROM policy_draft d WHERE d.state IN ('DRAFT', 'IN_REVIEW', 'SENT_BACK')) p`;
const COLUMNS = `id, kind, version, state, "validFrom", "validTo", content, "createdBy", "approvedBy", draft, ending`;
const MOST = 200;

/** Newest version of each kind first. @param kind one of them, or the family its names begin with; null: all */
export async function listPolicies(db: DataSource, kind: string | null): Promise<PolicyView[]> {
  const rows = await db.query<Row[]>(
    `SELECT ${COLUMNS} FROM ${POLICIES} WHERE $1::text IS NULL OR kind = $1 OR starts_with(kind, $1 || '.')
     ORDER BY kind, version DESC, since DESC, id LIMIT ${MOST}`,
    [kind],
  );
  const nameOf = await namesOf(db, rows.flatMap(peopleOf));
  return rows.map((row) => viewOf(row, nameOf));
}

/** A version or an open draft; a draft that was approved is the version it became. @throws DomainError NOT_FOUND */
export async function readPolicy(db: DataSource, id: string): Promise<PolicyView> {
  const [row] = await db.query<Row[]>(`SELECT ${COLUMNS} FROM ${POLICIES} WHERE id = $1 OR draft_id = $1`, [
    id,
  ]);
  if (!row) throw new DomainError('NOT_FOUND', { policyId: id });
  return viewOf(row, await namesOf(db, peopleOf(row)));
}

function peopleOf({ createdBy, approvedBy, draft, ending }: Row): (string | null)[] {
  return [
    createdBy,
    approvedBy,
    ending?.proposedBy ?? null,
    ...(draft ? [...draft.authors, draft.submittedBy, draft.reviewedBy] : []),
  ];
}

function viewOf(row: Row, nameOf: NameOf): PolicyView {
  return {
    ...row,
    createdBy: nameOf(row.createdBy),
    approvedBy: nameOf(row.approvedBy),
    draft: row.draft && draftView(row.draft, nameOf),
    ending: row.ending && { ...row.ending, proposedBy: nameOf(row.ending.proposedBy) },
  };
}

function draftView({ state, ...draft }: DraftRow, nameOf: NameOf): DraftView {
  return {
    ...draft,
    authors: draft.authors.flatMap((id) => nameOf(id) ?? []),
    submittedBy: nameOf(draft.submittedBy),
    reviewedBy: nameOf(draft.reviewedBy),
    acts: draftActs(state),
  };
}
