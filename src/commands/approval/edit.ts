import type { DataSource, EntityManager } from 'typeorm';
import { readRequest, type StoredRequest } from '../../db/approval-state.js';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalContext, SubjectEdit } from '../../domain/approval/command.js';
import { foreseeEdit, type EditForesight } from '../../domain/approval/foresee-edit.js';
import type { ApprovalState, Stage } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import type { Held } from './apply.js';
import { withSnapshots } from './fact-sources.js';
import type { PlannedRound } from './planning.js';
import { replan } from './replan.js';
import { findSeat, mustSee, type ReadRight } from './request-lock.js';
import { refreshSubject, saveContent } from './round.js';
import { notWritable } from './not-writable.js';
import type { ApprovalSubject, SubjectEdited } from './subject.js';
import { subjectOwner } from './subjects.js';

/** An approver's edit, checked and with the path of the edited content; nothing is stored. */
export interface Editing {
  edited: SubjectEdited;
  planned: PlannedRound;
  edit: Omit<SubjectEdit, 'accept'>;
  context: ApprovalContext;
}

type Of = Pick<StoredRequest, 'kind' | 'subjectId'> & { state: ApprovalState };

/**
 * AE-SUB-2: the subject as an approver of `stage` wants it, checked as its owner's own editing is.
 * @param edits pointer → value
 * @throws DomainError FIELD_NOT_WRITABLE · VALIDATION · DOCUMENT_INVALID … with fields below `/edits` · as planRound
 */
export async function editingOf(
  tx: EntityManager,
  { kind, subjectId, state }: Of,
  stage: Stage,
  edits: JsonObject,
  { actor, now }: { actor: Actor; now: string },
): Promise<Editing> {
  const owner = subjectOwner(kind);
  if (!owner.edited) throw notWritable(Object.keys(edits));
  const edited = await owner.edited(tx, subjectId, stage.spec, edits);
  const { snapshots } = state;
  const subject = withSnapshots(edited.subject, snapshots);
  const { facts, planned, context } = await replan(tx, state, subject, { actor, now, snapshots });
  return {
    edited: { ...edited, subject },
    planned,
    edit: { facts, plan: planned.plan, fields: Object.keys(edits) },
    context,
  };
}

/** Stores the edited content in the transaction of the decision. @returns the subject the request is about from now on */
export async function saveEdit(
  tx: EntityManager,
  held: Held & { before: ApprovalState },
  { edited, planned }: Editing,
  by: { personId: string; seatId: string; stageKey: string; correlationId: string | null },
): Promise<string> {
  const { before, head } = held;
  const { subject } = edited;
  const requestId = before.id;
  await edited.store({ ...by, requestId });
  await tx.query(`UPDATE approval_request SET subject_id = $2 WHERE id = $1`, [requestId, subject.id]);
  await refreshSubject(tx, requestId, subject);
  await saveContent(tx, before, { subject, planned, at: head.now, by: { seatId: by.seatId } });
  return subject.id;
}

/** What an edit would bring about, and the content it would give. */
export interface EditTrial {
  requestId: string;
  subject: ApprovalSubject;
  subjectHash: string;
  foresight: EditForesight;
}

/** The live check before anything is sent; nothing is written. @throws DomainError NOT_FOUND · NOT_HOLDER · as editingOf */
export async function tryEdit(
  db: DataSource,
  actor: Actor,
  { seatId, edits, sees }: { seatId: string; edits: JsonObject; sees?: ReadRight },
): Promise<EditTrial> {
  const requestId = await mustSee(db.manager, await findSeat(db, seatId, actor), actor, sees);
  const stored = await readRequest(db, requestId);
  const seat = stored?.state.seats.find(({ id }) => id === seatId);
  const stage = stored?.state.stages.find(({ id }) => id === seat?.stageId);
  if (!stored || !stage || seat?.holderId !== actor.id) throw new DomainError('NOT_HOLDER');
  const { edited, edit, context } = await editingOf(db.manager, stored, stage, edits, {
    actor,
    now: stored.readAt,
  });
  const foresight = foreseeEdit(stored.state, seatId, edit, context);
  return { requestId, subject: edited.subject, subjectHash: edit.facts.subjectHash, foresight };
}

/** A field that its viewer may change with their approval, and what it holds. */
export interface EditableField {
  pointer: string;
  value: Json;
}

/** What the person may change with an answer of theirs now (AE-SUB-2). */
export async function editableBy(
  tx: EntityManager,
  { kind, subjectId, state }: Of,
  personId: string,
): Promise<EditableField[]> {
  const seat = state.seats.find(({ holderId, state: s }) => holderId === personId && s === 'OPEN');
  const stage = state.stages.find(({ id }) => id === seat?.stageId);
  if (!stage || state.state !== 'PENDING' || seat?.added?.relation === 'CONSULT') return [];
  return (await subjectOwner(kind).editable?.(tx, subjectId, stage.spec)) ?? [];
}
