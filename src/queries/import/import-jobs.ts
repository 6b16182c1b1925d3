import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { scopeCondition, type Viewer } from '../org/scope.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface ImportJobRow {
  id: string;
  kind: string;
  fileName: string;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
  rowsTotal: number | null;
  rowsRead: number;
  created: number;
  updated: number;
  unchanged: number;
  invalid: number;
  warnings: number;
  createdAt: string;
  finishedAt: string | null;
  failure: string | null;
}

export interface ImportErrorRow {
  row: number;
  column: string;
  value: string;
  rule: string;
  severity: 'ERROR' | 'WARNING';
  message: string;
}

const UTC = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const JOB = `j.id, j.kind, j.file_name AS "fileName", j.state, j.rows_total AS "rowsTotal", j.rows_read AS "rowsRead", j.created,
  j.updated, j.unchanged, j.invalid, j.warnings, to_char(j.created_at AT TIME ZONE 'UTC', ${UTC}) AS "createdAt",
  to_char(j.finished_at AT TIME ZONE 'UTC', ${UTC}) AS "finishedAt", j.failure`;
const COLUMNS = { ownerId: 'j.created_by', unitId: 'NULL::uuid' };

/** Imports the viewer may see, newest first. Ids are in order of time. */
export async function listImports(
  db: DataSource,
  viewer: Viewer,
  slice: Slice,
): Promise<Sliced<ImportJobRow>> {
  const scope = scopeCondition(viewer, 'import:run', COLUMNS, 3);
  const rows = await db.query<ImportJobRow[]>(
    `SELECT ${JOB} FROM import_job j WHERE ($1::uuid IS NULL OR j.id < $1) AND ${scope.sql} ORDER BY j.id DESC LIMIT $2`,
    [slice.after?.[0] ?? null, slice.limit + 1, ...scope.params],
  );
  return cutSlice(
    rows,
    slice.limit,
    (row) => row,
    (row) => [row.id],
  );
}

/** @throws DomainError NOT_FOUND, also for what the viewer may not see */
export async function findImport(db: DataSource, viewer: Viewer, id: string): Promise<ImportJobRow> {
  const scope = scopeCondition(viewer, 'import:run', COLUMNS, 2);
  const [row] = await db.query<ImportJobRow[]>(
    `SELECT ${JOB} FROM import_job j WHERE j.id = $1 AND ${scope.sql}`,
    [id, ...scope.params],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}

/** Flaws of a job by row of the file. */
export async function listImportErrors(
  db: DataSource,
  jobId: string,
  slice: Slice,
): Promise<Sliced<ImportErrorRow>> {
  const rows = await db.query<(ImportErrorRow & { ordinal: number })[]>(
    `SELECT row_no AS "row", ordinal, column_name AS "column", value, rule, severity, message FROM import_row_error
     WHERE job_id = $1 AND ($2::int IS NULL OR (row_no, ordinal) > ($2::int, $3::int)) ORDER BY row_no, ordinal LIMIT $4`,
    [jobId, slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1],
  );
  return cutSlice(
    rows,
    slice.limit,
    ({ ordinal: _, ...row }) => row,
    (row) => [String(row.row), String(row.ordinal)],
  );
}

const EXPORT_PAGE = 1_000;

/** All flaws, a page at a time, for downloads of any length. */
export async function* allImportErrors(db: DataSource, jobId: string): AsyncGenerator<ImportErrorRow[]> {
  for (let after: readonly string[] | null = null; ;) {
    const page: Sliced<ImportErrorRow> = await listImportErrors(db, jobId, { limit: EXPORT_PAGE, after });
    if (page.items.length > 0) yield page.items;
    if (page.next === null) return;
    after = page.next;
  }
}
