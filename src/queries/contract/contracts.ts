import type { DataSource } from 'typeorm';
import { isOpenVersion } from '../../db/open-version.js';
import { actsIn, type ContractState } from '../../domain/contract/contract.js';
import {
  HOLD_PERMISSION,
  isInForce,
  lifeActsIn,
  SUSPENSION_CAUSES,
  type LifeAct,
  type SuspensionCause,
} from '../../domain/contract/life.js';
import { DomainError } from '../../domain/errors.js';
import { formatAmount } from '../../domain/money.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { holderChips, type HolderChip } from '../request/holder-chip.js';
import type { PersonRef } from '../request/person-ref.js';

export interface ContractSummary {
  id: string;
  number: string;
  version: number;
  state: ContractState;
  customer: { id: string; name: string };
  owner: PersonRef;
  total: { amount: string; currency: string };
  holder: HolderChip | null;
  requestId: string | null;
  quoteId: string;
  updatedAt: string;
}

export interface ContractView extends ContractSummary {
  rowVersion: number;
  clauses: { key: string; title: string; text: string; standard: boolean; version?: number }[];
  text: string;
  textHash: string;
  signedHash: string | null;
  hashMatches: boolean | null;
  termDays: number;
  sealedAt: string | null;
  sealedBy: PersonRef | null;
  counterSignedOn: string | null;
  effectiveOn: string | null;
  durationMonths: number | null;
  endsOn: string | null;
  suspendedFor: SuspensionCause | null;
  /** a change of it is under way; what is shown stays in force meanwhile */
  changing: boolean;
  /** the version a change would make, and where it stands; null when none is under way */
  change: { version: number; kind: string; state: string } | null;
  endedAt: string | null;
  endReason: string | null;
  retentionUntil: string | null;
  plan: {
    seq: number;
    trigger: string;
    dueOn: string | null;
    pct: string;
    amount: { amount: string; currency: string };
    state: string;
  }[];
  milestones: {
    id: string;
    kind: string;
    owner: PersonRef;
    dueOn: string;
    doneOn: string | null;
    overdue: boolean;
  }[];
  actions: string[];
  /** for what the viewer may hold it, and let it go on */
  holds: SuspensionCause[];
}

export interface SummaryRow extends Omit<ContractSummary, 'total' | 'holder'> {
  amount: string;
  currency: string;
  position: string;
}

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
export const SUMMARY = `k.id, k.number, k.version, k.state, k.total AS amount, k.currency, k.request_id AS "requestId", k.quote_id AS "quoteId",
  k.updated_at::text AS position, to_char(k.updated_at AT TIME ZONE 'UTC', ${INSTANT}) AS "updatedAt",
  json_build_object('id', c.id, 'name', c.name) AS customer,
  json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS owner`;
export const FROM = `contract k JOIN customer c ON c.id = k.customer_id JOIN employee e ON e.id = k.owner_id`;
const COLUMNS = { ownerId: 'k.owner_id', unitId: 'k.unit_id' };

