import type { DemoPerson } from './company.js';

/** One line per person outside the sales teams: username, name, title, unit, post, role, over which unit, limit in CNY. */
const ROWS = [
  ['gm', 'Helen Zhou', 'General Manager', 'company', 'HEAD', 'GENERAL_MANAGER', null, 'UNLIMITED'],
  ['manager', 'Victor Liang', 'Sales Manager', 'sales', 'HEAD', 'SALES_MANAGER', null, '5000000'],
  [
    'director.central',
    'Grace Chen',
    'Regional Director',
    'region-central',
    'HEAD',
    'REGIONAL_DIRECTOR',
    'region-central',
    '1000000',
  ],
  [
    'director.east',
    'Daniel Wu',
    'Regional Director',
    'region-east',
    'HEAD',
    'REGIONAL_DIRECTOR',
    'region-east',
    '1000000',
  ],
  [
    'director.west',
    'Irene Tang',
    'Regional Director',
    'region-west',
    'HEAD',
    'REGIONAL_DIRECTOR',
    'region-west',
    '1000000',
  ],
  ['cfo', 'Martin Xu', 'Chief Financial Officer', 'finance', 'HEAD', 'CFO', null, null],
  ['finance', 'Fiona Gao', 'Finance Controller', 'finance', 'MEMBER', 'FINANCE', null, null],
  ['finance2', 'Oscar Feng', 'Finance Analyst', 'finance', 'MEMBER', 'FINANCE', null, null],
  ['legal', 'Laura Shen', 'Legal Counsel', 'legal', 'HEAD', 'LEGAL', null, null],
  ['legal2', 'Peter Mao', 'Legal Counsel', 'legal', 'MEMBER', 'LEGAL', null, null],
  ['credit', 'Clara Yin', 'Credit Assistant', 'credit', 'HEAD', 'CREDIT', null, null],
  ['credit2', 'Adam Luo', 'Credit Assistant', 'credit', 'MEMBER', 'CREDIT', null, null],
  ['delivery', 'David Peng', 'Delivery Planner', 'delivery', 'HEAD', 'DELIVERY', null, null],
  ['backoffice', 'Bella Song', 'Sales Back Office', 'back-office', 'HEAD', 'BACK_OFFICE', null, null],
  ['seal', 'Simon Qiu', 'Seal Keeper', 'back-office', 'MEMBER', 'SEAL_KEEPER', null, null],
  ['hr', 'Hannah Deng', 'HR Partner', 'hr', 'HEAD', 'HR', null, null],
  ['ops', 'Owen Jia', 'Process Operations', 'it', 'HEAD', 'OPS', null, null],
  ['admin', 'Amy Kong', 'Administrator', 'it', 'MEMBER', 'ADMIN', null, null],
  ['auditor', 'Arthur Bai', 'Internal Auditor', 'audit', 'HEAD', 'AUDITOR', null, null],
] as const;

export const STAFF: readonly DemoPerson[] = ROWS.map(
  ([username, name, title, unit, position, role, over, limit]) => ({
    username,
    name,
    title,
    unit,
    position,
    role,
    over,
    limit,
  }),
);
