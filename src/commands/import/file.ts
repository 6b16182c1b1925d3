import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { DomainError } from '../../domain/errors.js';
import { IMPORT_COLUMNS, type ImportKind } from '../../domain/import/row.js';

/** Larger files are cut by hand; this one fits in memory while it is decoded. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;
const MAX_COLUMNS = 60;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF16_MARKS = ['fffe', 'feff'];

/** A file as it is kept: UTF-8 without mark, with the place of its first data row. */
export interface ImportFile {
  text: Buffer;
  sha256: Buffer;
  encoding: 'UTF-8' | 'GB18030';
  delimiter: string;
  columns: string[];
  firstByte: number;
}

/**
 * Decodes UTF-8 (with or without mark) or else GB18030, and reads the header.
 * @throws DomainError IMPORT.FILE_UNREADABLE · IMPORT.FILE_EMPTY · IMPORT.COLUMNS_MISSING · IMPORT.COLUMNS_DOUBLE · BODY_TOO_LARGE
 */
export function readImportFile(kind: ImportKind, bytes: Buffer): ImportFile {
  if (bytes.length > MAX_FILE_BYTES) throw tooLarge();
  const { text, encoding } = decodeBytes(bytes);
  const lineEnd = /\r\n|\n|\r/.exec(text.subarray(0, 65_536).toString('utf8'));
  const headerText = text.subarray(0, 65_536).toString('utf8').slice(0, lineEnd?.index);
  if (headerText.trim() === '') throw new DomainError('IMPORT.FILE_EMPTY');
  const delimiter = [',', ';', '\t'].sort(
    (a, b) => headerText.split(b).length - headerText.split(a).length,
  )[0]!;
  const columns = headerOf(headerText, delimiter);
  const missing = IMPORT_COLUMNS[kind].mandatory.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new DomainError('IMPORT.COLUMNS_MISSING', { kind, missing, found: columns });
  if (new Set(columns).size < columns.length)
    throw new DomainError('IMPORT.COLUMNS_DOUBLE', { found: columns });
  const firstByte = Buffer.byteLength(headerText + (lineEnd?.[0] ?? ''));
  return {
    text,
    sha256: createHash('sha256').update(bytes).digest(),
    encoding,
    delimiter,
    columns,
    firstByte,
  };
}

function headerOf(text: string, delimiter: string): string[] {
  try {
    const [header] = parse(text, { delimiter, relax_quotes: true }) as string[][];
    return (header ?? []).slice(0, MAX_COLUMNS).map((name) => name.normalize('NFKC').trim().toLowerCase());
  } catch {
    throw unreadable('the header row is not CSV');
  }
}

/** UTF-8 with or without mark, else GB18030. @throws DomainError IMPORT.FILE_UNREADABLE */
export function decodeBytes(bytes: Buffer): { text: Buffer; encoding: 'UTF-8' | 'GB18030' } {
  if (UTF16_MARKS.includes(bytes.subarray(0, 2).toString('hex')))
    throw unreadable('UTF-16; save as CSV UTF-8');
  if (bytes.includes(0)) throw unreadable('not a text file');
  const body = bytes.subarray(0, 3).equals(BOM) ? bytes.subarray(3) : bytes;
  if (isUtf8(body)) return { text: body, encoding: 'UTF-8' };
  const text = iconv.decode(body, 'gb18030');
  if (text.includes('\ufffd')) throw unreadable('neither UTF-8 nor GB18030');
  return { text: Buffer.from(text), encoding: 'GB18030' };
}

function unreadable(reason: string): DomainError {
  return new DomainError('IMPORT.FILE_UNREADABLE', { reason }, [
    { pointer: '/file', code: 'TYPE', rule: 'CSV text' },
  ]);
}

function tooLarge(): DomainError {
  const rule = `at most ${MAX_FILE_BYTES} bytes`;
  return new DomainError('BODY_TOO_LARGE', { maxBytes: MAX_FILE_BYTES }, [
    { pointer: '/file', code: 'TOO_LARGE', rule },
  ]);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
