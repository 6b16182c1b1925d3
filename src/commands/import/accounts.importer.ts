import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { readAccount, type AccountDraft } from '../../domain/import/accounts.js';
import { resolveName } from '../../domain/import/reference.js';
import type { RowIssue } from '../../domain/import/row.js';
import { countsOf, type BatchCounts, type KindImporter, type ReadRow, type RowIssues } from './batch.js';
import { knownNames } from './known-names.js';

export const accountsImporter: KindImporter<AccountDraft> = {
  read: readAccount,
  keyOf: ({ nameKey }) => nameKey,
  store: storeAccounts,
};

async function storeAccounts(
  tx: EntityManager,
  jobId: string,
  rows: readonly ReadRow<AccountDraft>[],
): Promise<BatchCounts> {
  const customers = rows.map(({ draft }) => ({
    ...draft,
    id: uuidv7(),
    hasTier: draft.tier !== undefined,
    hasRegion: draft.region !== undefined,
  }));
  const returned = await tx.query<{ id: string; created: boolean }[]>(UPSERT, [JSON.stringify(customers)]);
  await tx.query(
    `UPDATE import_key k SET parent_name = r.parent FROM jsonb_to_recordset($2::jsonb) AS r(key varchar, parent varchar)
     WHERE k.job_id = $1 AND k.natural_key = r.key`,
    [
      jobId,
      JSON.stringify(
        rows.flatMap(({ draft }) =>
          draft.parentName === null ? [] : { key: draft.nameKey, parent: draft.parentName },
        ),
      ),
    ],
  );
  return countsOf(customers.length, returned);
}

/** Tier and region stay where the file has no such column: they decide on prices. */
const UPSERT = `
  INSERT INTO customer AS c (id, name, name_key, match_key, sector, country, zone, year_established, revenue_musd,
    employees, size_class, tier, region)
  SELECT r.id, r.name, r."nameKey", r."matchKey", r.sector, r.country, r.zone, r."yearEstablished", r."revenueMusd",
    r.employees, r."sizeClass", CASE WHEN r."hasTier" THEN r.tier ELSE k.tier END,
    CASE WHEN r."hasRegion" THEN r.region ELSE k.region END
  FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, name varchar, "nameKey" varchar, "matchKey" varchar, sector varchar,
    country varchar, zone varchar, "yearEstablished" smallint, "revenueMusd" numeric, employees int, "sizeClass" varchar,
    tier varchar, region varchar, "hasTier" boolean, "hasRegion" boolean)
  LEFT JOIN customer k ON k.name_key = r."nameKey"
  ON CONFLICT (name_key) DO UPDATE SET
    name = excluded.name, match_key = excluded.match_key, sector = excluded.sector, country = excluded.country,
    zone = excluded.zone, year_established = excluded.year_established, revenue_musd = excluded.revenue_musd,
    employees = excluded.employees, size_class = excluded.size_class, tier = excluded.tier, region = excluded.region,
    row_version = c.row_version + 1, updated_at = now()
  WHERE (c.name, c.sector, c.country, c.zone, c.year_established, c.revenue_musd, c.employees, c.size_class, c.tier, c.region)
    IS DISTINCT FROM (excluded.name, excluded.sector, excluded.country, excluded.zone, excluded.year_established,
      excluded.revenue_musd, excluded.employees, excluded.size_class, excluded.tier, excluded.region)
  RETURNING c.id, (xmax = 0) AS created`;

interface Child {
  id: string;
  row_no: number;
  parent_name: string;
  parent_id: string | null;
}

/**
 * Once all rows are in: sets the parents the file names, wherever they stand in it. A parent that is not known or would
 * make a circle is reported and left out; the customer itself stays.
 */
export async function linkParents(tx: EntityManager, jobId: string): Promise<RowIssues[]> {
  const children = await tx.query<Child[]>(
    `SELECT c.id, c.parent_id, k.row_no, k.parent_name FROM import_key k JOIN customer c ON c.name_key = k.natural_key
     WHERE k.job_id = $1 AND k.parent_name IS NOT NULL ORDER BY k.row_no`,
    [jobId],
  );
  const known = await knownNames(
    tx,
    'customer',
    children.map(({ parent_name }) => parent_name),
  );
  const parents = await tx.query<{ id: string; parent_id: string }[]>(
    `SELECT id, parent_id FROM customer WHERE parent_id IS NOT NULL`,
  );
  const parentOf = new Map(parents.map(({ id, parent_id }) => [id, parent_id]));
  const issues: RowIssues[] = [];
  const links: { id: string; parent: string }[] = [];
  for (const { id, row_no, parent_name, parent_id } of children) {
    const cell = { column: 'subsidiary_of', value: parent_name, thing: 'ACCOUNT' as const };
    const { found, issue } = resolveName(cell, known);
    if (issue) issues.push({ rowNo: row_no, issues: [{ ...issue, severity: 'WARNING' }] });
    if (!found || found.id === parent_id) continue;
    if (isAbove(parentOf, found.id, id)) issues.push({ rowNo: row_no, issues: [circle(parent_name)] });
    else {
      parentOf.set(id, found.id);
      links.push({ id, parent: found.id });
    }
  }
  await setParents(tx, links);
  return issues;
}

function isAbove(parentOf: ReadonlyMap<string, string>, start: string, wanted: string): boolean {
  for (let at: string | undefined = start; at !== undefined; at = parentOf.get(at))
    if (at === wanted) return true;
  return false;
}

function circle(value: string): RowIssue {
  const message = 'would make the account its own parent; imported without';
  return { column: 'subsidiary_of', value, rule: 'PARENT_CIRCLE', severity: 'WARNING', message };
}

async function setParents(
  tx: EntityManager,
  links: readonly { id: string; parent: string }[],
): Promise<void> {
  await tx.query(
    `UPDATE customer c SET parent_id = r.parent, row_version = c.row_version + 1, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, parent uuid) WHERE c.id = r.id`,
    [JSON.stringify(links)],
  );
}
