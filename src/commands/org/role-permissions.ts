import type { EntityManager } from 'typeorm';
import type { Role } from '../../domain/org/directory.js';

type Scope = 'OWN' | 'TEAM' | 'REGION' | 'ALL';
type Rights = Readonly<Record<string, Scope>>;

/** What everybody has: their own approvals (whoever holds a seat decides it), their absence, who is who. */
const EVERYBODY: Rights = {
  'approval:read': 'OWN',
  'approval:decide': 'OWN',
  'absence:write': 'OWN',
  'org:read': 'ALL',
  'customer:read': 'ALL',
  'product:read': 'ALL',
};

const SALES: Rights = {
  ...EVERYBODY,
  'quote:write': 'OWN',
  'quote:submit': 'OWN',
  'opportunity:write': 'OWN',
  'contact:read': 'OWN',
  'contact:write': 'OWN',
};

/** Works on the deals of others, as far as `scope` (processes §3.8). */
function dealing(scope: Scope): Rights {
  return { 'opportunity:write': scope, 'contact:read': scope, 'contact:write': scope };
}

/** Reads what sales do, as far as `scope`. */
function reading(scope: Scope): Rights {
  return {
    ...(scope === 'OWN' ? {} : { 'figures:read': scope }),
    'quote:read': scope,
    'opportunity:read': scope,
    'contract:read': scope,
    'approval:read': scope,
    'receivable:read': scope,
  };
}

const COST: Rights = { 'cost:read': 'ALL' };

/** Runs cases of collection and logs what customers say. */
const COLLECTING: Rights = { 'collection:log': 'ALL', 'collection:run': 'ALL' };

/** Books what customers owe and pay; never sales. */
const LEDGER: Rights = { 'receivable:post': 'ALL', 'receivable:write-off': 'ALL' };

/** The matrix of processes §3.8 as far as the present processes reach; afterwards the rows are the truth. */
const DEFAULTS: Readonly<Record<Role, Rights>> = {
  REP: {
    ...SALES,
    ...reading('OWN'),
    'contract:write': 'OWN',
    'contract:sign': 'OWN',
    'org:read': 'REGION',
    'collection:log': 'OWN',
  },
  TEAM_LEAD: {
    ...SALES,
    ...dealing('TEAM'),
    ...reading('TEAM'),
    'collection:log': 'TEAM',
    'contract:write': 'TEAM',
    'contract:sign': 'TEAM',
  },
  REGIONAL_DIRECTOR: {
    ...SALES,
    ...dealing('REGION'),
    ...reading('REGION'),
    'contract:write': 'REGION',
    'policy:read': 'ALL',
    'policy:draft': 'ALL',
  },
  SALES_MANAGER: {
    ...SALES,
    ...dealing('ALL'),
    ...reading('ALL'),
    'contract:write': 'ALL',
    'policy:read': 'ALL',
    'policy:draft': 'ALL',
  },
  GENERAL_MANAGER: {
    ...EVERYBODY,
    ...reading('ALL'),
    'policy:read': 'ALL',
    'contract:sign': 'ALL',
    'receivable:write-off': 'ALL',
  },
  FINANCE: {
    ...EVERYBODY,
    ...reading('ALL'),
    'customer:block': 'ALL',
    ...COST,
    ...LEDGER,
    ...COLLECTING,
    'price:write': 'ALL',
    'import:run': 'OWN',
    'policy:read': 'ALL',
    'contract:hold-credit': 'ALL',
    'contract:hold-dispute': 'ALL',
  },
  CFO: {
    ...EVERYBODY,
    ...reading('ALL'),
    'customer:block': 'ALL',
    'customer:credit': 'ALL',
    ...COST,
    ...LEDGER,
    ...COLLECTING,
    'price:write': 'ALL',
    'import:run': 'OWN',
    'policy:read': 'ALL',
    'policy:draft': 'ALL',
    'policy:write': 'ALL',
    'contract:hold-credit': 'ALL',
  },
  LEGAL: {
    ...EVERYBODY,
    ...reading('ALL'),
    'collection:legal': 'ALL',
    'customer:block': 'ALL',
    ...COST,
    'contract:write': 'ALL',
    'contract:hold-dispute': 'ALL',
    'contract:hold-force-majeure': 'ALL',
    'policy:read': 'ALL',
    'policy:draft': 'ALL',
  },
  CREDIT: {
    ...EVERYBODY,
    ...reading('ALL'),
    ...COLLECTING,
    'customer:block': 'ALL',
    'customer:write': 'ALL',
    'policy:read': 'ALL',
    'contract:hold-credit': 'ALL',
  },
  DELIVERY: {
    ...EVERYBODY,
    ...reading('ALL'),
    'contract:write': 'ALL',
    'contract:hold-force-majeure': 'ALL',
  },
  BACK_OFFICE: {
    ...EVERYBODY,
    ...reading('ALL'),
    'collection:log': 'ALL',
    'customer:write': 'ALL',
    'contract:write': 'ALL',
    'contract:sign': 'ALL',
    'contract:hold-dispute': 'ALL',
    'contract:hold-force-majeure': 'ALL',
    'contact:read': 'ALL',
    'contact:write': 'ALL',
    'import:run': 'ALL',
  },
  SEAL_KEEPER: { ...EVERYBODY, ...reading('ALL'), 'seal:apply': 'ALL' },
  HR: { ...EVERYBODY, 'absence:write': 'ALL' },
  OPS: {
    ...EVERYBODY,
    ...reading('ALL'),
    'ops:read': 'ALL',
    'ops:act': 'ALL',
    'import:run': 'ALL',
    'policy:read': 'ALL',
  },
  ADMIN: {
    ...EVERYBODY,
    'approval:read': 'ALL',
    'figures:read': 'ALL',
    'approval:admin': 'ALL',
    'org:admin': 'ALL',
    'privacy:erase': 'ALL',
    'absence:write': 'ALL',
    'policy:read': 'ALL',
    'policy:draft': 'ALL',
    'policy:write': 'ALL',
    'import:run': 'ALL',
    'ops:read': 'ALL',
  },
  AUDITOR: {
    ...EVERYBODY,
    ...reading('ALL'),
    ...COST,
    'audit:read': 'ALL',
    'policy:read': 'ALL',
    'ops:read': 'ALL',
  },
};

/** Fills the permissions of roles that have none yet; a role somebody has edited stays as it is. */
export async function seedRolePermissions(tx: EntityManager): Promise<void> {
  const rows = Object.entries(DEFAULTS).flatMap(([role, rights]) =>
    Object.entries(rights).map(([permission, scope]) => ({
      role,
      permission,
      scope,
    })),
  );
  await tx.query(
    `INSERT INTO role_permission (role, permission, scope)
     SELECT r.role, r.permission, r.scope
     FROM jsonb_to_recordset($1::jsonb) AS r(role varchar, permission varchar, scope varchar)
     WHERE NOT EXISTS (SELECT 1 FROM role_permission p WHERE p.role = r.role)`,
    [JSON.stringify(rows)],
  );
}
