import { prepared, type Reader } from '../../db/prepared.js';
import { requestKindOfPolicy } from '../../domain/request-kind/kind.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { ITEMS, itemOf, type InboxItem, type InboxRow } from './inbox-item.js';

export interface InboxFilter {
  /** delegated: what others hold for the person, to look at (AE-ABS-4) · cc: what they were sent copies of (AE-CC-1) */
  tab: 'todo' | 'delegated' | 'done' | 'mine' | 'cc';
  /** what it is about, or the request kind it is of: `request.expense` */
  kind?: string | undefined;
  /** base currency, decimal strings, inclusive */
  minAmount?: string | undefined;
  maxAmount?: string | undefined;
  due?: 'overdue' | 'today' | 'week' | undefined;
  search?: string | undefined;
  requestId?: string | undefined;
  seatIds?: readonly string[] | undefined;
}

/** One page of a person's inbox in one statement, however long the inbox is (AE-IN-1). */
export async function readInbox(
  db: Reader,
  personId: string,
  filter: InboxFilter,
  { limit, after }: Slice,
): Promise<Sliced<InboxItem>> {
  const params: unknown[] = [personId];
  const page = pageSql(filter, after, limit + 1, (value) => `$${params.push(value)}`);
  const rows = await prepared<InboxRow>(
    db,
    `WITH page AS MATERIALIZED (${page}) ${ITEMS} ${ORDER[filter.tab]}`,
    params,
  );
  return cutSlice(rows, limit, itemOf, (row) => [row.sort, row.sort_id]);
}

/** What still waits for the person after a decision: the next of the same list. */
export async function nextItem(db: Reader, personId: string): Promise<InboxItem | null> {
  const { items } = await readInbox(db, personId, { tab: 'todo' }, { limit: 1, after: null });
  return items[0] ?? null;
}

export async function countInbox(db: Reader, personId: string): Promise<{ todo: number; overdue: number }> {
  const [row] = await db.query<{ todo: string; overdue: string }[]>(
    `SELECT count(*) AS todo, count(*) FILTER (WHERE coalesce(due_at, 'infinity') < now()) AS overdue
     FROM approval_seat WHERE holder_id = $1 AND state = 'OPEN'`,
    [personId],
  );
  return { todo: Number(row!.todo), overdue: Number(row!.overdue) };
}

type Param = (value: unknown) => string;

/**
 * Per tab: which rows, which index they come from, in which order. Tasks are found in the index of the seats alone; the
 * request is read beside them (`request`) only where a filter is about it.
 */
const SOURCES = {
  todo: {
    select: `SELECT s.request_id, s.id AS seat_id, coalesce(s.due_at, 'infinity') AS sort, s.id AS sort_id
      FROM approval_seat s`,
    where: `s.holder_id = $1 AND s.state = 'OPEN'`,
    request: 's.request_id',
    kind: 's.kind',
    exposure: 's.exposure',
    due: `coalesce(s.due_at, 'infinity')`,
    after: (at: string, id: string) =>
      `(coalesce(s.due_at, 'infinity'), s.id) > (${at}::timestamptz, ${id}::uuid)`,
    order: `coalesce(s.due_at, 'infinity'), s.id`,
  },
  delegated: {
    select: `SELECT s.request_id, s.id AS seat_id, coalesce(s.due_at, 'infinity') AS sort, s.id AS sort_id
      FROM approval_seat s`,
    where: `s.owner_id = $1 AND s.holder_id <> $1 AND s.state = 'OPEN'`,
    request: 's.request_id',
    kind: 's.kind',
    exposure: 's.exposure',
    due: `coalesce(s.due_at, 'infinity')`,
    after: (at: string, id: string) =>
      `(coalesce(s.due_at, 'infinity'), s.id) > (${at}::timestamptz, ${id}::uuid)`,
    order: `coalesce(s.due_at, 'infinity'), s.id`,
  },
  done: {
    select: `SELECT d.request_id, d.seat_id, d.at AS sort, d.seat_id AS sort_id
      FROM approval_decision d JOIN approval_request r ON r.id = d.request_id
      JOIN approval_seat a ON a.id = d.seat_id AND a.retractions = d.retractions`,
    where: `d.actor = $1::uuid::text`,
    request: null,
    kind: 'r.kind',
    exposure: 'r.exposure',
    due: 'r.due_at',
    after: (at: string, id: string) => `(d.at, d.seat_id) < (${at}::timestamptz, ${id}::uuid)`,
    order: `d.at DESC, d.seat_id DESC`,
  },
  mine: {
    select: `SELECT r.id AS request_id, NULL::uuid AS seat_id, r.submitted_at AS sort, r.id AS sort_id
      FROM approval_request r`,
    where: `r.initiator_id = $1`,
    request: null,
    kind: 'r.kind',
    exposure: 'r.exposure',
    due: 'r.due_at',
    after: (at: string, id: string) => `(r.submitted_at, r.id) < (${at}::timestamptz, ${id}::uuid)`,
    order: `r.submitted_at DESC, r.id DESC`,
  },
  cc: {
    select: `SELECT c.request_id, NULL::uuid AS seat_id, c.at AS sort, c.request_id AS sort_id
      FROM request_copy c JOIN approval_request r ON r.id = c.request_id`,
    where: `c.person_id = $1`,
    request: null,
    kind: 'r.kind',
    exposure: 'r.exposure',
    due: 'r.due_at',
    after: (at: string, id: string) => `(c.at, c.request_id) < (${at}::timestamptz, ${id}::uuid)`,
    order: `c.at DESC, c.request_id DESC`,
  },
} as const;

