import type { Actor } from '../actor.js';
import type { BrokenStage } from './earlier.js';
import type { Measured } from './envelope.js';
import type { FactSnapshot } from './fact-source.js';
import type { ApprovalState, Stage } from './model.js';
import type { FactChange, Reassessment } from './reassessment.js';

/** What happens to what a request is about, or to what it is judged by; `at` is Postgres' clock. */
export type SubjectEvent =
  /** an approved subject was changed inside what was approved: the approval stands on the new content (AE-ENV-3) */
  | {
      type: 'request.amended';
      subjectHash: string;
      measured?: Measured;
      exposure: ApprovalState['exposure'];
      at: string;
    }
  /** it was changed beyond that: nothing follows from it until it is approved anew */
  | { type: 'request.stale'; subjectHash: string; broken: readonly BrokenStage[]; at: string }
  /**
   * an approver changed the content with their answer, which comes next (AE-SUB-2). `stages`: all of the round from here on,
   * in their order; `added` and `broken` say which of them are new, and whose approvals do not hold any more
   */
  | {
      type: 'subject.edited';
      seatId: string;
      fields: readonly string[];
      /** digest of the content before */
      from: string;
      subjectHash: string;
      measured?: Measured;
      exposure: ApprovalState['exposure'];
      stages: readonly Stage[];
      added: readonly string[];
      broken: readonly BrokenStage[];
      at: string;
    }
  /** what was read from the books is so at a later instant, too (AE-MGR-3) */
  | { type: 'facts.refreshed'; snapshots: readonly FactSnapshot[]; at: string }
  /** prices, costs or rates moved while people decide: `stages` are all of the round from here on, `added` the new ones */
  | {
      type: 'request.reassessed';
      cause: Reassessment;
      changes: readonly FactChange[];
      measured?: Measured;
      exposure: ApprovalState['exposure'];
      /** of what was read again from the books (AE-MGR-3) */
      snapshots?: readonly FactSnapshot[];
      stages: readonly Stage[];
      added: readonly string[];
      /** whose approvals do not hold any more; left out: nobody's */
      broken?: readonly BrokenStage[];
      at: string;
    }
  /** the round that would have changed an approval ended without one: what was approved before stands again */
  | {
      type: 'request.reverted';
      outcome: 'REJECTED' | 'WITHDRAWN' | 'TERMINATED' | 'EXPIRED';
      /** the round that stands */
      toRound: number;
      by: Actor['id'];
      onBehalfOf: string | null;
      reason: string | null;
      at: string;
    };
