import { contains } from '../customer/customers.js';
import type { Viewer } from '../org/scope.js';
import type { Where } from './visible.js';

export const DEAL_SORTS = ['newest', 'worth', 'close', 'contact'] as const;
export type DealSort = (typeof DEAL_SORTS)[number];

export interface DealFilter {
  pipeline?: string;
  stage?: string;
  owner?: 'me' | 'all';
  ownerId?: string;
  unitId?: string;
  customerId?: string;
  forecast?: string;
  /** ISO dates, both inclusive */
  closeFrom?: string;
  closeTo?: string;
  /** closed on that day or later */
  closedSince?: string;
  stuck?: boolean;
  slipped?: boolean;
  open?: boolean;
  /** in the number, the title or the customer's name */
  search?: string;
}

const ACTIVE = `o.stage NOT IN ('WON', 'LOST', 'ON_HOLD')`;

/** The unit and what is below it now. */
const UNITS_BELOW = `o.unit_id IN (WITH RECURSIVE below(unit_id, depth) AS (
    SELECT ?::uuid, 0 UNION ALL
    SELECT e.child_id, b.depth + 1 FROM below b JOIN org_edge e ON e.parent_id = b.unit_id AND e.hierarchy = 'REPORTING'
      AND e.valid @> now() WHERE b.depth < 64
  ) SELECT unit_id FROM below)`;

/** Ids first, by the index of each text: a rare word must not be looked for along the order of the list. */
const WITH_TEXT = `o.id IN (
    SELECT id FROM opportunity WHERE number ILIKE ? UNION SELECT id FROM opportunity WHERE title ILIKE ?
    UNION SELECT d.id FROM customer c JOIN opportunity d ON d.customer_id = c.id WHERE c.name ILIKE ?)`;

export function filterDeals(where: Where, filter: DealFilter, viewer: Viewer): Where {
  if (filter.pipeline !== undefined) where.and(`o.pipeline = ?`, filter.pipeline);
  if (filter.stage !== undefined) where.and(`o.stage = ?`, filter.stage);
  if (filter.owner === 'me') where.and(`o.owner_id = ?`, viewer.personId);
  if (filter.ownerId !== undefined) where.and(`o.owner_id = ?`, filter.ownerId);
  if (filter.unitId !== undefined) where.and(UNITS_BELOW, filter.unitId);
  if (filter.customerId !== undefined) where.and(`o.customer_id = ?`, filter.customerId);
  if (filter.forecast !== undefined) where.and(`o.forecast = ?`, filter.forecast);
  if (filter.closeFrom !== undefined) where.and(`o.expected_close >= ?::date`, filter.closeFrom);
  if (filter.closeTo !== undefined) where.and(`o.expected_close <= ?::date`, filter.closeTo);
  if (filter.closedSince !== undefined) where.and(`o.closed_on >= ?::date`, filter.closedSince);
  if (filter.stuck) where.and(`o.stuck_at IS NOT NULL AND ${ACTIVE}`);
  if (filter.slipped) where.and(`o.slipped_at IS NOT NULL AND ${ACTIVE}`);
  if (filter.open) where.and(ACTIVE);
  const text = contains(filter.search);
  if (text !== null) where.and(WITH_TEXT, text, text, text);
  return where;
}

const TOTALLED: ReadonlySet<string> = new Set(['pipeline', 'stage', 'owner', 'ownerId', 'unitId']);

/** Whether the totals that are kept tell of all the filter asks for: they know sellers and units, not single deals. */
export function isTotalled(filter: DealFilter): boolean {
  return Object.entries(filter).every(
    ([name, value]) => TOTALLED.has(name) || value === undefined || value === false,
  );
}

interface Order {
  by: string;
  /** a row's place as text */
  position: string;
  after: string;
  /** rows the order is about; null = all */
  only: string | null;
}

/** Each order is one index; the id settles what is equal. */
export const ORDERS: Readonly<Record<DealSort, Order>> = {
  newest: {
    by: `o.created_at DESC, o.id DESC`,
    position: `o.created_at::text`,
    after: `(o.created_at, o.id) < (?::timestamptz, ?::uuid)`,
    only: null,
  },
  worth: {
    by: `o.worth DESC, o.id`,
    position: `o.worth::text`,
    after: `o.worth <= ?::numeric AND (o.worth < ?::numeric OR o.id > ?::uuid)`,
    only: null,
  },
  close: {
    by: `coalesce(o.expected_close, 'infinity'), o.id`,
    position: `coalesce(o.expected_close, 'infinity')::text`,
    after: `(coalesce(o.expected_close, 'infinity'), o.id) > (?::date, ?::uuid)`,
    only: ACTIVE,
  },
  contact: {
    by: `o.contact_at, o.id`,
    position: `o.contact_at::text`,
    after: `(o.contact_at, o.id) > (?::timestamptz, ?::uuid)`,
    only: ACTIVE,
  },
};

/** Goes on after a row. */
export function afterRow(where: Where, sort: DealSort, [position, id]: readonly string[]): Where {
  const { after } = ORDERS[sort];
  return sort === 'worth' ? where.and(after, position, position, id) : where.and(after, position, id);
}
