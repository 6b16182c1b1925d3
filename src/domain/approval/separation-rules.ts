import type { Role } from '../org/directory.js';

/**
 * AE-SOD-1: what separates duties, as policy data. `stages` names the stages it is for; left out, all of them.
 * DISTINCT: nobody says yes in both · NOT_BOTH: nobody who holds both roles says yes · MIN_PERSONS: so many humans have
 * said yes before the request is approved.
 */
export type Separation =
  | { kind: 'DISTINCT'; stages: readonly [string, string] }
  | {
      kind: 'NOT_INITIATOR' | 'NOT_BENEFICIARY' | 'NOT_REPORT_OF_INITIATOR';
      stages?: readonly string[];
    }
  | { kind: 'NOT_BOTH'; roles: readonly [Role, Role]; stages?: readonly string[] }
  | { kind: 'MIN_PERSONS'; count: number };

/** An account and the human behind it: equal identities are one human. */
export interface Account {
  personId: string;
  identity: string;
}

/** What a constraint was judged on: enough to judge it again without the organisation (AE-SOD-5). */
export interface SeparationInputs {
  /** whoever answers and whoever they answer for, with every account of theirs (AE-SOD-2) */
  acting: readonly Account[];
  /**
   * whom they are held against: initiators or beneficiaries · DISTINCT: who said yes in the other stage · MIN_PERSONS: who
   * has said yes in person so far, this answer included · NOT_BOTH: nobody
   */
  others: readonly Account[];
  /** NOT_REPORT_OF_INITIATOR only: everybody above the acting */
  above?: readonly Account[];
  /** NOT_BOTH only: which of the two roles the accounts hold over the subject's unit */
  held?: readonly { personId: string; role: Role }[];
  /** MIN_PERSONS only: this yes would be the last one needed */
  completes?: boolean;
}

export interface SeparationEvidence {
  constraint: Separation;
  inputs: SeparationInputs;
  verdict: 'HELD' | 'VIOLATED';
}

/** Short name of a constraint, as refusals and dropped candidates give it. */
export type SeparationCode =
  'DISTINCT' | 'INITIATOR' | 'BENEFICIARY' | 'REPORT_OF_INITIATOR' | 'NOT_BOTH' | 'MIN_PERSONS';

export function separationCode({ kind }: Separation): SeparationCode {
  switch (kind) {
    case 'NOT_INITIATOR':
      return 'INITIATOR';
    case 'NOT_BENEFICIARY':
      return 'BENEFICIARY';
    case 'NOT_REPORT_OF_INITIATOR':
      return 'REPORT_OF_INITIATOR';
    case 'DISTINCT':
    case 'NOT_BOTH':
    case 'MIN_PERSONS':
      return kind;
  }
}

/** The verdict that the inputs alone give: the same when it was given and whenever it is judged again. */
export function verdictOn(constraint: Separation, inputs: SeparationInputs): SeparationEvidence['verdict'] {
  return holds(constraint, inputs) ? 'HELD' : 'VIOLATED';
}

function holds(
  constraint: Separation,
  { acting, others, above, held, completes }: SeparationInputs,
): boolean {
  switch (constraint.kind) {
    case 'DISTINCT':
    case 'NOT_INITIATOR':
    case 'NOT_BENEFICIARY':
      return !share(acting, others);
    case 'NOT_REPORT_OF_INITIATOR':
      return !share(above ?? [], others);
    case 'NOT_BOTH':
      return !acting.some(({ identity }) => holdsBoth(constraint.roles, identity, acting, held ?? []));
    case 'MIN_PERSONS':
      return completes !== true || humans(others).size >= constraint.count;
  }
}

function holdsBoth(
  roles: readonly Role[],
  identity: string,
  acting: readonly Account[],
  held: NonNullable<SeparationInputs['held']>,
): boolean {
  const accounts = acting.filter((account) => account.identity === identity).map(({ personId }) => personId);
  return roles.every((role) => held.some((one) => one.role === role && accounts.includes(one.personId)));
}

function share(some: readonly Account[], others: readonly Account[]): boolean {
  const there = humans(others);
  return some.some(({ identity }) => there.has(identity));
}

function humans(accounts: readonly Account[]): Set<string> {
  return new Set(accounts.map(({ identity }) => identity));
}
