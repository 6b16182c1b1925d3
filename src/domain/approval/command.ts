import type { Actor } from '../actor.js';
import type { WorkCalendar } from '../calendar.js';
import type { Stop } from '../customer/block.js';
import type { DirectorySnapshot, Role } from '../org/directory.js';
import type { RoundFacts } from './events.js';
import type { FactChange, Reassessment } from './reassessment.js';
import type { Added, AttachmentRef, Rung } from './model.js';
import type { DecisionAction, StageSpec } from './stage-spec.js';
import type { Plan } from './plan.js';
import type { CcRule } from './policy.js';
import type { EnvelopeWish } from './widen.js';

/** What people and time may ask of a request. */
export type ApprovalCommand =
  /** `ccPersonIds`: whom the submitter wants to be sent a copy (AE-CC-1) */
  | { type: 'SUBMIT'; requestId: string; facts: RoundFacts; plan: Plan; ccPersonIds?: readonly string[] }
  | { type: 'RESUBMIT'; facts: RoundFacts; plan: Plan; ccPersonIds?: readonly string[] }
  /** the approved subject was changed (AE-ENV-3) */
  | { type: 'AMEND'; facts: RoundFacts; plan: Plan }
  /** a stale approval goes into a new round */
  | { type: 'SUBMIT_AMENDMENT'; facts: RoundFacts; plan: Plan; ccPersonIds?: readonly string[] }
  | {
      type: 'DECIDE';
      seatId: string;
      action: DecisionAction;
      expectedSeatVersion: number;
      subjectHash: string;
      comment: string | null;
      /** for RETURN: INITIATOR or a stage key; default INITIATOR */
      returnTo?: 'INITIATOR' | string;
      resume?: 'NEXT' | 'TO_RETURNER';
      /** one of several answered in one call (AE-BULK-1) */
      bulk?: boolean;
      attachments?: readonly AttachmentRef[];
      /** the server's seal upon this answer (AE-REQ-1) */
      signature?: string;
      /** when the actor last proved who they are; left out or null: nobody knows */
      authenticatedAt?: string | null;
      /** of an approval: where its envelope differs from what was seen (AE-ENV-1) */
      envelope?: readonly EnvelopeWish[];
      /** of an approval: what its holder changes with it (AE-SUB-2); `subjectHash` is of the content before */
      edit?: SubjectEdit;
    }
  | { type: 'ATTACH'; attachment: AttachmentRef }
  /** the initiator asks for the answers that are owed; `seatId`: of one seat only (AE-URGE-1) */
  | { type: 'URGE'; seatId: string | null; comment: string | null }
  | {
      type: 'ADD';
      seatId: string;
      personIds: readonly string[];
      relation: Added['relation'];
      rule: Added['rule'];
      expectedSeatVersion: number;
      reason: string;
    }
  | {
      type: 'REMOVE';
      seatId: string;
      reason: string;
      /** the actor may remove what others added, and seats of the policy */
      asAdmin: boolean;
      acceptOutcome: boolean;
    }
  | {
      type: 'TRANSFER';
      seatId: string;
      toPersonId: string;
      expectedSeatVersion: number;
      reason: string;
      /** a target who sits in the stage already answers once for both */
      merge?: boolean;
    }
  /** by an approval admin, of a seat that `fromPersonId` holds (AE-XFER-3) */
  | {
      type: 'REASSIGN';
      seatId: string;
      fromPersonId: string;
      toPersonId: string;
      reason: string;
      merge: boolean;
    }
  /** the person's account has ended (AE-LEAVE-1) */
  | { type: 'PERSON_LEFT'; personId: string }
  /** the person no longer holds the role; matters to stages with `strictRole` */
  | { type: 'ROLE_LOST'; personId: string; role: Role }
  /** asks again what separates duties, with people as they are now (table of 4.5) */
  | { type: 'RECHECK_SEPARATION' }
  /** the organisation is another one: stages with `strictReporting` (AE-MGR-2), and what separates duties (AE-SOD-1) */
  | { type: 'ORG_CHANGED' }
  /** what the policy's sources say was read again; `changes`: of the values (AE-MGR-3) */
  | { type: 'REFRESH'; facts: RoundFacts; plan: Plan; changes: readonly FactChange[] }
  /** an absence has begun that takes what is open along (AE-ABS-1) */
  | { type: 'HAND_OVER'; personId: string; absenceId: string }
  /** an absence is over (AE-ABS-2) */
  | { type: 'GIVE_BACK'; absenceId: string }
  /** one of a pool takes the item, or gives it up (AE-IN-2) */
  | { type: 'CLAIM'; seatId: string; expectedSeatVersion: number }
  | { type: 'RELEASE'; seatId: string }
  /** somebody is new in a role: its open pools (AE-LEAVE-4) */
  | { type: 'JOIN_POOLS'; personId: string; role: Role }
  /** an admin lets a stage end as it stands after a leaver's seat went (AE-LEAVE-2) */
  | { type: 'ACCEPT_OUTCOME'; stageId: string; reason: string }
  /** whoever approved takes it back (AE-TB-1); `childrenDecided`: requests that decide a stage and hold a person's answer */
  | {
      type: 'RETRACT';
      seatId: string;
      expectedSeatVersion: number;
      reason: string | null;
      childrenDecided: readonly string[];
    }
  /** the request that revokes this approval has passed (AE-RV-1) */
  | { type: 'REVOKE'; revocationId: string; reason: string }
  /** the wait between the last yes and the approval is over */
  | { type: 'TAKE_EFFECT' }
  /** to the version of its policy in `facts`, on the plan that gives now (AE-POL-2) */
  | { type: 'MIGRATE'; facts: RoundFacts; plan: Plan; acceptOutcome: boolean; reason: string }
  /** `onBehalf`: the actor may take back what others submitted */
  | { type: 'WITHDRAW'; reason: string | null; onBehalf?: boolean }
  | { type: 'TERMINATE'; reason: string }
  | { type: 'EXPIRE'; reason: string }
  | { type: 'REMIND_RETURNED' }
  | { type: 'REPLACE_INITIATOR' }
  /** an admin names who answers a return in the initiator's place (AE-RES-1) */
  | { type: 'SET_INITIATOR'; personId: string; reason: string }
  | { type: 'RESTAFF'; stageId: string; personIds: readonly string[]; reason: string }
  /** who shall sit in a stage that has not begun (AE-SEQ-2); `asAdmin`: the actor may do so for any stage */
  | {
      type: 'NAME_APPROVERS';
      stageId: string;
      personIds: readonly string[];
      reason: string;
      asAdmin: boolean;
    }
  | { type: 'CHILD_ENDED'; stageId: string; childId: string; end: ChildEnd }
  /** an office works at other times from an instant on (AE-SLA-5) */
  | { type: 'RETIME'; change: CalendarChange }
  /** what the content is judged by has moved; `changes`: facts that are others now */
  | {
      type: 'REASSESS';
      facts: Pick<RoundFacts, 'subjectHash' | 'measured' | 'exposure'>;
      plan: Plan;
      cause: Reassessment;
      changes: readonly FactChange[];
    }
  /** nobody may deal with the customer any more (processes.md 3.7) */
  | { type: 'STOP'; stop: Stop }
  | { type: 'FIRE_RUNGS' };