/** Scope of the permission; to read also whoever has or had a seat in its review. */
export function mayReach(
  viewer: Viewer,
  permission: string,
  firstParam: number,
): { sql: string; params: unknown[] } {
  const scope = scopeCondition(viewer, permission, COLUMNS, firstParam);
  if (permission !== 'contract:read') return scope;
  const next = firstParam + scope.params.length;
  return {
    sql: `(${scope.sql} OR EXISTS (SELECT 1 FROM approval_seat s WHERE s.request_id = k.request_id
      AND (s.holder_id = $${next}::uuid OR s.owner_id = $${next}::uuid)))`,
    params: [...scope.params, viewer.personId],
  };
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not reach under the permission */
export async function mustReachContract(
  db: DataSource,
  viewer: Viewer,
  permission: string,
  id: string,
): Promise<void> {
  const seen = mayReach(viewer, permission, 2);
  const rows = await db.query<unknown[]>(`SELECT 1 FROM ${FROM} WHERE k.id = $1 AND ${seen.sql}`, [
    id,
    ...seen.params,
  ]);
  if (rows.length === 0) throw new DomainError('NOT_FOUND', { contractId: id });
}

/** The row as shown; what only paging and formatting need stays behind. */
export function summaryOf<Row extends SummaryRow>(
  { amount, currency, position: _position, ...row }: Row,
  chips: ReadonlyMap<string, HolderChip>,
): Omit<Row, 'amount' | 'currency' | 'position'> & Pick<ContractSummary, 'total' | 'holder'> {
  const holder = row.requestId === null ? null : (chips.get(row.requestId) ?? null);
  return { ...row, total: { amount: formatAmount(amount, currency), currency }, holder };
}

interface DetailRow
  extends
    SummaryRow,
    Omit<ContractView, keyof ContractSummary | 'hashMatches' | 'plan' | 'actions' | 'holds'> {
  /** a dispute that suspends it is open */
  disputed: boolean;
  plan:
    | { seq: number; trigger: string; dueOn: string | null; pct: string; amount: string; state: string }[]
    | null;
}

const PERSON = (alias: string) =>
  `json_build_object('id', ${alias}.id, 'name', ${alias}.name, 'title', ${alias}.title)`;
const DETAIL = `k.row_version AS "rowVersion", k.clauses, k.text, k.text_hash AS "textHash", k.signed_hash AS "signedHash",
  k.term_days AS "termDays", to_char(k.sealed_at AT TIME ZONE 'UTC', ${INSTANT}) AS "sealedAt",
  (SELECT ${PERSON('s')} FROM employee s WHERE s.id = k.sealed_by) AS "sealedBy",
  k.counter_signed_on::text AS "counterSignedOn", k.effective_on::text AS "effectiveOn",
  k.duration_months AS "durationMonths", k.ends_on::text AS "endsOn", k.suspended_for AS "suspendedFor", k.changing,
  (SELECT json_build_object('version', v.version, 'kind', v.kind, 'state', v.state) FROM contract_version v
     WHERE v.contract_id = k.id AND ${isOpenVersion('v')}) AS change,
  EXISTS (SELECT 1 FROM contract_dispute d WHERE d.contract_id = k.id AND d.state = 'OPEN' AND d.suspends) AS disputed,
  to_char(k.ended_at AT TIME ZONE 'UTC', ${INSTANT}) AS "endedAt", k.end_reason AS "endReason",
  k.retention_until::text AS "retentionUntil",
  (SELECT json_agg(json_build_object('seq', p.seq, 'trigger', p.trigger, 'dueOn', p.due_on, 'pct', trim_scale(p.pct)::text,
     'amount', p.amount::text, 'state', p.state) ORDER BY p.seq) FROM payment_plan_row p WHERE p.contract_id = k.id) AS plan,
  coalesce((SELECT json_agg(json_build_object('id', m.id, 'kind', m.kind, 'owner', ${PERSON('o')}, 'dueOn', m.due_on, 'doneOn', m.done_on,
     'overdue', m.done_on IS NULL AND m.due_on < (now() AT TIME ZONE o.zone)::date) ORDER BY m.due_on)
     FROM milestone m JOIN employee o ON o.id = m.owner_id WHERE m.contract_id = k.id), '[]') AS milestones`;

/** One contract with its text, plan and milestones. @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function readContract(db: DataSource, viewer: Viewer, id: string): Promise<ContractView> {
  const seen = mayReach(viewer, 'contract:read', 2);
  const [row] = await db.query<DetailRow[]>(
    `SELECT ${SUMMARY}, ${DETAIL} FROM ${FROM} WHERE k.id = $1 AND ${seen.sql}`,
    [id, ...seen.params],
  );
  if (!row) throw new DomainError('NOT_FOUND', { contractId: id });
  const { plan, disputed: _disputed, ...shown } = row;
  return {
    ...summaryOf(shown, await holderChips(db, [row.requestId])),
    hashMatches: row.signedHash === null ? null : row.signedHash === row.textHash,
    plan: (plan ?? []).map((part) => ({
      ...part,
      amount: { amount: formatAmount(part.amount, row.currency), currency: row.currency },
    })),
    actions: actionsOf(row, viewer),
    holds: holdsOf(viewer),
  };
}

const BY_HAND = new Set<LifeAct>(['CHANGE', 'COMPLETE', 'ARCHIVE']);

/** What may be done with a change under way. */
const CHANGE_ACTS: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['EDIT_CHANGE', 'SUBMIT_CHANGE', 'DROP_CHANGE'],
  RETURNED: ['EDIT_CHANGE', 'SUBMIT_CHANGE', 'DROP_CHANGE'],
  IN_REVIEW: ['DROP_CHANGE'],
  APPROVED: ['DROP_CHANGE'],
  SEALED: ['DROP_CHANGE'],
};

/** The causes for which the viewer may hold a contract, and let it go on. */
function holdsOf({ permissions }: Viewer): SuspensionCause[] {
  return SUSPENSION_CAUSES.filter((cause) => permissions[HOLD_PERMISSION[cause]] !== undefined);
}

/** What the viewer may do next, for buttons; the server refuses the same. */
function actionsOf(
  { state, owner, milestones, changing, change, suspendedFor, disputed }: DetailRow,
  viewer: Viewer,
): string[] {
  const may = (permission: string) => viewer.permissions[permission] !== undefined;
  const own = owner.id === viewer.personId && may('contract:write');
  const acts = new Set<string>(actsIn(state));
  const performs = may('contract:write') && isInForce(state) && state !== 'SUSPENDED';
  const life = lifeActsIn(state, { changing });
  const holds = holdsOf(viewer);
  return [
    ...['EDIT', 'SUBMIT', 'CANCEL'].filter((act) => own && acts.has(act)),
    ...((acts.has('SEAL') || (change?.state === 'APPROVED' && change.kind === 'AMENDMENT')) &&
    may('seal:apply')
      ? ['SEAL']
      : []),
    ...((acts.has('COUNTER_SIGN') || change?.state === 'SEALED') && may('contract:sign')
      ? ['COUNTER_SIGN']
      : []),
    ...(performs && milestones.some(({ doneOn }) => doneOn === null) ? ['MILESTONE_DONE'] : []),
    ...(change && may('contract:write') ? (CHANGE_ACTS[change.state] ?? []) : []),
    ...(life.includes('SUSPEND') && holds.length > 0 ? ['SUSPEND'] : []),
    ...(life.includes('RESUME') && !disputed && holds.some((cause) => cause === suspendedFor)
      ? ['RESUME']
      : []),
    ...(may('contract:write') ? life.filter((act) => BY_HAND.has(act)) : []),
  ];
}

/** The text under its hash, for download. @throws DomainError NOT_FOUND */
export async function contractText(
  db: DataSource,
  viewer: Viewer,
  id: string,
): Promise<{ number: string; text: string }> {
  const { number, text } = await readContract(db, viewer, id);
  return { number, text };
}
