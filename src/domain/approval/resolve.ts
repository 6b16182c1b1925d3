import { Decimal } from 'decimal.js';
import type { DirectoryPerson, DirectorySnapshot } from '../org/directory.js';
import { managersAbove } from './authority.js';
import { findCandidates, roleHolders, type Candidate, type Who } from './candidates.js';
import type { Dropped } from './events.js';
import type { SeatReason } from './model.js';
import { isSelf } from './self.js';
import type { StageSpec } from './stage-spec.js';
import { awayFrom, presentFor, standInFor } from './stand-in.js';

export { isSelf } from './self.js';

/** A seat to be: whom the policy named, who would hold it, and why. */
export interface SeatDraft {
  ownerId: string;
  holderId: string;
  weight: number;
  group: string | null;
  /** in words: how the resolver came to this person */
  text: string;
  /** by which absences somebody else holds it; left out: they hold it themselves */
  absenceIds?: readonly string[];
}

/** Who would sit in a stage now. `code` says why nobody does. */
export interface Staffing {
  outcome: 'SEATS' | 'SKIP' | 'BLOCK';
  code: 'EMPTY' | 'SELF' | null;
  seats: readonly SeatDraft[];
  dropped: readonly Dropped[];
}

/**
 * Staffs one stage at the snapshot's instant: resolver → separation of duties → absence → self-approval → duplicates → empty policy.
 * Used alike by preview, submission and activation (AE-PLAN-1, AE-PLAN-4).
 */
export function staffStage(spec: StageSpec, who: Who, directory: DirectorySnapshot): Staffing {
  const { found, dropped } = findCandidates(spec.resolver, who, spec.key, directory);
  const judged = judge(found, spec, who, directory);
  if (judged.selfBlocked)
    return { outcome: 'BLOCK', code: 'SELF', seats: [], dropped: [...dropped, ...judged.dropped] };
  const seats = mergeSamePerson(judged.seats, directory);
  const allDropped = [...dropped, ...judged.dropped];
  if (seats.length > 0) return { outcome: 'SEATS', code: null, seats, dropped: allDropped };
  return emptyStage(spec, who, directory, allDropped);
}

interface Judged {
  seats: SeatDraft[];
  dropped: Dropped[];
  selfBlocked: boolean;
}

function judge(found: readonly Candidate[], spec: StageSpec, who: Who, directory: DirectorySnapshot): Judged {
  const judged: Judged = { seats: [], dropped: [], selfBlocked: false };
  const present = found.filter(({ person }) => !awayFrom(person, who));
  const seated = new Set(present.map(({ person }) => person.identity));
  for (const candidate of found) {
    const { person } = candidate;
    if (candidate.pooled && awayFrom(person, who) && present.length > 0) {
      judged.dropped.push({ personId: candidate.person.id, code: 'AWAY' });
      continue;
    }
    const barred = isSelf(person, who, directory) ? null : who.separated?.([person.id]);
    if (barred) {
      judged.dropped.push({ personId: person.id, code: barred });
      continue;
    }
    const stoodIn = standInFor(person, who, directory, ({ id, identity }) =>
      seated.has(identity) ? 'DUPLICATE' : (who.separated?.([id]) ?? null),
    );
    const { holder } = stoodIn;
    judged.dropped.push(...stoodIn.skipped);
    if (!holder) {
      judged.dropped.push({ personId: candidate.person.id, code: 'AWAY' });
    } else if (!isSelf(candidate.person, who, directory)) {
      judged.seats.push(draft(candidate, holder, stoodIn.absenceIds));
      seated.add(holder.identity);
    } else {
      judgeSelf(judged, candidate, found, spec, who, directory);
    }
  }
  return judged;
}

/** AE-SELF-1. */
function judgeSelf(
  judged: Judged,
  candidate: Candidate,
  found: readonly Candidate[],
  spec: StageSpec,
  who: Who,
  directory: DirectorySnapshot,
): void {
  if (spec.self === 'BLOCK') {
    judged.selfBlocked = true;
    return;
  }
  const separated = who.separated?.([candidate.person.id]) ?? null;
  if (typeof spec.self === 'object' && underCap(spec.self, who) && separated === null) {
    judged.seats.push({
      ...draft(candidate, candidate.person),
      text: `${candidate.text}; self-approval allowed below the cap`,
    });
    return;
  }
  judged.dropped.push({ personId: candidate.person.id, code: separated ?? 'INITIATOR' });
  const others = found.some(({ person }) => !isSelf(person, who, directory));
  if (spec.self === 'REMOVE_IF_OTHERS' && others) return;
  const above = upChain(candidate.person.id, who, directory);
  if (above)
    judged.seats.push({ ...draft(candidate, above), ownerId: above.id, text: 'next above the initiator' });
}