/** The content as an approver wants it, and what it means (AE-SUB-2). */
export interface SubjectEdit {
  facts: RoundFacts;
  /** the path under the pinned policy, on the edited content */
  plan: Plan;
  /** pointers to what was changed */
  fields: readonly string[];
  /** keys of stages that may be asked again because of it */
  accept: readonly string[];
}

/** An office's working time before and after an edit. */
export interface CalendarChange {
  id: string;
  officeKey: string;
  /** ISO instant of the edit */
  at: string;
  before: WorkCalendar;
  after: WorkCalendar;
}

/** How the request that decides a stage ended, or why it could not be opened. */
export type ChildEnd =
  | { state: 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'TERMINATED' | 'EXPIRED'; subjectHash: string }
  | { state: 'NOT_OPENED'; code: string };

/** What of a stage a seat's clock depends on. */
export type ClockSpec = Pick<StageSpec, 'ladder' | 'calendar'>;

/** The outside as one command sees it. Everything is an argument: the engine reads no clock, database or environment. */
export interface ApprovalContext {
  /** ISO instant, Postgres' clock */
  now: string;
  actor: Actor;
  directory: DirectorySnapshot;
  /** who is sent copies, by the pinned policy; left out: nobody (AE-CC-1) */
  cc?: readonly CcRule[];
  newId: () => string;
  /** one business day after an instant, by the working calendar */
  workDayAfter: (from: string) => string;
  /** until when a claim made at an instant lasts, by the policy (AE-IN-2) */
  claimUntil: (from: string) => string;
  /** from when on a seat that was urged at an instant may be urged again, by the policy (AE-URGE-1) */
  urgeAgainAt: (from: string) => string;
  /** the rungs and due time of a holder's seat opened at `from`, by the working time of its stage (AE-SLA-1) */
  ladder: (
    spec: ClockSpec,
    holderId: string,
    from: string,
  ) => { rungs: readonly Rung[]; dueAt: string | null };
  /** the office whose working time the clock of a holder's seat runs in */
  office: (spec: ClockSpec, holderId: string) => { key: string; calendar: WorkCalendar };
}
