import type { DataSource, EntityManager } from 'typeorm';
import { personId, systemActor } from '../../domain/actor.js';
import { alertsOf, type Alert } from '../../domain/contract/alerts.js';
import { LEGAL_RETENTION_YEARS, type ContractPolicy } from '../../domain/contract/policy.js';
import { HOLD_PERMISSION, type SuspensionCause } from '../../domain/contract/life.js';
import { DomainError } from '../../domain/errors.js';
import { contractDuties } from '../../db/contract-duties.js';
import { isOpenVersion } from '../../db/open-version.js';
import type { Step } from '../approval/time.js';
import { tellOfContract } from '../notification/contract-notices.js';
import { loadDirectory } from '../org/directory.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { terminate } from './change-outcome.js';
import { openVersion } from './version-store.js';
import { lifeStep, lockContract, noteLife, type By, type HeldContract } from './store.js';

export type ContractLives = { contractId: string; state: string };

/**
 * Credit hold, dispute, force majeure: nothing is ordered or delivered under it meanwhile.
 * @throws DomainError FORBIDDEN · NOT_FOUND · CONTRACT_STATE
 */
export function suspendContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, cause, reason }: { contractId: string; cause: SuspensionCause; reason: string },
): Promise<Answer<ContractLives>> {
  return runCommand(db, meta, async (tx) => {
    mustHold(meta, cause);
    return suspend(tx, await lockContract(tx, contractId), meta, { cause, reason });
  });
}

/** @throws DomainError FORBIDDEN somebody else holds contracts for that cause */
export function mustHold({ actor }: By, cause: SuspensionCause): void {
  const permission = HOLD_PERMISSION[cause];
  if (!actor.permissions.includes(permission)) throw new DomainError('FORBIDDEN', { permission });
}

/** The same inside another command's transaction. */
export async function suspend(
  tx: EntityManager,
  held: HeldContract,
  by: By,
  { cause, reason }: { cause: SuspensionCause; reason: string },
): Promise<ContractLives> {
  const state = await lifeStep(tx, held, by, {
    act: 'SUSPEND',
    type: 'contract.suspended',
    payload: { cause, reason },
    set: { suspended_for: cause },
  });
  return { contractId: held.row.id, state };
}

/** It goes on where it stood, by leave of whoever holds contracts for that cause. @throws DomainError NOT_FOUND · FORBIDDEN · CONTRACT_STATE · DISPUTE_OPEN */
export function resumeContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, reason }: { contractId: string; reason: string },
): Promise<Answer<ContractLives>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    if (held.row.suspendedFor) mustHold(meta, held.row.suspendedFor);
    await mustBeUndisputed(tx, contractId);
    const state = await lifeStep(tx, held, meta, {
      act: 'RESUME',
      type: 'contract.resumed',
      payload: { reason },
    });
    return { contractId, state };
  });
}

async function mustBeUndisputed(tx: EntityManager, contractId: string): Promise<void> {
  const open = await tx.query<unknown[]>(
    `SELECT 1 FROM contract_dispute WHERE contract_id = $1 AND state = 'OPEN' AND suspends`,
    [contractId],
  );
  if (open.length > 0) throw new DomainError('DISPUTE_OPEN');
}

/**
 * Its milestones are all reached, its orders delivered or cancelled, its disputes closed; what is paid is not looked at.
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · OPEN_OBLIGATIONS names what is not
 */
export function completeContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, note }: { contractId: string; note: string | null },
): Promise<Answer<ContractLives>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const state = await lifeStep(tx, held, meta, {
      act: 'COMPLETE',
      type: 'contract.completed',
      payload: { note },
      set: { ended_at: held.head.now, end_reason: note, ended_by: personId(meta.actor) },
    });
    await mustHaveNoneOpen(tx, contractId, [MILESTONES, ...MATTERS]);
    return { contractId, state };
  });
}

/** SQL of what is not done of the contract `$1`, by name. */
const MILESTONES = `SELECT 'milestone ' || kind AS what FROM milestone WHERE contract_id = $1 AND done_on IS NULL`;
const MATTERS = [
  `SELECT 'order ' || no AS what FROM contract_order WHERE contract_id = $1 AND state IN ('PLACED', 'CONFIRMED')`,
  `SELECT 'dispute ' || reason AS what FROM contract_dispute WHERE contract_id = $1 AND state = 'OPEN'`,
];
const CHANGES = `SELECT 'change ' || v.version AS what FROM contract_version v WHERE v.contract_id = $1 AND ${isOpenVersion('v')}`;

async function mustHaveNoneOpen(
  tx: EntityManager,
  contractId: string,
  kinds: readonly string[],
): Promise<void> {
  const rows = await tx.query<{ what: string }[]>(`${kinds.join(' UNION ALL ')} ORDER BY what`, [contractId]);
  if (rows.length > 0) throw new DomainError('OPEN_OBLIGATIONS', { open: rows.map(({ what }) => what) });
}