const ORDER = {
  todo: 'ORDER BY p.sort, p.sort_id',
  delegated: 'ORDER BY p.sort, p.sort_id',
  done: 'ORDER BY p.sort DESC, p.sort_id DESC',
  mine: 'ORDER BY p.sort DESC, p.sort_id DESC',
  cc: 'ORDER BY p.sort DESC, p.sort_id DESC',
} as const;

/** Days end in the viewer's own zone. */
const DUE = {
  overdue: 'now()',
  today: `(date_trunc('day', now() AT TIME ZONE z.zone) + interval '1 day') AT TIME ZONE z.zone`,
  week: `(date_trunc('day', now() AT TIME ZONE z.zone) + interval '7 days') AT TIME ZONE z.zone`,
} as const;

/** Requests of a request kind are found by the request itself, all others where the rows are. */
function ofKind(
  { kind, request }: { kind: string; request: string | null },
  wanted: string,
  param: Param,
): string {
  if (requestKindOfPolicy(wanted) === null) return `${kind} = ${param(wanted)}`;
  return request === null
    ? `r.request_kind = ${param(wanted)}`
    : `EXISTS (SELECT 1 FROM approval_request k WHERE k.id = ${request} AND k.request_kind = ${param(wanted)})`;
}

function pageSql(filter: InboxFilter, after: Slice['after'], rows: number, param: Param): string {
  const source = SOURCES[filter.tab];
  const conditions: string[] = [source.where];
  if (filter.kind) conditions.push(ofKind(source, filter.kind, param));
  if (filter.minAmount !== undefined)
    conditions.push(`${source.exposure} >= ${param(filter.minAmount)}::numeric`);
  if (filter.maxAmount !== undefined)
    conditions.push(`${source.exposure} <= ${param(filter.maxAmount)}::numeric`);
  if (filter.due)
    conditions.push(`${source.due} < (SELECT ${DUE[filter.due]} FROM employee z WHERE z.id = $1)`);
  if (filter.seatIds) conditions.push(`s.id = ANY(${param(filter.seatIds)}::uuid[])`);
  if (filter.requestId) conditions.push(`${source.request ?? 'r.id'} = ${param(filter.requestId)}::uuid`);
  if (filter.search) {
    const pattern = param(`%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`);
    conditions.push(`(r.title ILIKE ${pattern} OR r.number ILIKE ${pattern})`);
  }
  const [at, id] = after ?? [];
  if (at !== undefined && id !== undefined) conditions.push(source.after(param(at), param(id)));
  const join = filter.search && source.request ? ` JOIN approval_request r ON r.id = ${source.request}` : '';
  return `${source.select}${join} WHERE ${conditions.join(' AND ')} ORDER BY ${source.order} LIMIT ${param(rows)}`;
}
