import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { nameKey } from '../../domain/import/name.js';
import { suggestMatch, type Candidate, type MatchBasis } from '../../domain/receivable/matching.js';
import type { ReadStatement, StatementLine } from '../../domain/receivable/statement.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { companyOf } from '../company.js';
import { insertPayment } from './payment.js';
import { readCamtStatement } from './statement-camt.js';
import { readCsvStatement, type CsvMapping } from './statement-csv.js';

/** A statement is booked in one transaction: more lines are cut by hand. */
const MOST_LINES = 2_000;

export type StatementImported = { statementId: string };

export interface StatementFile {
  companyId: string | null;
  name: string;
  bytes: Buffer;
  /** of a CSV */
  mapping: CsvMapping;
}

/**
 * Books every line of a statement that came in and was not booked before, each with a suggestion that waits for finance; without
 * a payer in suspense. What is broken is kept by line.
 * @throws DomainError NOT_FOUND · IMPORT.FILE_UNREADABLE · IMPORT.COLUMNS_MISSING · VALIDATION too many lines
 */
export function importStatement(
  db: DataSource,
  meta: CommandMeta,
  { companyId, name, bytes, mapping }: StatementFile,
): Promise<Answer<StatementImported>> {
  const statement = isXml(bytes) ? readCamtStatement(bytes) : readCsvStatement(bytes, mapping);
  if (statement.lines.length > MOST_LINES) {
    const rule = `at most ${MOST_LINES} lines`;
    throw new DomainError('VALIDATION', {}, [{ pointer: '/file', code: 'TOO_LONG', rule }]);
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return runCommand(db, { ...meta, body: { fields: meta.body, sha256 } }, async (tx) => {
    const company = await companyOf(tx, companyId);
    const statementId = uuidv7();
    const fresh = await notBooked(tx, statement.lines);
    await insert(tx, meta, { statementId, company, name, sha256 }, { ...statement, booked: fresh.length });
    for (const line of fresh) await book(tx, meta, line, { statementId, company });
    return { statementId };
  });
}

function isXml(bytes: Buffer): boolean {
  return bytes
    .subarray(0, 200)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
    .startsWith('<');
}

/** Lines whose id is booked already, or stands twice in the file, are left out. */
async function notBooked(tx: EntityManager, lines: readonly StatementLine[]): Promise<StatementLine[]> {
  const first = new Map<string, StatementLine>();
  for (const line of lines) if (!first.has(line.sourceId)) first.set(line.sourceId, line);
  const known = await tx.query<{ sourceId: string }[]>(
    `SELECT source_id AS "sourceId" FROM payment WHERE source_id = ANY($1::varchar[])`,
    [[...first.keys()]],
  );
  for (const { sourceId } of known) first.delete(sourceId);
  return [...first.values()];
}

async function insert(
  tx: EntityManager,
  meta: CommandMeta,
  {
    statementId,
    company,
    name,
    sha256,
  }: { statementId: string; company: string; name: string; sha256: string },
  { format, lines, broken, ignored, booked }: ReadStatement & { booked: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO bank_statement (id, company_id, name, sha256, format, booked, duplicates, ignored, broken, by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      statementId,
      company,
      name.slice(0, 200),
      sha256,
      format,
      booked,
      lines.length - booked,
      ignored,
      JSON.stringify(broken),
      meta.actor.id,
    ],
  );
}

async function book(
  tx: EntityManager,
  meta: CommandMeta,
  line: StatementLine,
  { statementId, company }: { statementId: string; company: string },
): Promise<void> {
  const payerId = await payerOf(tx, line);
  const items = await candidates(tx, line, { company, payerId });
  const { basis, customerId, designation } = suggestMatch({ ...line, payerId }, items);
  const { no: _no, ...money } = line;
  const payment = { ...money, companyId: company, customerId, instrument: 'BANK' as const, designation };
  const { paymentId } = await insertPayment(tx, meta, payment, true);
  await tx.query(`UPDATE payment SET statement_id = $2, matched_by = $3 WHERE id = $1`, [
    paymentId,
    statementId,
    basis satisfies MatchBasis,
  ]);
}

/** Whose the account was the last time finance said so, else who has exactly the name. */
async function payerOf(
  tx: EntityManager,
  { payerAccount, payerName }: StatementLine,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }[]>(
    `SELECT coalesce(
       (SELECT p.customer_id FROM payment p WHERE p.payer_account = $1 AND p.state = 'POSTED' ORDER BY p.recorded_at DESC LIMIT 1),
       (SELECT c.id FROM customer c WHERE c.name_key = $2)) AS id`,
    [payerAccount, nameKey(payerName)],
  );
  return row?.id ?? null;
}

/** The payer's open items, and whose number the reference may name: those that stand in it letter by letter. */
function candidates(
  tx: EntityManager,
  { currency, reference }: StatementLine,
  { company, payerId }: { company: string; payerId: string | null },
): Promise<Candidate[]> {
  return tx.query<Candidate[]>(
    `SELECT i.id, i.customer_id AS "customerId", i.invoice_no AS "invoiceNo", i.due_on::text AS "dueOn",
       (SELECT trim_scale(sum(e.amount))::text FROM receivable_entry e WHERE e.item_id = i.id) AS outstanding
     FROM receivable_item i WHERE i.company_id = $1 AND i.currency = $2 AND i.state IN ('OPEN', 'LEGAL')
       AND (i.customer_id = $3 OR strpos($4, ${SIGNS('i.invoice_no')}) > 0)
     ORDER BY i.due_on, i.id LIMIT 500`,
    [company, currency, payerId, signsOf(reference)],
  );
}

const SIGNS = (column: string) => `regexp_replace(upper(${column}), '[^A-Z0-9]', '', 'g')`;

function signsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '');
}
