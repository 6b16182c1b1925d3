import type { DataSource } from 'typeorm';
import type { ContractState } from '../../domain/contract/contract.js';
import type { Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { holderChips } from '../request/holder-chip.js';
import { FROM, mayReach, SUMMARY, summaryOf, type ContractSummary, type SummaryRow } from './contracts.js';

export interface ContractFilter {
  state?: ContractState | undefined;
  /** part of the number, of the customer's name, or of the text */
  search?: string | undefined;
  owner?: 'me' | 'all' | undefined;
}

export interface ContractFound extends ContractSummary {
  /** where the text says what was searched for; null: its number or its customer does, or nothing was searched for */
  snippet: string | null;
}

/** By number, by customer, by words of the text, each with an index of its own. $2: the words as a pattern, $7: as said */
const FOUND = `k.id IN (SELECT f.id FROM contract f WHERE f.number ILIKE $2
  UNION SELECT f.id FROM contract f JOIN customer b ON b.id = f.customer_id WHERE b.name ILIKE $2
  UNION SELECT f.id FROM contract f
    WHERE length($7::text) > 1 AND character_pairs(f.text) @> character_pairs($7) AND f.text ILIKE $2)`;
const BEFORE = 30;
const LENGTH = 120;
const PLACE = `position(lower($7) IN lower(k.text))`;
const SNIPPET = `CASE WHEN length($7) > 1 AND ${PLACE} > 0
  THEN substr(k.text, greatest(1, ${PLACE} - ${BEFORE}), ${LENGTH}) END AS snippet`;

/** Contracts the viewer may see, last changed first; those in the archive as well. */
export async function listContracts(
  db: DataSource,
  viewer: Viewer,
  filter: ContractFilter,
  slice: Slice,
): Promise<Sliced<ContractFound>> {
  const seen = mayReach(viewer, 'contract:read', 8);
  const rows = await db.query<(SummaryRow & { snippet: string | null })[]>(
    `SELECT ${SUMMARY}, ${SNIPPET} FROM ${FROM}
     WHERE ($1::text IS NULL OR k.state = $1) AND ($2::text IS NULL OR ${FOUND})
       AND ($3::uuid IS NULL OR k.owner_id = $3)
       AND ($4::timestamptz IS NULL OR (k.updated_at, k.id) < ($4::timestamptz, $5::uuid))
       AND ${seen.sql}
     ORDER BY k.updated_at DESC, k.id DESC LIMIT $6`,
    [
      filter.state ?? null,
      filter.search ? `%${filter.search.replace(/[\\%_]/g, '\\$&')}%` : null,
      filter.owner === 'me' ? viewer.personId : null,
      slice.after?.[0] ?? null,
      slice.after?.[1] ?? null,
      slice.limit + 1,
      filter.search ?? null,
      ...seen.params,
    ],
  );
  const chips = await holderChips(
    db,
    rows.map(({ requestId }) => requestId),
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => summaryOf(row, chips),
    (row) => [row.position, row.id],
  );
}
