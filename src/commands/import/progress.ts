import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { hasError, type ImportKind } from '../../domain/import/row.js';
import { appendEvents, lockAggregate, type AggregateHead } from '../events.js';
import { runCommand } from '../transaction.js';
import { accountsImporter, linkParents } from './accounts.importer.js';
import { applyBatch, type BatchOutcome, type RowIssues } from './batch.js';
import { countRows, readBatch, type FileRow, type JobSource } from './batch-reader.js';
import { opportunitiesImporter } from './opportunities.importer.js';
import { costsImporter, pricesImporter, ratesImporter } from './pricing.importers.js';
import { productsImporter } from './products.importer.js';
import { teamsImporter } from './teams.importer.js';

/** Rows per transaction. */
export const BATCH_ROWS = 500;
const ACTOR = systemActor('import');
const MAX_VALUE = 500;

interface Job extends JobSource {
  kind: ImportKind;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
  rowsRead: number;
}

export interface ImportProgress {
  isFinished: boolean;
  rowsRead: number;
}
type ProgressAnswer = { isFinished: boolean; rowsRead: number };

/**
 * Imports the next rows of a job: their data, their flaws and how far the job is, in one transaction. Killed at any
 * point, the next call goes on with the first row that was not committed; two at once do the work once.
 */
export async function importNextBatch(
  db: DataSource,
  jobId: string,
  batchRows = BATCH_ROWS,
): Promise<ImportProgress> {
  const before = await loadJob(db.manager, jobId);
  if (isOver(before)) return { isFinished: true, rowsRead: before.rowsRead };
  const meta = {
    actor: ACTOR,
    scope: `import.batch/${jobId}`,
    key: String(before.nextByte),
    body: null,
    correlationId: null,
  };
  const { value } = await runCommand<ProgressAnswer>(db, meta, async (tx) => {
    const head = await lockAggregate(tx, 'import_job', jobId);
    const job = await loadJob(tx, jobId);
    if (!head || isOver(job)) return { isFinished: true, rowsRead: job.rowsRead };
    if (job.state === 'PENDING') await begin(tx, job);
    const { rows, nextByte, broken } = await readBatch(tx, job, batchRows);
    const outcome = await applyRows(tx, job, rows);
    await keepIssues(tx, jobId, outcome.issues);
    await advance(tx, head, job, { outcome, nextByte, rows: rows.length });
    if (broken !== null || nextByte >= job.textBytes) {
      await finish(tx, job, job.rowsRead + rows.length, broken);
      return { isFinished: true, rowsRead: job.rowsRead + rows.length };
    }
    return { isFinished: false, rowsRead: job.rowsRead + rows.length };
  });
  return value;
}

/** Ends a job that cannot go on; what was imported stays. */
export async function failImport(db: DataSource, jobId: string, failure: string): Promise<void> {
  const meta = { actor: ACTOR, scope: `import.fail/${jobId}`, key: jobId, body: null, correlationId: null };
  await runCommand(db, meta, async (tx) => {
    const head = await lockAggregate(tx, 'import_job', jobId);
    const job = await loadJob(tx, jobId);
    if (!head || isOver(job)) return null;
    await end(tx, jobId, failure.slice(0, MAX_VALUE));
    await appendEvents(tx, head, [
      { type: 'import.failed', actor: ACTOR.id, payload: { id: jobId, failure } },
    ]);
    return null;
  });
}

function isOver({ state }: Job): boolean {
  return state === 'DONE' || state === 'FAILED';
}