/** The next active manager above who does not count as initiator, or whoever stands in for that manager. */
function upChain(personId: string, who: Who, directory: DirectorySnapshot): DirectoryPerson | null {
  for (const manager of managersAbove(personId, directory)) {
    if (!manager.active || isSelf(manager, who, directory)) continue;
    const holder = presentFor(manager, who, directory);
    if (holder && !who.separated?.([holder.id])) return holder;
  }
  return null;
}

/** AE-Q-8: one human, one seat; the larger weight, both reasons. */
function mergeSamePerson(seats: readonly SeatDraft[], directory: DirectorySnapshot): SeatDraft[] {
  const byIdentity = new Map<string, SeatDraft>();
  for (const seat of seats) {
    const identity = directory.people[seat.holderId]?.identity ?? seat.holderId;
    const key = `${seat.group ?? ''}/${identity}`;
    const first = byIdentity.get(key);
    byIdentity.set(
      key,
      first
        ? {
            ...first,
            weight: Math.max(first.weight, seat.weight),
            text: [...new Set([first.text, seat.text])].join('; '),
          }
        : seat,
    );
  }
  return [...byIdentity.values()];
}

/** AE-EMPTY-1. Never auto-approves; SKIP only where the policy calls the stage low risk. */
function emptyStage(
  spec: StageSpec,
  who: Who,
  directory: DirectorySnapshot,
  dropped: readonly Dropped[],
): Staffing {
  const seats = fallbackSeats(spec, who, directory);
  if (seats.length > 0) return { outcome: 'SEATS', code: 'EMPTY', seats, dropped };
  const skip = spec.empty.kind === 'SKIP' && spec.risk === 'LOW';
  return { outcome: skip ? 'SKIP' : 'BLOCK', code: 'EMPTY', seats: [], dropped };
}

function fallbackSeats(spec: StageSpec, who: Who, directory: DirectorySnapshot): SeatDraft[] {
  switch (spec.empty.kind) {
    case 'BLOCK':
    case 'SKIP':
      return [];
    case 'UP_CHAIN': {
      const above = upChain(who.initiatorId, who, directory);
      return above
        ? [{ ownerId: above.id, holderId: above.id, weight: 1, group: null, text: 'nobody else; next above' }]
        : [];
    }
    case 'FALLBACK':
    case 'ADMIN_QUEUE': {
      const role = spec.empty.kind === 'FALLBACK' ? spec.empty.role : 'ADMIN';
      return roleHolders(role, 'NEAREST', who, directory)
        .found.filter(
          ({ person }) =>
            !isSelf(person, who, directory) && !awayFrom(person, who) && !who.separated?.([person.id]),
        )
        .map((candidate) => ({
          ...draft(candidate, candidate.person),
          text: `nobody else; ${candidate.text}`,
        }));
    }
  }
}

function underCap(allow: { cap: string; currency: string }, who: Who): boolean {
  if (!who.exposure) return true;
  return who.exposure.currency === allow.currency && new Decimal(who.exposure.amount).lte(allow.cap);
}

function draft(candidate: Candidate, holder: DirectoryPerson, absenceIds: readonly string[] = []): SeatDraft {
  return {
    ownerId: candidate.person.id,
    holderId: holder.id,
    weight: candidate.weight,
    group: candidate.group,
    ...(absenceIds.length === 0 ? {} : { absenceIds }),
    text:
      holder.id === candidate.person.id
        ? candidate.text
        : `${candidate.text}; stands in for ${candidate.person.name}`,
  };
}

/** The reasons a seat shows: why its stage exists, and how its holder was found. */
export function seatReasons(stageWhy: readonly SeatReason[], seat: Pick<SeatDraft, 'text'>): SeatReason[] {
  return stageWhy.map((reason) => ({ ...reason, text: `${reason.text} → ${seat.text}` }));
}
