import type { ApprovalEvent } from '../../domain/approval/events.js';
import { isErased } from '../audit/unseal.js';
import { castOf, follow } from './cast.js';
import type { NameOf, PersonRef } from './person-ref.js';
import type { StoredEvent } from './request-events.js';
import { keyOf, paramsOf, type PlannedStages } from './timeline-words.js';

export interface TimelineEntry {
  seq: number;
  at: string;
  type: string;
  actor: PersonRef | null;
  onBehalfOf: PersonRef | null;
  text: { key: string; params: Record<string, string> };
  comment: string | null;
  /** it had a comment, which was erased (AE-AUD-3) */
  erased: boolean;
}

/**
 * What happened, one line per thing a person would tell; each seat's silent end is told by its stage's line.
 * @param roundComments what the initiator said with each round, the first round first
 */
export function timelineOf(
  events: readonly StoredEvent[],
  nameOf: NameOf,
  roundComments: readonly (string | null)[],
  planned: PlannedStages,
): TimelineEntry[] {
  const cast = { ...castOf(events), planned };
  return events.flatMap((event) => {
    const params = paramsOf(event.payload, cast, nameOf);
    follow(cast, event.payload);
    if (!params) return [];
    const comment = commentOf(event.payload, roundComments);
    return {
      seq: Number(event.seq),
      at: event.at.toISOString(),
      type: event.type,
      actor: nameOf(event.actor),
      onBehalfOf: nameOf(event.on_behalf_of),
      text: { key: keyOf(event.payload), params },
      comment: isErased(comment) ? null : comment,
      erased: isErased(comment),
    };
  });
}

function commentOf(event: ApprovalEvent, roundComments: readonly (string | null)[]): string | null {
  switch (event.type) {
    case 'request.submitted':
      return roundComments[event.round - 1] ?? null;
    case 'seat.decided':
      return event.decision.comment;
    case 'seat.urged':
      return event.comment;
    case 'initiator.replaced':
      return event.reason ?? null;
    case 'request.closed':
    case 'request.reverted':
    case 'request.revoked':
    case 'request.migrated':
    case 'seat.retracted':
    case 'stage.restaffed':
    case 'stage.named':
    case 'stage.outcome-accepted':
      return event.reason;
    default:
      return null;
  }
}
