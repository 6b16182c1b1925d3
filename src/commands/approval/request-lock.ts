import type { EntityManager } from 'typeorm';
import { readRequest } from '../../db/approval-state.js';
import { prepared, type Reader } from '../../db/prepared.js';
import { personId, type Actor } from '../../domain/actor.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import { requestVersion } from '../../domain/approval/version.js';
import { DomainError } from '../../domain/errors.js';
import { lockAggregate } from '../events.js';
import type { Held } from './apply.js';

/** Whether the caller's permissions reach a request they have no part in; asked only then. */
export type ReadRight = (tx: EntityManager, requestId: string) => Promise<boolean>;

/** Initiator, subject's owner, or named by a seat now or earlier: such a person sees the request whatever the scope. */
const HAS_PART = `(r.initiator_id = $2 OR r.owner_id = $2 OR EXISTS (
  SELECT 1 FROM approval_seat t WHERE t.request_id = r.id AND (t.holder_id = $2 OR t.owner_id = $2 OR $2 = ANY(t.past_holder_ids))))`;

export interface Found {
  request_id: string;
  has_part: boolean;
}

/** The seat's request and whether the actor has a part in it; read before any lock, so that commands can queue. */
export async function findSeat(db: Reader, seatId: string, actor: Actor): Promise<Found | undefined> {
  const [row] = await prepared<Found>(
    db,
    `SELECT s.request_id, s.holder_id = $2 OR ${HAS_PART} AS has_part
     FROM approval_seat s JOIN approval_request r ON r.id = s.request_id WHERE s.id = $1`,
    [seatId, personId(actor)],
  );
  return row;
}

/** The request under its lock, as it is after whoever was before us. @throws DomainError NOT_FOUND */
export async function lockRequest(
  tx: EntityManager,
  requestId: string,
): Promise<Held & { before: ApprovalState }> {
  const head = await lockAggregate(tx, 'request', requestId);
  // a statement of its own: its snapshot must be taken after the lock was got
  const stored = head && (await readRequest(tx, requestId));
  if (!head || !stored) throw new DomainError('NOT_FOUND', { requestId });
  // now() is when the transaction began to wait; a command's time must not lie before what it waited for
  return {
    head: { ...head, now: stored.readAt },
    kind: stored.kind,
    subjectId: stored.subjectId,
    before: stored.state,
  };
}

/** As lockRequest, for a person: what one may not see does not exist. */
export async function lockVisible(
  tx: EntityManager,
  requestId: string,
  actor: Actor,
  sees?: ReadRight,
): Promise<Held & { before: ApprovalState }> {
  if (actor.kind === 'PERSON') {
    const rows = await tx.query<Found[]>(
      `SELECT r.id AS request_id, ${HAS_PART} AS has_part FROM approval_request r WHERE r.id = $1`,
      [requestId, actor.id],
    );
    await mustSee(tx, rows[0], actor, sees);
  }
  return lockRequest(tx, requestId);
}

/** What one may not see does not exist (AE-CMD-4). @throws DomainError NOT_FOUND */
export async function mustSee(
  tx: EntityManager,
  found: Found | undefined,
  actor: Actor,
  sees?: ReadRight,
): Promise<string> {
  if (!found) throw new DomainError('NOT_FOUND');
  const may = actor.kind === 'SYSTEM' || found.has_part || (sees && (await sees(tx, found.request_id)));
  if (!may) throw new DomainError('NOT_FOUND');
  return found.request_id;
}

/** Checked after the engine's own refusals: who lost a race must hear of the outcome, not of a number (AE-CMD-3). */
export function mustHaveVersion(state: ApprovalState, expected: number | undefined): void {
  const version = requestVersion(state);
  if (expected !== undefined && expected !== version) {
    throw new DomainError('STALE_VERSION', { version, requestState: state.state, seq: state.seq });
  }
}
