import type { DataSource, EntityManager } from 'typeorm';
import type {
  ApprovalState,
  AttachmentRef,
  RequestState,
  SeatState,
  StageState,
} from '../../domain/approval/model.js';
import type { DecisionAction } from '../../domain/approval/stage-spec.js';
import type { EnvelopeWish } from '../../domain/approval/widen.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge, type Decided, type Held } from './apply.js';
import { attachmentsOf } from './attach.js';
import { contextFor } from './context.js';
import { editingOf, saveEdit, type Editing } from './edit.js';
import { apply } from './family.js';
import { recheckedAfter } from './recheck.js';
import { findSeat, lockRequest, mustSee, type ReadRight } from './request-lock.js';
import { digestsOf, type DecisionSigner } from './signature.js';
import { subjectOwner } from './subjects.js';
import { commandInTurn } from './turn.js';

export interface SeatDecisionInput {
  seatId: string;
  action: DecisionAction;
  expectedSeatVersion: number;
  subjectHash: string;
  comment: string | null;
  returnTo?: 'INITIATOR' | string | undefined;
  resume?: 'NEXT' | 'TO_RETURNER' | undefined;
  /** one of several answered in one call (AE-BULK-1) */
  bulk?: boolean | undefined;
  /** files the actor put to the request before, on which the answer rests */
  attachmentIds?: readonly string[] | undefined;
  /** the answer is to be sealed with the server's signature (AE-REQ-1) */
  sign?: boolean | undefined;
  /** where the approval's envelope differs from what was seen (AE-ENV-1) */
  envelope?: readonly EnvelopeWish[] | undefined;
  /** of an approval: what the holder changes with it, pointer → value (AE-SUB-2) */
  edits?: JsonObject | undefined;
  /** keys of stages that may be asked again because of the edits */
  acceptInvalidation?: readonly string[] | undefined;
}

/** How the actor's channel knows them, and what signs for the server; without it nothing can be signed. */
export interface Proof {
  /** ISO instant at which the actor last proved who they are; null: nobody knows */
  authenticatedAt: string | null;
  signer: DecisionSigner;
}

export type SeatDecided = {
  requestId: string;
  seq: number;
  requestState: RequestState;
  stageState: StageState | null;
  seatState: SeatState | null;
};

/**
 * A holder answers for a seat. Checks in the order of AE-CMD-4: the request is visible (else NOT_FOUND), then the
 * engine's own. Commands on one request queue on its lock; who comes second is judged on what the first has left.
 * @throws DomainError NOT_FOUND NOT_HOLDER SEAT_DECIDED STAGE_CLOSED REQUEST_CLOSED SEAT_NOT_OPEN STALE_VERSION
 *   STALE_SUBJECT REQUIREMENT_MISSING ATTACHMENT_UNKNOWN SOD_<constraint> NOT_REACHABLE RETURN_LIMIT ENVELOPE_INVALID
 *   ENVELOPE_BEYOND_AUTHORITY FIELD_NOT_WRITABLE WOULD_INVALIDATE COMMAND_BUSY KEY_REUSED
 */
export async function decideSeat(
  db: DataSource,
  meta: CommandMeta,
  input: SeatDecisionInput,
  sees?: ReadRight,
  /** what must hold in the same transaction, or the decision is refused with it */
  first?: (tx: EntityManager) => Promise<void>,
  proof?: Proof,
): Promise<Answer<SeatDecided>> {
  const found = await findSeat(db, input.seatId, meta.actor);
  return recheckedAfter(db, meta, found?.request_id, () =>
    commandInTurn(db, meta, found?.request_id ?? input.seatId, async (tx) => {
      const requestId = await mustSee(tx, found, meta.actor, sees);
      await first?.(tx);
      return answerSeat(tx, meta, input, requestId, proof);
    }),
  );
}

async function answerSeat(
  tx: EntityManager,
  meta: CommandMeta,
  input: SeatDecisionInput,
  requestId: string,
  proof: Proof | undefined,
): Promise<SeatDecided> {
  const held = await lockRequest(tx, requestId);
  const editing = await editingFor(tx, held, meta, input);
  const context =
    editing?.context ?? (await contextFor(tx, held.before, { actor: meta.actor, now: held.head.now }));
  const {
    returnTo,
    resume,
    bulk,
    attachmentIds,
    sign,
    envelope,
    edits: _,
    acceptInvalidation,
    ...required
  } = input;
  const attachments = await attachmentsOf(tx, requestId, meta.actor.id, attachmentIds ?? []);
  const signature =
    sign && proof ? await seal(tx, held, meta, { input, attachments, proof, editing }) : undefined;
  const command = {
    type: 'DECIDE' as const,
    ...required,
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(resume === undefined ? {} : { resume }),
    ...(bulk === undefined ? {} : { bulk }),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(signature === undefined ? {} : { signature }),
    authenticatedAt: proof?.authenticatedAt ?? null,
    ...(envelope === undefined ? {} : { envelope }),
    ...(editing ? { edit: { ...editing.edit, accept: acceptInvalidation ?? [] } } : {}),
  };
  const decided = withNames(context.directory, meta.actor.id, () => judge(held.before, command, context));
  if (input.action === 'APPROVE' && !editing) await subjectOwner(held.kind).approvable?.(tx, held.subjectId);
  const subjectId = editing ? await store(tx, held, meta, { editing, seatId: input.seatId }) : held.subjectId;
  const by = { actor: meta.actor, cause: 'DECIDE', correlationId: meta.correlationId };
  await apply(tx, { ...held, subjectId }, decided, by);
  return answer(decided, input.seatId);
}

