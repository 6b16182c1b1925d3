/** The roles that authority binds to. Titles are only text; rank and rights are data (`role_grant`, `role_permission`). */
export const ROLES = [
  'REP',
  'TEAM_LEAD',
  'REGIONAL_DIRECTOR',
  'SALES_MANAGER',
  'GENERAL_MANAGER',
  'FINANCE',
  'CFO',
  'LEGAL',
  'CREDIT',
  'DELIVERY',
  'BACK_OFFICE',
  'SEAL_KEEPER',
  'HR',
  'OPS',
  'ADMIN',
  'AUDITOR',
] as const;
export type Role = (typeof ROLES)[number];

/** A right bound to (role, scope, money limit, currency); validity was applied when the snapshot was taken. */
export interface RoleGrant {
  role: Role;
  /** unit the grant covers, with everything below it; null = everywhere */
  unitId: string | null;
  /** largest exposure this grant may approve, decimal string, inclusive; null = no money authority bound */
  limit: string | null;
  currency: string | null;
}

export interface DirectoryPerson {
  id: string;
  name: string;
  title: string | null;
  active: boolean;
  /** head of the nearest unit above that is not this person; null at the top or when vacant all the way up */
  managerId: string | null;
  /** own unit first, then its ancestors in the reporting hierarchy, root last */
  unitIds: readonly string[];
  grants: readonly RoleGrant[];
  /** the office whose hours they work; left out: the company's own */
  officeKey?: string;
  /** equal for every account of one human (identity closure) */
  identity: string;
  /** whoever takes over what is theirs in person, named when they left (AE-LEAVE-1) */
  successorId?: string | null;
  /** set while an absence covers the snapshot instant */
  away: Away | null;
  /** further absences of the same instant, for other kinds of request */
  alsoAway?: readonly Away[];
}

/** What an absence says at one instant (AE-ABS-1). */
export interface Away {
  /** ISO instant */
  until: string;
  delegateId: string | null;
  absenceId?: string;
  /** kinds of policy, and request kinds as `request.expense`, it is about; left out: all */
  kinds?: readonly string[] | null;
  /** above it the delegate does not act */
  maxAmount?: { amount: string; currency: string } | null;
  /** the delegate may answer besides the person, not instead */
  share?: boolean;
}

/**
 * The organisation as far as one request needs it, at one instant. Plans are pure functions of it, so equal
 * snapshots give byte-equal plans (AE-PLAN-1). `revision` changes with every change of the organisation.
 */
export interface DirectorySnapshot {
  revision: string;
  /** ISO instant */
  at: string;
  people: Readonly<Record<string, DirectoryPerson>>;
  /** unit id → name, for reasons a person can read */
  units: Readonly<Record<string, string>>;
  /** unit id → who leads it, the first choice first: its head, its deputy, then those of the units above (AE-MGR-1) */
  heads?: Readonly<Record<string, readonly string[]>>;
}