/**
 * Into the archive, for as long as the policy says; nothing of it changes from then on, so nothing of it may be open.
 * Milestones are not looked at: of a contract that was terminated nobody reaches them any more.
 * @throws DomainError NOT_FOUND · CONTRACT_STATE · OPEN_OBLIGATIONS
 */
export function archiveContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId }: { contractId: string },
): Promise<Answer<ContractLives>> {
  return runCommand(db, meta, async (tx) => archive(tx, await lockContract(tx, contractId), meta));
}

async function archive(tx: EntityManager, held: HeldContract, by: By): Promise<ContractLives> {
  const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', held.head.now);
  const years = policy.retentionYears ?? LEGAL_RETENTION_YEARS;
  const [until] = await tx.query<{ day: string }[]>(
    `SELECT (($1::timestamptz AT TIME ZONE $2)::date + make_interval(years => $3))::date::text AS day`,
    [held.head.now, held.row.zone, years],
  );
  const state = await lifeStep(tx, held, by, {
    act: 'ARCHIVE',
    type: 'contract.archived',
    payload: { textHash: held.row.textHash, retentionUntil: until!.day },
    set: { archived_at: held.head.now, retention_until: until!.day },
  });
  await mustHaveNoneOpen(tx, held.row.id, [...MATTERS, CHANGES]);
  return { contractId: held.row.id, state };
}

/**
 * What time does once the days after the end have passed; before that, or done twice, nothing.
 * @throws DomainError OPEN_OBLIGATIONS: the process tries again when it hears of the contract, and every hour
 */
export function archiveByTime(db: DataSource, by: Step, contractId: string): Promise<Answer<ContractLives>> {
  const meta = byTime(by, 'contract.archive', contractId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const { content } = await activePolicy<ContractPolicy>(tx, 'contract', held.head.now);
    const [due] = await tx.query<{ over: boolean }[]>(
      `SELECT archived_at IS NULL AND ended_at + make_interval(days => $2) <= $3::timestamptz AS over FROM contract WHERE id = $1`,
      [contractId, content.archiveAfterDays ?? null, held.head.now],
    );
    return due?.over ? archive(tx, held, meta) : { contractId, state: held.row.state };
  });
}

/** The term is over, or the day of a termination that was approved, by Postgres' clock in the owner's zone; otherwise nothing happens. */
export function expireContract(db: DataSource, by: Step, contractId: string): Promise<Answer<ContractLives>> {
  const meta = byTime(by, 'contract.expire', contractId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const [term] = await tx.query<{ over: boolean | null }[]>(
      `SELECT ended_at IS NULL AND ends_on < ($2::timestamptz AT TIME ZONE $3)::date AS over FROM contract WHERE id = $1`,
      [contractId, held.head.now, held.row.zone],
    );
    if (!term?.over) return { contractId, state: held.row.state };
    const change = await openVersion(tx, contractId);
    if (change?.kind === 'TERMINATION' && change.state === 'APPROVED') {
      await terminate(tx, held, change, meta);
      return { contractId, state: 'TERMINATED' };
    }
    const state = await lifeStep(tx, held, meta, {
      act: 'EXPIRE',
      type: 'contract.expired',
      payload: { endsOn: held.row.endsOn },
      set: { ended_at: held.head.now },
    });
    return { contractId, state };
  });
}

/** Says what is due of a date, once: to whoever is in charge, and to their manager when it is late. */
export function alertContract(
  db: DataSource,
  by: Step,
  contractId: string,
  key: string,
): Promise<Answer<ContractLives>> {
  const meta = byTime(by, 'contract.alert', contractId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    const found = await contractDuties(tx, contractId);
    const alert = found && alertsOf(found.duties, found.rules).find((due) => due.key === key);
    if (alert && alert.at <= found.now.getTime()) await say(tx, held, meta, alert);
    return { contractId, state: held.row.state };
  });
}

async function say(tx: EntityManager, held: HeldContract, by: By, alert: Alert): Promise<void> {
  const { key, what, date, days, ownerId, notice } = alert;
  const { id } = held.row;
  await tx.query(`INSERT INTO contract_alert (contract_id, key) VALUES ($1, $2)`, [id, key]);
  const told = [ownerId, ...(alert.toManager ? await managerOf(tx, ownerId, held.head.now) : [])];
  await noteLife(tx, held, by, { type: 'contract.alerted', payload: { what, date, days, told } });
  for (const personId of new Set(told))
    await tellOfContract(tx, { personId, kind: notice, contractId: id, ownerId, at: held.head.now, key });
}

async function managerOf(tx: EntityManager, personId: string, at: string): Promise<string[]> {
  const { people } = await loadDirectory(tx, { personIds: [personId], at });
  const managerId = people[personId]?.managerId;
  return managerId ? [managerId] : [];
}

function byTime({ key, correlationId }: Step, command: string, contractId: string): CommandMeta {
  return { actor: systemActor('process'), key, scope: `${command}/${contractId}`, body: null, correlationId };
}
