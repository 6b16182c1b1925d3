import type { EntityManager } from 'typeorm';
import type { Measure } from '../../domain/approval/envelope.js';
import type { DimensionSpec, StageSpec } from '../../domain/approval/stage-spec.js';
import type { Json, JsonObject } from '../../domain/json.js';
import type { ProcessMessage } from '../../workflows/messages.js';

export type SubjectKind = 'QUOTE' | 'CONTRACT' | 'GENERAL' | 'STAGE' | 'REVOCATION' | 'SPLIT';

/** What an approval is about, as its owner module sees it in the running transaction. */
export interface ApprovalSubject {
  kind: SubjectKind;
  id: string;
  /** business number people know it by, e.g. `Q-2026-000123` */
  number: string;
  version: number;
  title: string;
  /** subject owner and listed beneficiaries count as initiator for AE-SELF-1 */
  ownerId: string;
  beneficiaryIds: readonly string[];
  /** the customer it is about; left out: none */
  customerId?: string;
  /** unit whose region/team scopes apply to role resolvers */
  unitId: string;
  /** which decision table routes it, e.g. `approval.quote` */
  policyKind: string;
  /** the request kind it is of, `request.expense`; left out: it is of none */
  requestKind?: string;
  /** inputs of the decision table: decimals as strings, booleans, string lists; never a JS number for money or percent */
  facts: Readonly<Record<string, string | boolean | readonly string[]>>;
  /** approval-relevant fields + attachment digests; its canonical hash is the subjectHash (AE-SUB-1) */
  content: JsonObject;
  /**
   * everything relevant in it, value by value, for envelopes (AE-ENV-1); left out: the members of `content` and the facts.
   * Whatever changes in the content and not here would pass unseen.
   */
  measures?: Readonly<Record<string, Measure>>;
  /** which of the measures may move, in every stage whose policy does not say otherwise (AE-ENV-1); left out: none */
  open?: readonly DimensionSpec[];
  /** what decides money limits: exposure in the base currency, decimal string; null when no money is involved */
  exposure: { amount: string; currency: string } | null;
  /** amount shown in lists */
  amount: { amount: string; currency: string } | null;
  /** only for people with cost:read; merged over `content` when shown */
  confidential: Json;
  /** the request this one decides a stage of (AE-CHILD-1) */
  parentRequestId?: string;
}

export type RequestOutcome = 'APPROVED' | 'REJECTED' | 'RETURNED' | 'WITHDRAWN' | 'TERMINATED' | 'EXPIRED';

/** What an approver's edit makes of a subject, checked as its owner's own editing is (AE-SUB-2). Nothing is stored yet. */
export interface SubjectEdited {
  subject: ApprovalSubject;
  /** stores it beside what was approved before, or over it where the round keeps that */
  store(by: {
    personId: string;
    requestId: string;
    stageKey: string;
    correlationId: string | null;
  }): Promise<void>;
}

/** How the engine talks to the module that owns a subject, always inside the engine's own transaction. */
export interface SubjectOwner {
  /** @throws DomainError NOT_FOUND */
  load(tx: EntityManager, id: string): Promise<ApprovalSubject>;
  /** a round of it begins, however it was asked for: lock relevant fields. @throws DomainError what keeps it from any round */
  opened(tx: EntityManager, subject: ApprovalSubject, requestId: string): Promise<void>;
  /** the request changed to an outcome: the subject follows in the same transaction */
  closed(
    tx: EntityManager,
    subject: ApprovalSubject,
    requestId: string,
    outcome: RequestOutcome,
    at: string,
  ): Promise<void>;
  /**
   * what has followed from the approval that cannot be undone, as a word; null: it can be (AE-RV-1). Under the subject's
   * lock, so that nothing follows meanwhile.
   */
  irreversible(tx: EntityManager, subjectId: string): Promise<string | null>;
  /** its approval is revoked: undo what followed, so that the subject can be edited and submitted anew; done twice, done once */
  revoked(tx: EntityManager, subjectId: string, requestId: string): Promise<void>;
  /**
   * a round that would have changed its approval ended without one: it is again what was approved (AE-ENV-3). Left out by
   * owners whose approved subjects are not changed.
   */
  reverted?(tx: EntityManager, subjectId: string, requestId: string): Promise<void>;
  /** what approvers of a stage may change with their answer, and what it holds; left out: nothing */
  editable?(
    tx: EntityManager,
    subjectId: string,
    stage: StageSpec,
  ): Promise<{ pointer: string; value: Json }[]>;
  /**
   * the subject with these changes, by pointer; for a decision under the request's lock.
   * @throws DomainError FIELD_NOT_WRITABLE · whatever its own editing is refused with, fields as pointers below `/edits`
   */
  edited?(tx: EntityManager, subjectId: string, stage: StageSpec, edits: JsonObject): Promise<SubjectEdited>;
  /** what must hold of it, besides its content, before somebody says yes to it. @throws DomainError */
  approvable?(tx: EntityManager, subjectId: string): Promise<void>;
  /** the process that waits for this subject, for the outbox */
  process(tx: EntityManager, subjectId: string, requestId: string, seq: number): Promise<ProcessMessage>;
}
