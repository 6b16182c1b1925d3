import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { BrokenLine } from '../../domain/receivable/statement.js';
import { cutSlice, type Slice, type Sliced } from '../page.js';

export interface StatementSummary {
  id: string;
  companyId: string;
  name: string;
  format: string;
  /** lines that became payments */
  booked: number;
  /** lines that were booked before */
  duplicates: number;
  /** money that went out, entries not booked by the bank yet */
  ignored: number;
  brokenLines: number;
  at: string;
}

const SUMMARY = `id, company_id AS "companyId", name, format, booked, duplicates, ignored, jsonb_array_length(broken) AS "brokenLines",
  at::text AS position, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`;
type Row = StatementSummary & { position: string };

/** Bank statements, the newest first. */
export async function listStatements(db: DataSource, slice: Slice): Promise<Sliced<StatementSummary>> {
  const rows = await db.query<Row[]>(
    `SELECT ${SUMMARY} FROM bank_statement WHERE $1::timestamptz IS NULL OR (at, id) < ($1::timestamptz, $2::uuid)
     ORDER BY bank_statement.at DESC, id DESC LIMIT $3`,
    [slice.after?.[0] ?? null, slice.after?.[1] ?? null, slice.limit + 1],
  );
  return cutSlice(rows, slice.limit, summaryOf, (row) => [row.position, row.id]);
}

/** One statement with what could not be booked, by line. @throws DomainError NOT_FOUND */
export async function readStatement(
  db: DataSource,
  id: string,
): Promise<StatementSummary & { broken: BrokenLine[] }> {
  const [row] = await db.query<(Row & { broken: BrokenLine[] })[]>(
    `SELECT ${SUMMARY}, broken FROM bank_statement WHERE id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { statementId: id });
  return { ...summaryOf(row), broken: row.broken };
}

function summaryOf({ position: _position, ...row }: Row): StatementSummary {
  return row;
}