/**
 * What the holder changes with their approval; null: nothing, or the answer is refused anyway, by the engine in its order
 * (AE-CMD-4).
 */
async function editingFor(
  tx: EntityManager,
  held: Held & { before: ApprovalState },
  { actor }: CommandMeta,
  { seatId, edits, action, subjectHash, expectedSeatVersion }: SeatDecisionInput,
): Promise<Editing | null> {
  if (!edits || Object.keys(edits).length === 0) return null;
  if (action !== 'APPROVE') throw new DomainError('ACTION_NOT_ALLOWED', { action, edits: true });
  const { before, kind, subjectId, head } = held;
  const seat = before.seats.find(({ id }) => id === seatId);
  const stage = before.stages.find(({ id }) => id === seat?.stageId);
  const isTheirs =
    stage &&
    seat?.state === 'OPEN' &&
    seat.holderId === actor.id &&
    seat.version === expectedSeatVersion &&
    before.state === 'PENDING' &&
    before.subjectHash === subjectHash;
  if (!isTheirs) {
    judge(
      before,
      { type: 'DECIDE', seatId, action, expectedSeatVersion, subjectHash, comment: null },
      await contextFor(tx, before, { actor, now: head.now }),
    );
    throw new DomainError('NOT_HOLDER', { seatId });
  }
  const editing = await editingOf(tx, { kind, subjectId, state: before }, stage, edits, {
    actor,
    now: head.now,
  });
  return editing.edit.facts.subjectHash === before.subjectHash ? null : editing;
}

async function store(
  tx: EntityManager,
  held: Held & { before: ApprovalState },
  { actor, correlationId }: CommandMeta,
  { editing, seatId }: { editing: Editing; seatId: string },
): Promise<string> {
  const seat = held.before.seats.find(({ id }) => id === seatId);
  const stage = held.before.stages.find(({ id }) => id === seat?.stageId);
  const by = { personId: actor.id, seatId, stageKey: stage?.spec.key ?? '', correlationId };
  return saveEdit(tx, held, editing, by);
}

/** The server's signature upon the answer as it is about to be judged; a refused one is thrown away with it. */
async function seal(
  tx: EntityManager,
  { before, head }: Held & { before: ApprovalState },
  { actor }: CommandMeta,
  {
    input,
    attachments,
    proof,
    editing,
  }: { input: SeatDecisionInput; attachments: AttachmentRef[]; proof: Proof; editing: Editing | null },
): Promise<string | undefined> {
  const seat = before.seats.find(({ id }) => id === input.seatId);
  if (!seat) return undefined;
  return proof.signer.sign(tx, {
    requestId: before.id,
    round: before.round,
    seatId: seat.id,
    visit: seat.visit,
    subjectHash: editing?.edit.facts.subjectHash ?? before.subjectHash,
    action: input.action,
    actor: actor.id,
    onBehalfOf: seat.ownerId === seat.holderId ? null : seat.ownerId,
    attachments: digestsOf(attachments),
    authenticatedAt: proof.authenticatedAt,
    at: head.now,
  });
}

function answer({ after }: Decided, seatId: string): SeatDecided {
  const seat = after.seats.find(({ id }) => id === seatId);
  const stage = after.stages.find(({ id }) => id === seat?.stageId);
  return {
    requestId: after.id,
    seq: after.seq,
    requestState: after.state,
    stageState: stage?.state ?? null,
    seatState: seat?.state ?? null,
  };
}

/** Losers are told by name who won, and whether it was themselves (AE-CMD-5). */
function withNames<T>({ people }: DirectorySnapshot, actorId: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const winning =
      error instanceof DomainError
        ? (error.details['winning'] as { actor: string } | null | undefined)
        : null;
    if (!(error instanceof DomainError) || !winning) throw error;
    const by = people[winning.actor];
    throw new DomainError(
      error.code,
      {
        ...error.details,
        winning: { ...winning, by: by ? { id: by.id, name: by.name, title: by.title } : null },
        byYou: winning.actor === actorId,
      },
      error.fields,
    );
  }
}
