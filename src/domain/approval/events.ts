import type { Actor } from '../actor.js';
import type { Stop } from '../customer/block.js';
import type { Envelope } from './envelope.js';
import type { Approved, BrokenStage } from './earlier.js';
import type {
  AttachmentRef,
  PendingReturn,
  Rung,
  SameAs,
  Seat,
  SeatDecision,
  Stage,
  StageState,
  StandIn,
} from './model.js';
import type { StageMove } from './migrate.js';
import type { SubjectEvent } from './subject-events.js';
import type { Separation, SeparationCode, SeparationEvidence } from './separation-rules.js';
import type { CcTrigger } from './policy.js';
import type { RungKind } from './stage-spec.js';
import type { ApprovalState } from './model.js';

/** A candidate who was not asked, and the rule that dropped them (AE-EMPTY-2). */
export interface Dropped {
  personId: string;
  code: 'INACTIVE' | 'AWAY' | 'NOT_ALLOWED' | 'DUPLICATE' | 'OVER_LIMIT' | SeparationCode;
}

/** What a request is about and under which policy, pinned by each round. */
export type RoundFacts = Pick<
  ApprovalState,
  'initiatorId' | 'selfIds' | 'unitId' | 'exposure' | 'subjectHash' | 'policy' | 'withdrawPolicy'
> &
  Partial<
    Pick<
      ApprovalState,
      | 'snapshots'
      | 'measured'
      | 'retractMinutes'
      | 'effectDelayMinutes'
      | 'dedupe'
      | 'separation'
      | 'beneficiaryIds'
      | 'requestKind'
    >
  >;

