import type { DataSource } from 'typeorm';
import { lineChanges, type LineChange } from '../../domain/contract/line-changes.js';
import { termDifferences, type TermDifference } from '../../domain/contract/amendment.js';
import type { Clause, ContractTerms } from '../../domain/contract/text.js';
import { formatAmount } from '../../domain/money.js';
import type { Viewer } from '../org/scope.js';
import type { PersonRef } from '../request/person-ref.js';
import { mustReachContract } from './contracts.js';

export interface ContractVersionView {
  version: number;
  kind: 'ORIGINAL' | 'AMENDMENT' | 'TERMINATION';
  state: string;
  reason: string | null;
  by: PersonRef | null;
  total: { amount: string; currency: string };
  termDays: number;
  deliveryDays: number | null;
  warrantyMonths: number | null;
  durationMonths: number | null;
  lines: { no: number; name: string; qty: string; unitNet: string; net: string }[];
  instalments: { trigger: string; pct: string; days: number }[];
  clauses: Clause[];
  terminatesOn: string | null;
  textHash: string;
  reviewNote: string | null;
  createdAt: string;
  inForceAt: string | null;
  /** when the next version replaced it, or the contract ended; null while it is in force, and when it never was */
  inForceUntil: string | null;
  /** against the version that was in force before it */
  differences: TermDifference[];
  /** of the text, line by line; unchanged lines are left out */
  textChanges: LineChange[];
}

interface Row extends Omit<
  ContractVersionView,
  'total' | 'differences' | 'textChanges' | 'lines' | 'instalments' | 'inForceUntil'
> {
  /** of the contract */
  endedAt: string | null;
  terms: ContractTerms;
  text: string;
  total: string;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const READ = `
  SELECT v.version, CASE WHEN v.version = 1 THEN 'ORIGINAL' ELSE v.kind END AS kind, v.state,
    CASE WHEN v.version > 1 THEN v.reason END AS reason,
    CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name, 'title', e.title) END AS by,
    v.total, v.terms, v.clauses, v.text, v.text_hash AS "textHash", v.review_note AS "reviewNote",
    v.terminates_on::text AS "terminatesOn", to_char(v.created_at AT TIME ZONE 'UTC', ${UTC}) AS "createdAt",
    to_char(v.in_force_on AT TIME ZONE 'UTC', ${UTC}) AS "inForceAt", to_char(k.ended_at AT TIME ZONE 'UTC', ${UTC}) AS "endedAt"
  FROM contract_version v JOIN contract k ON k.id = v.contract_id LEFT JOIN employee e ON e.id = v.by_id WHERE v.contract_id = $1
  UNION ALL
  SELECT k.version, 'ORIGINAL', 'IN_FORCE', NULL, json_build_object('id', e.id, 'name', e.name, 'title', e.title), k.total, k.terms,
    k.clauses, k.text, k.text_hash, k.review_note, NULL, to_char(k.created_at AT TIME ZONE 'UTC', ${UTC}),
    to_char(k.effective_at AT TIME ZONE 'UTC', ${UTC}), to_char(k.ended_at AT TIME ZONE 'UTC', ${UTC})
  FROM contract k JOIN employee e ON e.id = k.owner_id
  WHERE k.id = $1 AND k.effective_on IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM contract_version v WHERE v.contract_id = k.id AND v.version = k.version)
  ORDER BY version`;

/** Every version of a contract that took effect, changes under way or given up among them, newest first, each with what it changes. @throws DomainError NOT_FOUND */
export async function contractVersions(
  db: DataSource,
  viewer: Viewer,
  contractId: string,
): Promise<ContractVersionView[]> {
  await mustReachContract(db, viewer, 'contract:read', contractId);
  const rows = await db.query<Row[]>(READ, [contractId]);
  return rows
    .map((row, index) => {
      const base = rows
        .slice(0, index)
        .findLast(({ state }) => state === 'IN_FORCE' || state === 'SUPERSEDED');
      const { terms, text, total, endedAt, ...shown } = row;
      return {
        ...shown,
        state: shownState(row),
        inForceUntil: inForceUntil(row, rows.slice(index + 1)),
        total: { amount: formatAmount(total, terms.currency), currency: terms.currency },
        termDays: terms.termDays,
        deliveryDays: terms.deliveryDays,
        warrantyMonths: terms.warrantyMonths,
        durationMonths: terms.durationMonths ?? null,
        lines: [...terms.lines],
        instalments: [...terms.instalments],
        differences: base ? termDifferences(base.terms, terms) : [],
        textChanges: base ? lineChanges(base.text, text) : [],
      };
    })
    .reverse();
}

/** Of a contract that has ended nothing is in force any more: a termination has taken effect, the last words have ended. */
function shownState({ state, kind, endedAt }: Row): string {
  if (state !== 'IN_FORCE' || endedAt === null) return state;
  return kind === 'TERMINATION' ? 'EFFECTIVE' : 'ENDED';
}

function inForceUntil({ state, kind, endedAt }: Row, later: readonly Row[]): string | null {
  if (kind === 'TERMINATION') return null;
  if (state === 'IN_FORCE') return endedAt;
  if (state !== 'SUPERSEDED') return null;
  return later.find((next) => next.kind === 'AMENDMENT' && next.inForceAt !== null)?.inForceAt ?? null;
}
