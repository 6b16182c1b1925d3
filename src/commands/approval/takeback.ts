import type { DataSource, EntityManager } from 'typeorm';
import type { ApprovalCommand } from '../../domain/approval/command.js';
import type { RequestState } from '../../domain/approval/model.js';
import { requestVersion } from '../../domain/approval/version.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge } from './apply.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { lockVisible, mustHaveVersion, type ReadRight } from './request-lock.js';
import { resubmitForApproval, type SubmitOptions, type Submitted } from './submit.js';
import { commandInTurn } from './turn.js';

/** Where a request stands after a command on the whole of it. */
export type RequestChanged = { requestId: string; seq: number; state: RequestState; version: number };

export interface OnRequest {
  requestId: string;
  /** the version the caller saw; left out by operations and by the system */
  expectedVersion?: number | undefined;
  sees?: ReadRight | undefined;
}

/** AE-WD-1, AE-WD-2. @throws DomainError NOT_FOUND NOT_INITIATOR ALREADY_APPROVED REQUEST_CLOSED WITHDRAW_NOT_ALLOWED STALE_VERSION */
export function withdrawRequest(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { reason: string | null; onBehalf?: boolean },
): Promise<Answer<RequestChanged>> {
  const { reason, onBehalf = false } = input;
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'WITHDRAW', reason, onBehalf }),
  );
}

/** AE-TERM-1. @throws DomainError NOT_FOUND REQUEST_CLOSED */
export function terminateRequest(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { reason: string },
): Promise<Answer<RequestChanged>> {
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'TERMINATE', reason: input.reason }),
  );
}

/** AE-EMPTY-1: staffs a BLOCKED stage. @throws DomainError NOT_FOUND REQUEST_CLOSED STAGE_NOT_BLOCKED SOD_INITIATOR PERSON_INACTIVE ALREADY_IN_STAGE */
export function restaffStage(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { stageId: string; personIds: readonly string[]; reason: string },
): Promise<Answer<RequestChanged>> {
  const { stageId, personIds, reason } = input;
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'RESTAFF', stageId, personIds, reason }),
  );
}

/** AE-SEQ-2: who shall sit in a stage that has not begun. @throws DomainError NOT_FOUND · as the engine's nameApprovers */
export function nameApprovers(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { stageId: string; personIds: readonly string[]; reason: string; asAdmin: boolean },
): Promise<Answer<RequestChanged>> {
  const { stageId, personIds, reason, asAdmin } = input;
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'NAME_APPROVERS', stageId, personIds, reason, asAdmin }),
  );
}

/** AE-RES-1: names who answers a return. @throws DomainError NOT_FOUND · as the engine's setInitiator */
export function setInitiator(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { personId: string; reason: string },
): Promise<Answer<RequestChanged>> {
  const { personId, reason } = input;
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'SET_INITIATOR', personId, reason }),
  );
}

/** AE-LEAVE-2: lets a stage that a leaver blocked end by the votes left. @throws DomainError NOT_FOUND · as the engine's acceptOutcome */
export function acceptOutcome(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & { stageId: string; reason: string },
): Promise<Answer<RequestChanged>> {
  const { stageId, reason } = input;
  return commandInTurn(db, meta, input.requestId, (tx) =>
    changeRequest(tx, meta, input, { type: 'ACCEPT_OUTCOME', stageId, reason }),
  );
}

/** AE-RES-1, as a command of its own: for subjects without a submit route of their own. */
export function resubmitRequest(
  db: DataSource,
  meta: CommandMeta,
  input: OnRequest & SubmitOptions,
): Promise<Answer<Submitted>> {
  return commandInTurn(db, meta, input.requestId, (tx) =>
    resubmitForApproval(tx, meta, input.requestId, input),
  );
}

/** One command on a request as a whole, in the running transaction; for modules whose own step ends a request. */
export async function changeRequest(
  tx: EntityManager,
  by: Pick<CommandMeta, 'actor' | 'correlationId'>,
  on: OnRequest,
  command: Exclude<ApprovalCommand, { type: 'SUBMIT' | 'RESUBMIT' | 'DECIDE' }>,
): Promise<RequestChanged> {
  const held = await lockVisible(tx, on.requestId, by.actor, on.sees);
  const others = concerned(command);
  const context = await contextFor(tx, held.before, { actor: by.actor, now: held.head.now, others });
  const decided = judge(held.before, command, context);
  mustHaveVersion(held.before, on.expectedVersion);
  await apply(tx, held, decided, { ...by, cause: command.type });
  const { after } = decided;
  return { requestId: after.id, seq: after.seq, state: after.state, version: requestVersion(after) };
}

/** Whom the command brings in. */
function concerned(command: ApprovalCommand): readonly string[] {
  if (command.type === 'RESTAFF' || command.type === 'NAME_APPROVERS') return command.personIds;
  return command.type === 'SET_INITIATOR' ? [command.personId] : [];
}
