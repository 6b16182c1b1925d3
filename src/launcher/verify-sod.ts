import { readFileSync } from 'node:fs';
import { firstBadSeqOf, type RequestLog } from '../commands/audit/request-log.js';
import type { ApprovalEvent } from '../domain/approval/events.js';
import { checkSeparation, type Unproven } from '../domain/approval/separation-check.js';
import { LaunchFailure } from './failure.js';

export interface SodVerdict {
  decisions: number;
  judged: number;
  /** the first approval whose evidence does not hold; CHAIN: the log up to it is not what was written */
  bad: { seq: number; constraint: string | null; why: Unproven['why'] | 'CHAIN' } | null;
  /** the first event that is not what was written, whatever it is about */
  firstBadSeq: number | null;
}

/** AE-SOD-5: judges every approval of a person again, from the request's events alone. */
export function verifySod(log: RequestLog): SodVerdict {
  const firstBadSeq = firstBadSeqOf(log);
  const events = log.events.map(({ seq, payload }) => ({ seq, event: payload as unknown as ApprovalEvent }));
  const { decisions, judged, unproven } = checkSeparation(events, firstBadSeq);
  const [first] = unproven;
  if (first) return { decisions, judged, bad: first, firstBadSeq };
  const after = events.find(
    ({ seq, event }) =>
      firstBadSeq !== null &&
      seq >= firstBadSeq &&
      event.type === 'seat.decided' &&
      event.decision.action === 'APPROVE',
  );
  const bad = after ? { seq: after.seq, constraint: null, why: 'CHAIN' as const } : null;
  return { decisions, judged, bad, firstBadSeq };
}

/** @throws LaunchFailure the file was not written by `--save` */
export function requestLogIn(file: string): RequestLog {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<RequestLog>;
    const { requestId, head, events } = found;
    if (typeof requestId === 'string' && head && Array.isArray(events))
      return { requestId, head, events: events as RequestLog['events'] };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new LaunchFailure(
    `${file} is no log of a request`,
    'write one with npx sealflow verify-sod <request> --save <file>',
  );
}
