import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { appendEvents, type AggregateHead } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { isSamePerson } from './draft-store.js';
import {
  endVersion,
  lockVersion,
  mustBeEndable,
  type EndingAct,
  type Published,
  type Version,
} from './versions.js';

interface Ending {
  id: string;
  act: EndingAct;
  reason: string;
  proposedBy: string;
}

/**
 * Proposes to take back a version that has not begun (CANCEL), or to end the one in force without a successor
 * (DEACTIVATE). Nothing changes before a second person confirms it, as nothing gets into force by one person alone.
 * @throws DomainError NOT_FOUND · POLICY.STATE · POLICY.NEEDED · POLICY.ENDING_EXISTS it is proposed already
 */
export function proposeEnding(
  db: DataSource,
  meta: CommandMeta,
  { policyId, act, reason }: { policyId: string; act: EndingAct; reason: string },
): Promise<Answer<Published>> {
  return runCommand(db, meta, async (tx) => {
    const { head, version } = await lockVersion(tx, policyId);
    await mustBeEndable(tx, version, act);
    if (await openEnding(tx, policyId)) throw new DomainError('POLICY.ENDING_EXISTS', { policyId });
    await tx.query(
      `INSERT INTO policy_ending (id, policy_id, act, reason, proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [uuidv7(), policyId, act, reason, meta.actor.id, head.now],
    );
    await tell(tx, head, meta, version, { type: 'policy.ending-proposed', act, reason });
    return { policyId, version: version.version };
  });
}

/**
 * A second person confirms it; what it needs is looked at again.
 * @throws DomainError NOT_FOUND · POLICY.NO_ENDING · SOD_VIOLATION its proposer, under whatever account · POLICY.STATE ·
 *   POLICY.NEEDED
 */
export function confirmEnding(
  db: DataSource,
  meta: CommandMeta,
  policyId: string,
): Promise<Answer<Published>> {
  return runCommand(db, meta, async (tx) => {
    const { head, version } = await lockVersion(tx, policyId);
    const ending = await mustBeProposed(tx, policyId);
    if (await isSamePerson(tx, [ending.proposedBy], meta.actor.id)) throw ownProposal();
    await mustBeEndable(tx, version, ending.act);
    await endVersion(tx, version, ending.act, head.now);
    await settle(tx, ending, 'CONFIRMED', meta.actor.id, head.now);
    const type = ending.act === 'CANCEL' ? 'policy.cancelled' : 'policy.deactivated';
    const { reason, proposedBy } = ending;
    await tell(tx, head, meta, version, { type, reason, proposedBy });
    return { policyId, version: version.version };
  });
}

/**
 * The version stays as it is: a second person refuses the proposal.
 * @throws DomainError NOT_FOUND · POLICY.NO_ENDING · SOD_VIOLATION one's own is withdrawn, not refused
 */
export function refuseEnding(
  db: DataSource,
  meta: CommandMeta,
  refusal: { policyId: string; reason: string },
): Promise<Answer<Published>> {
  return drop(db, meta, refusal, 'REFUSED');
}

/**
 * The version stays as it is: whoever proposed it thinks better of it.
 * @throws DomainError NOT_FOUND · POLICY.NO_ENDING · POLICY.NOT_AUTHOR
 */
export function withdrawEnding(
  db: DataSource,
  meta: CommandMeta,
  withdrawal: { policyId: string; reason: string },
): Promise<Answer<Published>> {
  return drop(db, meta, withdrawal, 'WITHDRAWN');
}

function drop(
  db: DataSource,
  meta: CommandMeta,
  { policyId, reason }: { policyId: string; reason: string },
  state: 'REFUSED' | 'WITHDRAWN',
): Promise<Answer<Published>> {
  return runCommand(db, meta, async (tx) => {
    const { head, version } = await lockVersion(tx, policyId);
    const ending = await mustBeProposed(tx, policyId);
    const own = await isSamePerson(tx, [ending.proposedBy], meta.actor.id);
    if (state === 'REFUSED' && own) throw ownProposal();
    if (state === 'WITHDRAWN' && !own) throw new DomainError('POLICY.NOT_AUTHOR', { policyId });
    await settle(tx, ending, state, meta.actor.id, head.now);
    const type = `policy.ending-${state.toLowerCase()}`;
    await tell(tx, head, meta, version, { type, act: ending.act, reason });
    return { policyId, version: version.version };
  });
}

function ownProposal(): DomainError {
  return new DomainError('SOD_VIOLATION', { rule: 'proposer ≠ reviewer' });
}

async function openEnding(tx: EntityManager, policyId: string): Promise<Ending | null> {
  const [row] = await tx.query<Ending[]>(
    `SELECT id, act, reason, proposed_by AS "proposedBy" FROM policy_ending WHERE policy_id = $1 AND state = 'PROPOSED'`,
    [policyId],
  );
  return row ?? null;
}

async function mustBeProposed(tx: EntityManager, policyId: string): Promise<Ending> {
  const ending = await openEnding(tx, policyId);
  if (!ending) throw new DomainError('POLICY.NO_ENDING', { policyId });
  return ending;
}

async function settle(
  tx: EntityManager,
  { id }: Ending,
  state: 'CONFIRMED' | 'REFUSED' | 'WITHDRAWN',
  by: string,
  at: string,
): Promise<void> {
  await tx.query(`UPDATE policy_ending SET state = $2, settled_by = $3, settled_at = $4 WHERE id = $1`, [
    id,
    state,
    by,
    at,
  ]);
}

async function tell(
  tx: EntityManager,
  head: AggregateHead,
  { actor }: CommandMeta,
  { kind, version }: Version,
  { type, ...more }: { type: string; reason: string; act?: EndingAct; proposedBy?: string },
): Promise<void> {
  await appendEvents(tx, head, [{ type, actor: actor.id, payload: { kind, version, ...more } }]);
}
