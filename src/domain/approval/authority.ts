import { Decimal } from 'decimal.js';
import { DomainError } from '../errors.js';
import type { DirectoryPerson, DirectorySnapshot } from '../org/directory.js';

/** AE-MGR-1: a longer reporting line than this is a mistake in the organisation, not a company. */
const MAX_LEVELS = 12;

export interface Exposure {
  amount: string;
  currency: string;
}

/** Largest exposure the person may approve in the currency, over all grants that cover the unit; null = none at all. */
export function authorityOf(
  person: DirectoryPerson,
  currency: string,
  unitPath: readonly string[],
): Decimal | null {
  const limits = person.grants
    .filter((grant) => grant.limit !== null && grant.currency === currency)
    .filter((grant) => grant.unitId === null || unitPath.includes(grant.unitId))
    .map((grant) => new Decimal(grant.limit!));
  return limits.length === 0 ? null : Decimal.max(...limits);
}

/** Exposure exactly at the limit suffices (AE-MGR-1). No exposure needs no authority. */
export function mayApprove(
  person: DirectoryPerson,
  exposure: Exposure | null,
  unitPath: readonly string[],
): boolean {
  if (!exposure) return true;
  const authority = authorityOf(person, exposure.currency, unitPath);
  return authority !== null && authority.gte(exposure.amount);
}

/**
 * The reporting line above a person, nearest first, inactive managers included (callers note and skip them).
 * @throws DomainError ORG_CYCLE the line returns to itself or has more than 12 levels
 */
export function managersAbove(personId: string, directory: DirectorySnapshot): DirectoryPerson[] {
  const { line, through } = walkUp(personId, directory);
  if (through !== null) throw new DomainError('ORG_CYCLE', { personId, through });
  return line;
}

/** The same for what must not wait until the organisation is mended: a circle ends the line before it closes. */
export function managersKnown(personId: string, directory: DirectorySnapshot): DirectoryPerson[] {
  return walkUp(personId, directory).line;
}

function walkUp(
  personId: string,
  directory: DirectorySnapshot,
): { line: DirectoryPerson[]; through: string | null } {
  const line: DirectoryPerson[] = [];
  const seen = new Set([personId]);
  let next = directory.people[personId]?.managerId ?? null;
  while (next !== null) {
    const manager = directory.people[next];
    if (!manager) break;
    if (seen.has(next) || line.length === MAX_LEVELS) return { line, through: next };
    seen.add(next);
    line.push(manager);
    next = manager.managerId;
  }
  return { line, through: null };
}

/** Units from the subject's own up to the root, as its initiator's reporting line shows them. */
export function unitPathOf(
  unitId: string,
  personIds: readonly string[],
  directory: DirectorySnapshot,
): string[] {
  for (const id of personIds) {
    const units = directory.people[id]?.unitIds ?? [];
    const from = units.indexOf(unitId);
    if (from >= 0) return units.slice(from);
  }
  return [unitId];
}
