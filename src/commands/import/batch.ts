import type { EntityManager } from 'typeorm';
import { hasError, type Cells, type RowIssue, type RowReading } from '../../domain/import/row.js';
import type { FileRow } from './batch-reader.js';

/** A row that can be stored, with its number in the file (the header is row 1). */
export interface ReadRow<T> {
  rowNo: number;
  draft: T;
  issues: RowIssue[];
}

/** A row's flaws with its number. */
export interface RowIssues {
  rowNo: number;
  issues: readonly RowIssue[];
}

export interface BatchCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/** What one kind of file does with a batch of its rows, in the batch's transaction. */
export interface KindImporter<T> {
  read: (cells: Cells) => RowReading<T>;
  /** two rows with one key in one file: the first counts */
  keyOf: (draft: T) => string;
  /** stores what can be stored; adds issues to the rows and leaves those with errors out */
  store: (tx: EntityManager, jobId: string, rows: readonly ReadRow<T>[]) => Promise<BatchCounts>;
}

export interface BatchOutcome extends BatchCounts {
  issues: RowIssues[];
}

/** Applies one batch: reads each row, refuses doubles, stores the rest as a set. */
export async function applyBatch<T>(
  tx: EntityManager,
  importer: KindImporter<T>,
  job: { id: string; columns: readonly string[]; rowsRead: number },
  fileRows: readonly FileRow[],
): Promise<BatchOutcome> {
  const read = fileRows.map((row, index) => {
    const rowNo = job.rowsRead + index + 2;
    return { rowNo, ...readRow(importer, row, job.columns) };
  });
  const drafts = read.flatMap(({ rowNo, draft, issues }) =>
    draft === null ? [] : [{ rowNo, draft, issues }],
  );
  await refuseDoubles(tx, job.id, drafts, ({ draft }) => importer.keyOf(draft));
  const counts = await importer.store(
    tx,
    job.id,
    drafts.filter(({ issues }) => !hasError(issues)),
  );
  return { ...counts, issues: read };
}

function readRow<T>(importer: KindImporter<T>, row: FileRow, columns: readonly string[]): RowReading<T> {
  const refusal = (rule: string, message: string): RowReading<T> => ({
    draft: null,
    issues: [{ column: columns[0] ?? '', value: '', rule, severity: 'ERROR', message }],
  });
  if (row.isEmpty) return refusal('EMPTY_ROW', 'the row is empty');
  if (row.width !== columns.length)
    return refusal('COLUMN_COUNT', `${row.width} values where the header has ${columns.length} columns`);
  return importer.read(row.cells);
}

/** A row of one key with an earlier row of the job gets an error: the first counts. */
export async function refuseDoubles<R extends ReadRow<unknown>>(
  tx: EntityManager,
  jobId: string,
  rows: readonly R[],
  keyOf: (row: R) => string,
): Promise<void> {
  const keys = rows.map((row) => ({ natural_key: keyOf(row), row_no: row.rowNo }));
  const firsts = await tx.query<{ natural_key: string; row_no: number }[]>(
    `WITH incoming AS (
       SELECT natural_key, min(row_no) AS row_no
       FROM jsonb_to_recordset($2::jsonb) AS k(natural_key varchar, row_no int) GROUP BY natural_key
     ), added AS (
       INSERT INTO import_key (job_id, natural_key, row_no) SELECT $1, natural_key, row_no FROM incoming
       ON CONFLICT DO NOTHING RETURNING natural_key, row_no
     )
     SELECT natural_key, row_no FROM added
     UNION ALL
     SELECT k.natural_key, k.row_no FROM import_key k JOIN incoming USING (natural_key) WHERE k.job_id = $1`,
    [jobId, JSON.stringify(keys)],
  );
  const firstRow = new Map(firsts.map(({ natural_key, row_no }) => [natural_key, row_no]));
  rows.forEach((row) => {
    const first = firstRow.get(keyOf(row));
    if (first !== undefined && first !== row.rowNo)
      row.issues.push({
        column: '',
        value: keyOf(row),
        rule: 'DOUBLE',
        severity: 'ERROR',
        message: `the same as row ${first}, which was imported`,
      });
  });
}

/** Counts of an `INSERT … ON CONFLICT … WHERE something changed RETURNING (xmax = 0) AS created`. */
export function countsOf(stored: number, returned: readonly { created: boolean }[]): BatchCounts {
  const created = returned.filter((row) => row.created).length;
  return { created, updated: returned.length - created, unchanged: stored - returned.length };
}
