import type { ApprovalEvent } from '../../domain/approval/events.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import type { Cast } from './cast.js';
import type { NameOf } from './person-ref.js';

/** Stages of the plan, also those that never began. */
export type PlannedStages = readonly Pick<StageSpec, 'key' | 'title'>[];

const ABOUT_CUSTOMER: ReadonlySet<string> = new Set(['CREDIT', 'GROUP']);

/** Which sentence tells the event. */
export function keyOf(event: ApprovalEvent): string {
  switch (event.type) {
    case 'request.submitted':
      if (event.amends) return 'request.amendment-submitted';
      return event.round > 1 ? 'request.resubmitted' : event.type;
    case 'seat.decided':
      return `seat.${event.decision.action.toLowerCase()}`;
    case 'stage.closed':
    case 'request.closed':
      return `${event.type}.${event.state.toLowerCase()}`;
    case 'seat.transferred':
      return event.cause === 'TRANSFER' || event.cause === 'ESCALATION'
        ? event.type
        : `${event.type}.${event.cause.toLowerCase()}`;
    case 'rung.fired':
      return `rung.${event.kind.toLowerCase()}`;
    case 'stage.activated':
    case 'stage.blocked':
    case 'stage.restaffed':
    case 'stage.named':
    case 'stage.skipped':
    case 'seat.opened':
    case 'seat.deduped':
    case 'seat.deferred':
    case 'seat.closed':
    case 'seat.drifted':
    case 'seat.parked':
    case 'seat.retracted':
    case 'seat.return-lapsed':
    case 'seat.retimed':
    case 'seat.restored':
    case 'stage.reopened':
    case 'request.passed':
    case 'stage.outcome-accepted':
    case 'stage.claimed':
    case 'stage.released':
    case 'seat.added':
    case 'request.reminded':
    case 'request.revoked':
    case 'attachment.added':
    case 'seat.urged':
    case 'request.migrated':
    case 'request.copied':
    case 'request.amended':
    case 'request.stale':
    case 'subject.edited':
    case 'facts.refreshed':
      return event.type;
    case 'request.reassessed':
      if (event.broken?.length) return 'request.refreshed.again';
      if (event.cause.kind === 'SNAPSHOT') return 'request.refreshed';
      return ABOUT_CUSTOMER.has(event.cause.kind) ? `${event.type}.customer` : event.type;
    case 'request.returned':
      return event.stop ? `request.stopped.${event.stop.cause.toLowerCase()}` : event.type;
    case 'request.reverted':
      return `${event.type}.${event.outcome.toLowerCase()}`;
    case 'initiator.replaced':
      return event.reason === undefined ? event.type : `${event.type}.named`;
  }
}

/** Values the line's words are filled with; null = not worth a line of its own. */
export function paramsOf(
  event: ApprovalEvent,
  { stages, seats, unasked, planned }: Cast & { planned: PlannedStages },
  nameOf: NameOf,
): Record<string, string> | null {
  const stageTitle = (id: string | undefined) => (id ? (stages.get(id)?.spec.title ?? '') : '');
  const titleOf = (key: string) =>
    [...stages.values()].findLast(({ spec }) => spec.key === key)?.spec.title ??
    planned.find((spec) => spec.key === key)?.title ??
    key;
  const seatOf = (id: string) => ({
    stage: stageTitle(seats.get(id)?.stageId),
    person: name(seats.get(id)?.holderId),
  });
  const name = (id: string | null | undefined) => nameOf(id)?.name ?? '';
  const names = (ids: readonly string[]) => [...new Set(ids)].map(name).filter(Boolean).join(', ');
  switch (event.type) {
    case 'request.submitted':
      return { round: String(event.round), changed: String(event.changed) };
    case 'stage.activated':
    case 'stage.restaffed': {
      const asked = event.seats.filter(({ id }) => !unasked.has(id));
      if (asked.length < event.seats.length && asked.length === 0) return null;
      return { stage: stageTitle(event.stageId), people: names(asked.map(({ holderId }) => holderId)) };
    }
    case 'stage.blocked':
    case 'stage.skipped':
      return {
        stage: stageTitle(event.stageId),
        code: event.code,
        people: names(event.dropped.map(({ personId }) => personId)),
      };
    case 'stage.named':
      return { stage: stageTitle(event.stageId), people: names(event.personIds) };
    case 'stage.claimed':
    case 'stage.released':
      return { stage: stageTitle(event.stageId) };
    case 'stage.outcome-accepted':
      return { stage: stageTitle(event.stageId), outcome: event.outcome };
    case 'stage.closed':
      // told by the line of the move
      if (event.code === 'MIGRATED') return null;
      return { stage: stageTitle(event.stageId), code: event.code ?? '' };
    case 'seat.opened':
    case 'seat.decided':
    case 'seat.urged':
    case 'seat.drifted':
    case 'seat.retracted':
    case 'seat.return-lapsed':
      return seatOf(event.seatId);
    case 'seat.deduped':
      return { ...seatOf(event.seatId), earlier: titleOf(event.earlier.stageKey) };
    case 'seat.deferred':
      return { ...seatOf(event.seatId), later: titleOf(event.stageKey) };
    case 'seat.closed':
      return event.state === 'REMOVED' ? { ...seatOf(event.seatId), reason: event.reason ?? '' } : null;
    case 'request.passed':
      return { at: event.effectAt };
    case 'facts.refreshed':
    case 'seat.parked':
    case 'seat.retimed':
    case 'seat.restored':
    case 'stage.reopened':
      return null;
    case 'seat.added':
      return {
        stage: stageTitle(event.seat.stageId),
        person: name(event.seat.holderId),
        reason: event.reason,
      };
    case 'seat.transferred':
      return { ...seatOf(event.seatId), to: name(event.holderId), reason: event.reason };
    case 'rung.fired':
      return { ...seatOf(event.seatId), rung: event.rungId, people: names(event.targets) };
    case 'initiator.replaced':
      return { person: name(event.personId) };
    case 'request.reminded':
      return { people: names(event.targets) };
    case 'request.returned':
      return { to: event.pendingReturn.to, resume: event.pendingReturn.resume };
    case 'attachment.added':
      return { name: event.attachment.name };
    case 'request.copied':
      return {
        people: names(event.personIds),
        skipped: names(event.skipped.map(({ personId }) => personId)),
      };
    case 'request.revoked':
    case 'request.amended':
      return {};
    case 'request.migrated':
      return {
        from: String(event.from.version),
        to: String(event.facts.policy.version),
        people: names(event.moves.flatMap(({ carried }) => carried)),
      };
    case 'request.reassessed':
      return {
        what: event.cause.text,
        changes: event.changes.map(({ name, before, after }) => `${name} ${before} → ${after}`).join(', '),
        stages: event.added.map(titleOf).join(', '),
        again: (event.broken ?? []).map(({ stageKey }) => titleOf(stageKey)).join(', '),
      };
    case 'subject.edited':
    case 'request.stale':
      return { stages: event.broken.map(({ stageKey }) => titleOf(stageKey)).join(', ') };
    case 'request.reverted':
      return { round: String(event.toRound) };
    case 'request.closed':
      return { code: event.code ?? '' };
  }
}
