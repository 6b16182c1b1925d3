import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { CsvError, parse, type Parser } from 'csv-parse';
import type { EntityManager } from 'typeorm';
import type { Cells } from '../../domain/import/row.js';

const MAX_ROW_BYTES = 64 * 1024;

export interface JobSource {
  id: string;
  columns: readonly string[];
  delimiter: string;
  nextByte: number;
  textBytes: number;
}

export interface FileRow {
  cells: Cells;
  /** how many values the row has; the header says how many it should have */
  width: number;
  isEmpty: boolean;
}

/** Rows from a place in the kept text, and the place behind the last of them. `broken`: no row can be read from there on. */
export interface RowBatch {
  rows: FileRow[];
  nextByte: number;
  broken: string | null;
}

/**
 * Streams at most `limit` rows. Byte places come from the parser, so that a later call goes on exactly behind them.
 * Rows are taken as they are parsed: a stream that fails would drop those it has parsed and not handed over.
 */
export async function readBatch(tx: EntityManager, source: JobSource, limit: number): Promise<RowBatch> {
  const rows: FileRow[] = [];
  let nextByte = source.nextByte;
  const parser = parserOf(source, (record, bytes) => {
    if (rows.length === limit) return null;
    rows.push(fileRow(record, source.columns));
    nextByte = source.nextByte + bytes;
    return record;
  });
  const text = Readable.from(textFrom(tx, source));
  text.on('error', (error) => parser.destroy(error));
  const parsed = text.pipe(parser)[Symbol.asyncIterator]();
  try {
    let isEnd = false;
    while (!isEnd && rows.length < limit) isEnd = (await parsed.next()).done === true;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const broken = 'a quote is opened and not closed, or the row is longer than 64 kB';
    return { rows, nextByte, broken: rows.length === limit ? null : broken };
  } finally {
    text.destroy();
    parser.destroy();
  }
  return { rows, nextByte: rows.length === limit ? nextByte : source.textBytes, broken: null };
}

/** How many rows there are from a place on; null when a broken one hides the rest. */
export async function countRows(tx: EntityManager, source: JobSource): Promise<number | null> {
  let count = 0;
  const parser = parserOf(source, () => {
    count += 1;
    return null;
  });
  const text = Readable.from(textFrom(tx, source));
  text.on('error', (error) => parser.destroy(error));
  try {
    await finished(text.pipe(parser).resume());
    return count;
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  } finally {
    text.destroy();
  }
}

function parserOf(source: JobSource, take: (record: string[], bytes: number) => string[] | null): Parser {
  return parse({
    delimiter: source.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_ROW_BYTES,
    on_record: (record: string[], { bytes }) => take(record, bytes),
  });
}

async function* textFrom(tx: EntityManager, { id, nextByte, textBytes }: JobSource): AsyncGenerator<Buffer> {
  for (let at = nextByte; at < textBytes;) {
    const [chunk] = await tx.query<{ first_byte: string; bytes: Buffer }[]>(
      `SELECT first_byte, bytes FROM import_chunk WHERE job_id = $1 AND first_byte <= $2 ORDER BY first_byte DESC LIMIT 1`,
      [id, at],
    );
    if (!chunk) throw new Error(`import ${id} has no text at byte ${at}`);
    const rest = chunk.bytes.subarray(at - Number(chunk.first_byte));
    yield rest;
    at += rest.length;
  }
}

function fileRow(record: readonly string[], columns: readonly string[]): FileRow {
  return {
    cells: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ''])),
    width: record.length,
    isEmpty: record.every((value) => value.trim() === ''),
  };
}
