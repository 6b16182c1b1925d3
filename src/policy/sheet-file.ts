import { inflateRawSync } from 'node:zlib';
import { DomainError } from '../domain/errors.js';

/** A table of 2,000 rows is well below; what is larger was not exported from here. */
export const SHEET_LIMITS = {
  fileBytes: 2 * 1_024 * 1_024,
  unpackedBytes: 24 * 1_024 * 1_024,
  parts: 200,
} as const;

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const WIDE = 0xffffffff;

/**
 * Refuses a workbook that would unpack to more than a table can be, whatever its directory claims: every part is
 * unpacked here with a limit before the workbook is read.
 * @throws DomainError POLICY.SHEET_UNREADABLE it is no workbook · BODY_TOO_LARGE it is one, and too large
 */
export function mustBeSmallWorkbook(file: Buffer): void {
  if (file.length > SHEET_LIMITS.fileBytes) throw tooLarge();
  let left: number = SHEET_LIMITS.unpackedBytes;
  for (const part of partsOf(file)) {
    left -= unpackedSize(part, left);
    if (left < 0) throw tooLarge();
  }
}

interface Part {
  method: number;
  packed: Buffer;
}

function partsOf(file: Buffer): Part[] {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count === 0) throw unreadable();
  if (count > SHEET_LIMITS.parts) throw tooLarge();
  let at = file.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const { part, next } = partAt(file, at);
    at = next;
    return part;
  });
}

function endOf(file: Buffer): number {
  for (let at = file.length - END_BYTES; at >= Math.max(0, file.length - END_BYTES - 65_535); at -= 1)
    if (file.readUInt32LE(at) === END) return at;
  throw unreadable();
}

function partAt(file: Buffer, at: number): { part: Part; next: number } {
  if (at + ENTRY_BYTES > file.length || file.readUInt32LE(at) !== ENTRY) throw unreadable();
  const method = file.readUInt16LE(at + 10);
  const size = file.readUInt32LE(at + 20);
  const local = file.readUInt32LE(at + 42);
  const next = at + ENTRY_BYTES + [28, 30, 32].reduce((sum, field) => sum + file.readUInt16LE(at + field), 0);
  if (size === WIDE || local === WIDE || local + LOCAL_BYTES > file.length) throw unreadable();
  const from = local + LOCAL_BYTES + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  if (from + size > file.length) throw unreadable();
  return { part: { method, packed: file.subarray(from, from + size) }, next };
}

function unpackedSize({ method, packed }: Part, most: number): number {
  if (method === STORED) return packed.length;
  if (method !== DEFLATED) throw unreadable();
  try {
    return packed.length === 0 ? 0 : inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) }).length;
  } catch (error) {
    throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge() : unreadable();
  }
}

export function unreadable(): DomainError {
  return new DomainError('POLICY.SHEET_UNREADABLE', {}, [
    { pointer: '/file', code: 'TYPE', rule: 'an Excel workbook (.xlsx)' },
  ]);
}

function tooLarge(): DomainError {
  const { fileBytes, unpackedBytes, parts } = SHEET_LIMITS;
  const rule = `at most ${fileBytes} bytes, ${unpackedBytes} unpacked, in ${parts} parts`;
  return new DomainError('BODY_TOO_LARGE', { maxBytes: fileBytes }, [
    { pointer: '/file', code: 'TOO_LARGE', rule },
  ]);
}