/** Everything that can happen to a request. Each carries all that `evolve` needs; `at` is Postgres' clock. */
export type ApprovalEvent =
  | {
      type: 'request.submitted';
      requestId: string;
      round: number;
      facts: RoundFacts;
      stages: readonly Stage[];
      /** false when a resubmission brought the very same content (AE-RES-1) */
      changed: boolean;
      /** a resume TO_RETURNER could not be kept (AE-RET-3) */
      resumeDowngraded: boolean;
      /** stages that are asked although an earlier round had settled them, or that it did not have; left out: none */
      broken?: readonly BrokenStage[];
      /** what it would change, when that is approved already (AE-ENV-3); a resubmission keeps it */
      amends?: Approved;
      at: string;
    }
  /** to another version of its policy, on the same content, with the votes that carry (AE-POL-2) */
  | {
      type: 'request.migrated';
      from: ApprovalState['policy'];
      round: number;
      facts: RoundFacts;
      stages: readonly Stage[];
      moves: readonly StageMove[];
      reason: string;
      /** nobody is left to ask, and whoever moved it answered for that */
      accepted: boolean;
      at: string;
    }
  | {
      type: 'stage.activated';
      stageId: string;
      visit: number;
      seats: readonly Seat[];
      /** the request that decides the stage instead of seats (AE-CHILD-1) */
      childId: string | null;
      dropped: readonly Dropped[];
      at: string;
    }
  | {
      type: 'stage.blocked';
      stageId: string;
      visit: number;
      code: string;
      dropped: readonly Dropped[];
      at: string;
    }
  | { type: 'stage.restaffed'; stageId: string; seats: readonly Seat[]; reason: string; at: string }
  /** who shall sit in it when it begins, in place of whom its rule would find */
  | {
      type: 'stage.named';
      stageId: string;
      personIds: readonly string[];
      byId: string;
      reason: string;
      at: string;
    }
  /** one of its pool has taken the item, and given it up again (AE-IN-2) */
  | { type: 'stage.claimed'; stageId: string; seatId: string; personId: string; until: string; at: string }
  | { type: 'stage.released'; stageId: string; seatId: string; at: string }
  /** an admin lets it be decided by the votes that are left (AE-LEAVE-2) */
  | {
      type: 'stage.outcome-accepted';
      stageId: string;
      outcome: Extract<StageState, 'PASSED' | 'REJECTED' | 'ACTIVE'>;
      reason: string;
      at: string;
    }
  /** the answer that passed it was taken back */
  | { type: 'stage.reopened'; stageId: string; at: string }
  | { type: 'stage.skipped'; stageId: string; code: string; dropped: readonly Dropped[]; at: string }
  | {
      type: 'stage.closed';
      stageId: string;
      state: Extract<StageState, 'PASSED' | 'REJECTED' | 'RETURNED' | 'INVALIDATED' | 'CANCELLED'>;
      code: string | null;
      carriedYes: readonly string[];
      at: string;
    }
  | { type: 'seat.opened'; seatId: string; rungs: readonly Rung[]; dueAt: string | null; at: string }
  /** its holder said yes in a stage before, by that decision (AE-DUP-1) */
  | {
      type: 'seat.deduped';
      seatId: string;
      earlier: Extract<SameAs, { kind: 'EARLIER' }>;
      /** what the yes covers in this stage (AE-ENV-2) */
      envelope?: Envelope;
      at: string;
    }
  /** its holder is asked in a later stage instead (AE-DUP-4) */
  | { type: 'seat.deferred'; seatId: string; stageKey: string; at: string }
  /** of a person's yes also what separates duties, and that it held (AE-SOD-5) */
  | {
      type: 'seat.decided';
      seatId: string;
      decision: SeatDecision;
      separation?: readonly SeparationEvidence[];
    }
  /** people have changed since: the constraint would refuse the yes now; it stands (table of 4.5) */
  | { type: 'seat.drifted'; seatId: string; constraint: Separation['kind']; at: string }
  /** AE-CC-1: these were sent a copy; `skipped`: these could not be, which changes nothing else */
  | {
      type: 'request.copied';
      trigger: CcTrigger;
      stageKey: string | null;
      personIds: readonly string[];
      skipped: readonly Dropped[];
      at: string;
    }
  /** the initiator asked for the answer; not again before `againAt` (AE-URGE-1) */
  | { type: 'seat.urged'; seatId: string; comment: string | null; againAt: string; at: string }
  /** somebody put a file to the request (AE-REQ-1) */
  | { type: 'attachment.added'; attachment: AttachmentRef; at: string }
  /** whoever approved took it back; the answer stays readable and does not count (AE-TB-1) */
  | { type: 'seat.retracted'; seatId: string; decision: SeatDecision; reason: string | null; at: string }
  /** as it was before an answer that was taken back */
  | {
      type: 'seat.restored';
      seatId: string;
      state: 'OPEN' | 'WAITING' | 'PARKED';
      code: string | null;
      at: string;
    }
  /** without an answer of its holder; REJECTED by those whom the holder added */
  | {
      type: 'seat.closed';
      seatId: string;
      state: 'CANCELLED' | 'REMOVED' | 'REJECTED';
      code: string;
      reason?: string;
      at: string;
    }
  /** the majority did not join the return its holder asked for: they are asked again (AE-RET-4) */
  | { type: 'seat.return-lapsed'; seatId: string; decision: SeatDecision; at: string }
  /** its clock stood still while nobody could decide, or its office works at other times now (AE-SLA-5) */
  | {
      type: 'seat.retimed';
      seatId: string;
      cause: 'UNBLOCKED' | 'CALENDAR';
      rungs: readonly Rung[];
      dueAt: string | null;
      at: string;
    }
  /** waits for seats added below it, or for others to join a return */
  | { type: 'seat.parked'; seatId: string; code: string; at: string }
  | { type: 'seat.added'; seat: Seat; reason: string; skipped?: readonly Dropped[] }
  | {
      type: 'seat.transferred';
      seatId: string;
      holderId: string;
      cause:
        | 'TRANSFER'
        | 'ESCALATION'
        /** by an admin, as part of handing over what somebody holds */
        | 'REASSIGNED'
        /** the holder has left, or lost the role the stage insists on */
        | 'LEAVE'
        | 'ROLE_LOST'
        /** what separates duties keeps the holder out by now */
        | 'SOD_DRIFT'
        /** the reporting line names somebody else by now, and the stage follows it (AE-MGR-2) */
        | 'ORG_CHANGED'
        /** to a stand-in while somebody is away, and back */
        | 'ABSENCE'
        | 'ABSENCE_END';
      /** left out: nobody is away */
      standIn?: StandIn | null;
      /** whom the policy names now; left out: as before */
      ownerId?: string;
      /** who came first and could not take it, and why */
      skipped?: readonly Dropped[];
      reason: string;
      dueAt: string | null;
      rungs: readonly Rung[];
      at: string;
    }
  | {
      type: 'rung.fired';
      seatId: string;
      visit: number;
      rungId: string;
      kind: RungKind;
      targets: readonly string[];
      at: string;
    }
  /** all stages have passed; the approval itself comes at `effectAt` */
  | { type: 'request.passed'; effectAt: string; at: string }
  /** `stop`: by a block of the customer */
  | { type: 'request.returned'; pendingReturn: PendingReturn; stop?: Stop; at: string }
  /**
   * somebody else answers the return: whoever the initiator reported to, when they have left (AE-RES-2), or, with a reason,
   * whom an admin named (AE-RES-1)
   */
  | { type: 'initiator.replaced'; personId: string; reason?: string; at: string }
  /** the initiator of a returned request was reminded (AE-RES-2) */
  | { type: 'request.reminded'; targets: readonly string[]; at: string }
  | {
      type: 'request.closed';
      state: 'APPROVED' | 'REJECTED' | 'WITHDRAWN' | 'TERMINATED' | 'EXPIRED';
      code: string | null;
      by: Actor['id'];
      /** the initiator, when an admin took the request back for them (AE-WD-1) */
      onBehalfOf: string | null;
      reason: string | null;
      at: string;
    }
  | SubjectEvent
  /** after it was approved, by a request of its own (AE-RV-1) */
  | { type: 'request.revoked'; revocationId: string; reason: string; at: string };

export type ApprovalEventType = ApprovalEvent['type'];
