import type { DataSource, EntityManager } from 'typeorm';
import {
  changedTerms,
  type ChangeKind,
  type ContractChange,
  type VersionState,
} from '../../domain/contract/amendment.js';
import { afterLifeAct } from '../../domain/contract/life.js';
import type { ClauseTemplate, ContractPolicy } from '../../domain/contract/policy.js';
import { markStandard } from '../../domain/contract/clause-library.js';
import { lastDayOfTerm } from '../../domain/contract/plan.js';
import { mustCoverOrders } from '../../domain/contract/orders.js';
import { personId } from '../../domain/actor.js';
import { isTerminal } from '../../domain/approval/seats.js';
import { DomainError } from '../../domain/errors.js';
import { dateIn } from '../../domain/quote/validity.js';
import { subjectChanged } from '../approval/amend.js';
import { lockRequest } from '../approval/request-lock.js';
import { resubmitForApproval, submitAmendment, type SubmitOptions } from '../approval/submit.js';
import { changeRequest } from '../approval/takeback.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { approveChange, settleChange } from './change-outcome.js';
import { mustBeDistinct } from './edit.js';
import { orderedQuantities } from './order.js';
import { planUnder } from './replan.js';
import { lifeStep, lockContract, noteLife, standingOf, type HeldContract } from './store.js';
import { mustOpenVersion, versionStep, writeVersion, type VersionContent } from './version-store.js';

export type ContractChanged = { contractId: string; version: number; state: VersionState };

export interface ProposedChange extends ContractChange {
  reason: string;
  clauses?: readonly ClauseTemplate[] | undefined;
  /** of a termination: the day it ends */
  terminatesOn?: string | null | undefined;
  /** hash of the text the writer had before them: in force, or of the change that is edited; left out: not asked */
  basedOn?: string | undefined;
}

/**
 * The next version of a contract in force, as a draft: what it does not say stays as it is. The version before it stays in
 * force until this one was approved, sealed and counter-signed.
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · CHANGE_PENDING · STALE_VERSION · VALIDATION · LINES_BELOW_ORDERED · PLAN_BELOW_SETTLED
 */
export function proposeChange(
  db: DataSource,
  meta: CommandMeta,
  { contractId, kind, basedOn, ...change }: ProposedChange & { contractId: string; kind: ChangeKind },
): Promise<Answer<ContractChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    afterLifeAct(held.row.state, standingOf(held.row), 'CHANGE');
    mustBeBasedOn(held.row, basedOn);
    const version = await nextVersion(tx, contractId);
    const content = await contentOf(tx, held, kind, change, version);
    const row = { contractId, version, kind };
    const textHash = await writeVersion(tx, row, content, personId(meta.actor));
    await lifeStep(tx, held, meta, {
      act: 'CHANGE',
      type: 'contract.change-proposed',
      payload: { version, kind, textHash, reason: change.reason },
    });
    return { contractId, version, state: 'DRAFT' };
  });
}

/** New words for a change that is a draft or was returned. @throws DomainError CHANGE_STATE · LOCKED_BY_APPROVAL · as proposeChange */
export function editChange(
  db: DataSource,
  meta: CommandMeta,
  { contractId, version, basedOn, ...change }: ProposedChange & { contractId: string; version: number },
): Promise<Answer<ContractChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const row = await mustOpenVersion(tx, contractId, version);
    const state = await versionStep(tx, row, 'EDIT');
    mustBeBasedOn(row, basedOn);
    const content = await contentOf(tx, held, row.kind, change, version);
    const textHash = await writeVersion(tx, row, content, null);
    await noteLife(tx, held, meta, {
      type: 'contract.change-edited',
      payload: { version, textHash, reason: change.reason },
    });
    return { contractId, version, state };
  });
}

/**
 * Into the same approval as the contract's (AE-ENV-3): a round asks those whose yes the change breaks and those the new total
 * newly needs. A change inside everything that was approved needs nobody.
 * @throws DomainError NOT_FOUND · CUSTOMER_BLOCKED · CHANGE_STATE · as submitForApproval
 */
export function submitChange(
  db: DataSource,
  meta: CommandMeta,
  { contractId, version, ...options }: SubmitOptions & { contractId: string; version: number },
): Promise<Answer<ContractChanged>> {
  return runCommand(db, meta, async (tx) => {
    const requestId = await requestOf(tx, contractId);
    const request = await lockRequest(tx, requestId);
    const held = await lockContract(tx, contractId);
    await mustNotBeBlocked(tx, held.row.customerId);
    const row = await mustOpenVersion(tx, contractId, version);
    if (row.state === 'RETURNED') await resubmitForApproval(tx, meta, requestId, options);
    else {
      if (row.state !== 'DRAFT') throw new DomainError('CHANGE_STATE', { state: row.state, act: 'SUBMIT' });
      if (await subjectChanged(tx, meta, request)) await submitAmendment(tx, meta, requestId, options);
      else await approveChange(tx, held, row, meta);
    }
    const [now] = await tx.query<{ state: VersionState }[]>(
      `SELECT state FROM contract_version WHERE contract_id = $1 AND version = $2`,
      [contractId, version],
    );
    return { contractId, version, state: now!.state };
  });
}