async function loadJob(tx: EntityManager, id: string): Promise<Job> {
  const [row] = await tx.query<
    (Omit<Job, 'nextByte' | 'textBytes'> & { nextByte: string; textBytes: string })[]
  >(
    `SELECT id, kind, state, columns, delimiter, next_byte AS "nextByte", text_bytes AS "textBytes", rows_read AS "rowsRead"
     FROM import_job WHERE id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { jobId: id });
  return { ...row, nextByte: Number(row.nextByte), textBytes: Number(row.textBytes) };
}

/** How far the job has to go, for whoever watches it. */
async function begin(tx: EntityManager, job: Job): Promise<void> {
  await tx.query(`UPDATE import_job SET rows_total = $2 WHERE id = $1`, [job.id, await countRows(tx, job)]);
}

function applyRows(tx: EntityManager, job: Job, rows: readonly FileRow[]): Promise<BatchOutcome> {
  switch (job.kind) {
    case 'accounts':
      return applyBatch(tx, accountsImporter, job, rows);
    case 'products':
      return applyBatch(tx, productsImporter, job, rows);
    case 'teams':
      return applyBatch(tx, teamsImporter, job, rows);
    case 'opportunities':
      return applyBatch(tx, opportunitiesImporter, job, rows);
    case 'prices':
      return applyBatch(tx, pricesImporter, job, rows);
    case 'costs':
      return applyBatch(tx, costsImporter, job, rows);
    case 'rates':
      return applyBatch(tx, ratesImporter, job, rows);
  }
}

/** Ordinals go on behind what a row has already: its parent is looked at when all rows are in. */
async function keepIssues(tx: EntityManager, jobId: string, rows: readonly RowIssues[]): Promise<void> {
  const issues = rows.flatMap(({ rowNo, issues: found }) =>
    found.map((issue, ordinal) => ({
      ...issue,
      rowNo,
      ordinal,
      column: issue.column.slice(0, 80),
      value: storable(issue.value),
      message: storable(issue.message),
    })),
  );
  await tx.query(
    `INSERT INTO import_row_error (job_id, row_no, ordinal, column_name, value, rule, severity, message)
     SELECT $1, r."rowNo", r.ordinal + coalesce((
         SELECT max(e.ordinal) + 1 FROM import_row_error e WHERE e.job_id = $1 AND e.row_no = r."rowNo"), 0),
       r."column", r.value, r.rule, r.severity, r.message
     FROM jsonb_to_recordset($2::jsonb) AS r("rowNo" int, ordinal smallint, "column" varchar, value varchar, rule varchar,
       severity varchar, message varchar)`,
    [jobId, JSON.stringify(issues)],
  );
}

/** Cut to length without leaving half a character behind. */
function storable(text: string): string {
  return text.slice(0, MAX_VALUE).replaceAll(/[\0\p{Surrogate}]/gu, '�');
}

function warningsIn(rows: readonly RowIssues[]): number {
  return rows.flatMap(({ issues }) => issues).filter(({ severity }) => severity === 'WARNING').length;
}

async function advance(
  tx: EntityManager,
  head: AggregateHead,
  job: Job,
  batch: { outcome: BatchOutcome; nextByte: number; rows: number },
): Promise<void> {
  const { created, updated, unchanged, issues } = batch.outcome;
  const invalid = issues.filter((row) => hasError(row.issues)).length;
  const warnings = warningsIn(issues);
  await tx.query(
    `UPDATE import_job SET state = 'RUNNING', next_byte = $2, rows_read = rows_read + $3, created = created + $4,
       updated = updated + $5, unchanged = unchanged + $6, invalid = invalid + $7, warnings = warnings + $8 WHERE id = $1`,
    [job.id, batch.nextByte, batch.rows, created, updated, unchanged, invalid, warnings],
  );
  const payload = {
    id: job.id,
    firstRow: job.rowsRead + 2,
    rows: batch.rows,
    created,
    updated,
    unchanged,
    invalid,
    warnings,
  };
  await appendEvents(tx, head, [{ type: 'import.batch', actor: ACTOR.id, payload }]);
}

async function finish(tx: EntityManager, job: Job, rowsRead: number, broken: string | null): Promise<void> {
  const late = job.kind === 'accounts' ? await linkParents(tx, job.id) : [];
  await keepIssues(tx, job.id, late);
  const failure =
    broken === null ? null : `row ${rowsRead + 2}: ${broken}; the rows from there on were not read`;
  await tx.query(`UPDATE import_job SET warnings = warnings + $2 WHERE id = $1`, [job.id, warningsIn(late)]);
  await tx.query(`DELETE FROM import_key WHERE job_id = $1`, [job.id]);
  await end(tx, job.id, failure);
}

async function end(tx: EntityManager, jobId: string, failure: string | null): Promise<void> {
  await tx.query(
    `UPDATE import_job SET state = CASE WHEN $2::varchar IS NULL THEN 'DONE' ELSE 'FAILED' END, failure = $2, finished_at = now()
     WHERE id = $1`,
    [jobId, failure],
  );
}
