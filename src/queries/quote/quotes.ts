import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { formatAmount } from '../../domain/money.js';
import type { QuoteState } from '../../domain/quote/quote.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { holderChips, type HolderChip } from '../request/holder-chip.js';
import type { PersonRef } from '../request/person-ref.js';

export interface QuoteSummary {
  id: string;
  number: string;
  version: number;
  state: QuoteState;
  customer: { id: string; name: string };
  owner: PersonRef;
  total: { amount: string; currency: string };
  discountPct: string;
  validUntil: string | null;
  holder: HolderChip | null;
  requestId: string | null;
  contractId: string | null;
  updatedAt: string;
}

export interface QuoteFilter {
  state?: QuoteState | undefined;
  search?: string | undefined;
  owner?: 'me' | 'all' | undefined;
}

export interface StoredSummary {
  id: string;
  number: string;
  version: number;
  state: QuoteState;
  customer: { id: string; name: string };
  owner: PersonRef;
  net: string;
  currency: string;
  discountPct: string;
  validUntil: string | null;
  requestId: string | null;
  contractId: string | null;
  updatedAt: string;
  position: string;
}

export const SUMMARY = `q.id, q.number, q.version, q.state, q.currency, q.net_total AS net, trim_scale(q.discount_pct)::text AS "discountPct",
  q.valid_until::text AS "validUntil", q.request_id AS "requestId", q.updated_at::text AS position,
  to_char(q.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt",
  json_build_object('id', c.id, 'name', c.name) AS customer,
  json_build_object('id', e.id, 'name', e.name, 'title', e.title) AS owner,
  (SELECT k.id FROM contract k WHERE k.quote_id = q.id ORDER BY k.created_at DESC LIMIT 1) AS "contractId"`;
export const FROM = `quote q JOIN customer c ON c.id = q.customer_id JOIN employee e ON e.id = q.owner_id`;
const COLUMNS = { ownerId: 'q.owner_id', unitId: 'q.unit_id' };

/** Quotations the viewer may see, last changed first. */
export async function listQuotes(
  db: DataSource,
  viewer: Viewer,
  filter: QuoteFilter,
  slice: Slice,
): Promise<Sliced<QuoteSummary>> {
  const seen = mayRead(viewer, 'quote:read', 7);
  const rows = await db.query<StoredSummary[]>(
    `SELECT ${SUMMARY} FROM ${FROM}
     WHERE ($1::text IS NULL OR q.state = $1) AND ($2::text IS NULL OR q.number ILIKE $2 OR c.name ILIKE $2)
       AND ($3::uuid IS NULL OR q.owner_id = $3)
       AND ($4::timestamptz IS NULL OR (q.updated_at, q.id) < ($4::timestamptz, $5::uuid))
       AND ${seen.sql}
     ORDER BY q.updated_at DESC, q.id DESC LIMIT $6`,
    [
      filter.state ?? null,
      filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null,
      filter.owner === 'me' ? viewer.personId : null,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      ...seen.params,
    ],
  );
  const chips = await holderChips(
    db,
    rows.map((row) => row.requestId),
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => summaryOf(row, row.requestId ? (chips.get(row.requestId) ?? null) : null),
    (row) => [row.position, row.id],
  );
}

/** Own scope under the permission; to read also whoever has or had a seat in its approval. */
export function mayRead(
  viewer: Viewer,
  permission: string,
  firstParam: number,
): { sql: string; params: unknown[] } {
  const scope = scopeCondition(viewer, permission, COLUMNS, firstParam);
  if (permission !== 'quote:read') return scope;
  const next = firstParam + scope.params.length;
  return {
    sql: `(${scope.sql} OR EXISTS (SELECT 1 FROM approval_seat s WHERE s.request_id = q.request_id
      AND (s.holder_id = $${next}::uuid OR s.owner_id = $${next}::uuid)))`,
    params: [...scope.params, viewer.personId],
  };
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see or change under the permission */
export async function mustReach(
  db: DataSource,
  viewer: Viewer,
  permission: string,
  quoteId: string,
): Promise<void> {
  const seen = mayRead(viewer, permission, 2);
  const rows = await db.query<unknown[]>(`SELECT 1 FROM ${FROM} WHERE q.id = $1 AND ${seen.sql}`, [
    quoteId,
    ...seen.params,
  ]);
  if (rows.length === 0) throw new DomainError('NOT_FOUND', { quoteId });
}

function summaryOf(row: StoredSummary, holder: HolderChip | null): QuoteSummary {
  const { net, currency, position: _position, ...rest } = row;
  return { ...rest, total: { amount: formatAmount(net, currency), currency: currency }, holder };
}
