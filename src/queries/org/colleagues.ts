import type { DataSource } from 'typeorm';
import { cutSlice, type Slice, type Sliced } from '../page.js';
import { namePattern, type PersonRef } from './people.js';

/**
 * Everybody who works here, by name: whom a person field takes (`mustNameKnown`), so whom it offers. What else is known of
 * them the list of people says, as far as the viewer reaches.
 * @param ids whom a document names already, comma-separated: only these, those who have left as well
 */
export async function listColleagues(
  db: DataSource,
  { search, ids }: { search?: string; ids?: string },
  { after, limit }: Slice,
): Promise<Sliced<PersonRef>> {
  const rows = await db.query<PersonRef[]>(
    `SELECT id, name, title FROM employee
     WHERE CASE WHEN $5::uuid[] IS NULL THEN status = 'ACTIVE' ELSE id = ANY ($5) END AND ($1::text IS NULL OR name ILIKE $1 OR username ILIKE $1)
       AND ($2::text IS NULL OR (name, id) > ($2::text, $3::uuid))
     ORDER BY name, id LIMIT $4`,
    [namePattern(search), after?.[0] ?? null, after?.[1] ?? null, limit + 1, ids?.split(',') ?? null],
  );
  return cutSlice(
    rows,
    limit,
    (row) => row,
    (row) => [row.name, row.id],
  );
}
