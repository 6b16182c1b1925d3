import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '../../commands/auth/password.js';
import type { Role } from '../../domain/org/directory.js';
import { SALES_TEAMS } from './sales-teams.js';
import { STAFF } from './staff.js';

/** Of every demo account, and of nothing else. */
export const DEMO_PASSWORD = 'sealflow';
const SINCE = '2020-01-01T00:00:00Z';
const UNLIMITED = '99999999999';

export interface DemoUnit {
  code: string;
  kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
  name: string;
  parent: string | null;
}

export interface DemoPerson {
  username: string;
  name: string;
  title: string;
  unit: string;
  position: 'HEAD' | 'DEPUTY' | 'MEMBER';
  role: Role;
  /** unit the role covers; null = everywhere */
  over: string | null;
  /** CNY */
  limit: string | null;
}

const OFFICES: readonly DemoUnit[] = [
  { code: 'company', kind: 'COMPANY', name: 'Sealflow Trading', parent: null },
  { code: 'sales', kind: 'DEPT', name: 'Sales', parent: 'company' },
  { code: 'finance', kind: 'DEPT', name: 'Finance', parent: 'company' },
  { code: 'legal', kind: 'DEPT', name: 'Legal', parent: 'company' },
  { code: 'credit', kind: 'DEPT', name: 'Credit', parent: 'finance' },
  { code: 'delivery', kind: 'DEPT', name: 'Delivery', parent: 'company' },
  { code: 'back-office', kind: 'DEPT', name: 'Back Office', parent: 'company' },
  { code: 'hr', kind: 'DEPT', name: 'Human Resources', parent: 'company' },
  { code: 'it', kind: 'DEPT', name: 'IT Operations', parent: 'company' },
  { code: 'audit', kind: 'DEPT', name: 'Internal Audit', parent: 'company' },
  { code: 'products', kind: 'PRODUCT_LINE', name: 'Products', parent: null },
  { code: 'line-gtx', kind: 'PRODUCT_LINE', name: 'GTX', parent: 'products' },
  { code: 'line-mg', kind: 'PRODUCT_LINE', name: 'MG', parent: 'products' },
  { code: 'line-gtk', kind: 'PRODUCT_LINE', name: 'GTK', parent: 'products' },
];

export function demoUnits(): DemoUnit[] {
  const regions = Object.entries(SALES_TEAMS).flatMap(([region, teams]): DemoUnit[] => [
    {
      code: regionCode(region),
      kind: 'REGION',
      name: region,
      parent: 'sales',
    },
    ...Object.keys(teams).map((lead): DemoUnit => ({
      code: teamCode(lead),
      kind: 'TEAM',
      name: `Team ${lead}`,
      parent: regionCode(region),
    })),
  ]);
  return [...OFFICES, ...regions];
}

export function demoPeople(): DemoPerson[] {
  const teams = Object.values(SALES_TEAMS).flatMap((byLead) => Object.entries(byLead));
  const sales = teams.flatMap(([lead, agents]): DemoPerson[] => {
    const unit = teamCode(lead);
    return [
      {
        ...plain(lead, 'Team Lead', unit, 'TEAM_LEAD'),
        position: 'HEAD',
        limit: '500000',
      },
      ...agents.map((agent) => plain(agent, 'Sales Representative', unit, 'REP')),
    ];
  });
  return [
    ...STAFF.map((person) => (person.limit === 'UNLIMITED' ? { ...person, limit: UNLIMITED } : person)),
    ...sales,
  ];
}

/** `Moses Frase` → `moses.frase` */
export function usernameOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '.');
}

function plain(name: string, title: string, unit: string, role: Role): DemoPerson {
  return {
    username: usernameOf(name),
    name,
    title,
    unit,
    position: 'MEMBER',
    role,
    over: unit,
    limit: null,
  };
}

function regionCode(region: string): string {
  return `region-${region.toLowerCase()}`;
}

function teamCode(lead: string): string {
  return `team-${lead.toLowerCase().replaceAll(' ', '-')}`;
}

/** The demo company, once. All accounts share one salted hash: sixty costly hashes would only delay the first start. */
export async function seedCompany(tx: EntityManager): Promise<void> {
  const known = await tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE code = 'company'`);
  if (known.length > 0) return;
  const units = demoUnits().map((unit) => ({
    ...unit,
    id: uuidv7(),
    edge: uuidv7(),
  }));
  await tx.query(
    `INSERT INTO org_unit (id, code, kind, name)
     SELECT u.id, u.code, u.kind, u.name FROM jsonb_to_recordset($1::jsonb) AS u(id uuid, code varchar, kind varchar, name varchar)`,
    [JSON.stringify(units)],
  );
  await tx.query(
    `INSERT INTO org_edge (id, hierarchy, parent_id, child_id, valid)
     SELECT u.edge, CASE u.kind WHEN 'PRODUCT_LINE' THEN 'PRODUCT' ELSE 'REPORTING' END, p.id, u.id, tstzrange($2, NULL)
     FROM jsonb_to_recordset($1::jsonb) AS u(id uuid, edge uuid, kind varchar, parent varchar)
     JOIN org_unit p ON p.code = u.parent`,
    [JSON.stringify(units), SINCE],
  );
  await seedPeople(tx);
}

async function seedPeople(tx: EntityManager): Promise<void> {
  const people = demoPeople().map((person) => ({
    ...person,
    id: uuidv7(),
    post: uuidv7(),
    grant: uuidv7(),
  }));
  const rows = JSON.stringify(people);
  await tx.query(
    `INSERT INTO employee (id, username, name, title, office_key, zone, locale, identity, created_at)
     SELECT p.id, p.username, p.name, p.title, o.key, o.zone, 'zh-CN', p.id, $2
     FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, username varchar, name varchar, title varchar)
     JOIN office o ON o.key = 'CN'`,
    [rows, SINCE],
  );
  await tx.query(
    `INSERT INTO assignment (id, employee_id, unit_id, position, valid)
     SELECT p.post, p.id, u.id, p.position, tstzrange($2, NULL)
     FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, post uuid, unit varchar, position varchar)
     JOIN org_unit u ON u.code = p.unit`,
    [rows, SINCE],
  );
  await tx.query(
    `INSERT INTO role_grant (id, employee_id, role, unit_id, money_limit, currency, valid, granted_by)
     SELECT p."grant", p.id, p.role, u.id, p."limit", CASE WHEN p."limit" IS NULL THEN NULL ELSE 'CNY' END,
       tstzrange($2, NULL), 'system:demo'
     FROM jsonb_to_recordset($1::jsonb) AS p(id uuid, "grant" uuid, role varchar, over varchar, "limit" numeric)
     LEFT JOIN org_unit u ON u.code = p.over`,
    [rows, SINCE],
  );
  await tx.query(`INSERT INTO account (employee_id, password_hash) SELECT id, $1 FROM employee`, [
    await hashPassword(DEMO_PASSWORD),
  ]);
}
