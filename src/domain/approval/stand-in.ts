import { Decimal } from 'decimal.js';
import type { Away, DirectoryPerson, DirectorySnapshot } from '../org/directory.js';
import { managersKnown } from './authority.js';
import type { Who } from './candidates.js';
import type { Dropped } from './events.js';
import { isSelf } from './self.js';

const MAX_DELEGATE_HOPS = 3;

/** Why somebody cannot take a seat here; null when they can. */
export type Bars = (person: DirectoryPerson) => Dropped['code'] | null;

/** Who acts in somebody's place, by which absences, and who came first and could not. */
export interface StoodIn {
  /** the person themselves while they are there; null when nobody is */
  holder: DirectoryPerson | null;
  absenceIds: readonly string[];
  skipped: readonly Dropped[];
}

/** The rule that takes this kind of request from the person now; null while they answer themselves (AE-ABS-1). */
export function awayFrom(person: DirectoryPerson, who: Who): Away | null {
  return rulesFor(person, who).find(({ share }) => share !== true) ?? null;
}

/** The rule by which somebody else may answer besides the person now (AE-ABS-4). */
export function sharedBy(person: DirectoryPerson, who: Who): Away | null {
  return rulesFor(person, who).find(({ share }) => share === true) ?? null;
}

function rulesFor({ away, alsoAway = [] }: DirectoryPerson, { policy, requestKind }: Who): Away[] {
  return [...(away ? [away] : []), ...alsoAway].filter(
    ({ kinds }) =>
      !kinds ||
      policy === undefined ||
      kinds.includes(policy.kind) ||
      (requestKind !== undefined && kinds.includes(requestKind)),
  );
}

/**
 * AE-ABS-3: delegates are followed up to three hops; where that ends at nobody who is there and may, the manager of the
 * absent one, nearest first. A delegate is barred who counts as initiator, has left, sits in the stage already, or above
 * whose limit the request is.
 */
export function standInFor(
  person: DirectoryPerson,
  who: Who,
  directory: DirectorySnapshot,
  bars: Bars = () => null,
): StoodIn {
  const absenceIds: string[] = [];
  const skipped: Dropped[] = [];
  const seen = new Set([person.id]);
  let current = person;
  for (let rule = awayFrom(current, who); rule; rule = awayFrom(current, who)) {
    if (rule.absenceId) absenceIds.push(rule.absenceId);
    const delegate = rule.delegateId ? directory.people[rule.delegateId] : undefined;
    if (!delegate || seen.has(delegate.id) || seen.size > MAX_DELEGATE_HOPS) break;
    const code =
      barredDelegate(delegate, rule, who, directory) ?? (awayFrom(delegate, who) ? null : bars(delegate));
    if (code) {
      skipped.push({ personId: delegate.id, code });
      break;
    }
    seen.add(delegate.id);
    current = delegate;
  }
  if (!awayFrom(current, who)) return { holder: current, absenceIds, skipped };
  for (const manager of managersKnown(person.id, directory)) {
    if (!manager.active || awayFrom(manager, who) || isSelf(manager, who, directory)) continue;
    const code = bars(manager);
    if (!code) return { holder: manager, absenceIds, skipped };
    skipped.push({ personId: manager.id, code });
  }
  return { holder: null, absenceIds, skipped };
}

/** Who acts while the person is away, where nothing else speaks against anybody; null when nobody is there. */
export function presentFor(
  person: DirectoryPerson,
  who: Who,
  directory: DirectorySnapshot,
): DirectoryPerson | null {
  return standInFor(person, who, directory).holder;
}

function barredDelegate(
  delegate: DirectoryPerson,
  { maxAmount }: Away,
  who: Who,
  directory: DirectorySnapshot,
): Dropped['code'] | null {
  if (!delegate.active) return 'INACTIVE';
  if (isSelf(delegate, who, directory)) return 'INITIATOR';
  return maxAmount && exceeds(who.exposure, maxAmount) ? 'OVER_LIMIT' : null;
}

/** An amount in another currency cannot be known to be within the limit. */
function exceeds(exposure: Who['exposure'], limit: { amount: string; currency: string }): boolean {
  if (!exposure) return false;
  return exposure.currency !== limit.currency || new Decimal(exposure.amount).gt(limit.amount);
}