/**
 * Gives a change up before it is in force; a review under way ends with it. The version before it never stopped being in
 * force. What was approved of the change is void: proposed again, it is asked again.
 * @throws DomainError NOT_FOUND · CHANGE_STATE · as withdrawing the review
 */
export function dropChange(
  db: DataSource,
  meta: CommandMeta,
  { contractId, version, reason }: { contractId: string; version: number; reason: string },
): Promise<Answer<ContractChanged>> {
  return runCommand(db, meta, async (tx) => {
    const requestId = await requestOf(tx, contractId);
    const request = await lockRequest(tx, requestId);
    if (request.before.state !== 'APPROVED' && !isTerminal(request.before.state)) {
      await mustOpenVersion(tx, contractId, version);
      await changeRequest(tx, meta, { requestId }, { type: 'WITHDRAW', reason });
      return { contractId, version, state: 'REFUSED' };
    }
    const held = await lockContract(tx, contractId);
    const row = await mustOpenVersion(tx, contractId, version);
    const wasApproved = row.state === 'APPROVED' || row.state === 'SEALED';
    const state = await versionStep(tx, row, 'DROP');
    await settleChange(tx, held, meta, { type: 'contract.change-dropped', payload: { version, reason } });
    if (wasApproved) await subjectChanged(tx, meta, await lockRequest(tx, requestId));
    return { contractId, version, state };
  });
}

async function contentOf(
  tx: EntityManager,
  { row, head }: HeldContract,
  kind: ChangeKind,
  { reason, clauses, terminatesOn, ...change }: Omit<ProposedChange, 'basedOn'>,
  version: number,
): Promise<VersionContent> {
  if (kind === 'TERMINATION') mustEndWithin(row, terminatesOn);
  if (clauses) mustBeDistinct(clauses);
  const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', head.now);
  const terms = kind === 'TERMINATION' ? row.terms : changedTerms(row.terms, change);
  mustCoverOrders(terms.lines, row.terms.lines, await orderedQuantities(tx, row.id));
  // what could not come into force is not sent to anybody
  if (kind === 'AMENDMENT') await planUnder(tx, row, terms, policy);
  return {
    reason,
    terms: { ...terms, version },
    clauses:
      clauses && kind === 'AMENDMENT'
        ? markStandard(clauses, {
            library: policy.clauses,
            day: dateIn(row.zone, head.now),
            held: row.clauses,
          })
        : row.clauses,
    terminatesOn: kind === 'TERMINATION' ? (terminatesOn ?? null) : null,
  };
}

/** Nobody writes over words they have not seen. @throws DomainError STALE_VERSION */
function mustBeBasedOn(
  { version, textHash }: { version: number; textHash: string },
  basedOn: string | undefined,
): void {
  if (basedOn !== undefined && basedOn !== textHash)
    throw new DomainError('STALE_VERSION', { currentVersion: version, textHash });
}

/** A termination ends it earlier than its term would. @throws DomainError VALIDATION */
function mustEndWithin(
  { effectiveOn, durationMonths }: HeldContract['row'],
  terminatesOn: string | null | undefined,
): void {
  const problem = (code: string, rule: string) =>
    new DomainError('VALIDATION', {}, [{ pointer: '/terminatesOn', code, rule }]);
  if (!terminatesOn) throw problem('REQUIRED', 'the day it ends');
  const first = effectiveOn!;
  const last = durationMonths === null ? null : lastDayOfTerm(first, durationMonths);
  if (terminatesOn < first || (last !== null && terminatesOn >= last))
    throw problem('OUT_OF_RANGE', last === null ? `from ${first}` : `from ${first}, before ${last}`);
}

async function nextVersion(tx: EntityManager, contractId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }[]>(
    `SELECT greatest(k.version, coalesce(max(v.version), 0)) + 1 AS version
     FROM contract k LEFT JOIN contract_version v ON v.contract_id = k.id WHERE k.id = $1 GROUP BY k.version`,
    [contractId],
  );
  return row!.version;
}

async function requestOf(tx: EntityManager, contractId: string): Promise<string> {
  const [row] = await tx.query<{ request_id: string | null }[]>(
    `SELECT request_id FROM contract WHERE id = $1`,
    [contractId],
  );
  if (!row?.request_id) throw new DomainError('NOT_FOUND', { contractId });
  return row.request_id;
}
