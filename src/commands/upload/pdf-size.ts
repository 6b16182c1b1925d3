import { isZlib, unpacked } from './unpacked.js';

/** Far above what a scan of as many megabytes as may be uploaded unpacks to. */
export const PDF_LIMITS = { unpackedBytes: 512 * 1024 * 1024, objects: 200_000, depth: 500 } as const;

export type PdfFault = 'UNPACKS_TOO_LARGE' | 'PACKED_TWICE' | 'TOO_MANY_OBJECTS' | 'TOO_DEEP';

const [LF, CR] = [0x0a, 0x0d];
const [ARRAY, DICTIONARY, ARRAY_END, DICTIONARY_END] = [0x5b, 0x3c, 0x5d, 0x3e];
const OBJECTS_INSIDE = /\/N\s{0,8}(\d{1,10})/g;

/**
 * Why a PDF would take a reader more memory or time than a document can; null: it would not. Nothing of it is read here but
 * what bounds it: what its deflated streams unpack to, how many objects it says it has, how deep they open.
 */
export async function pdfFault(pdf: Buffer): Promise<PdfFault | null> {
  let objects = 0;
  let left: number = PDF_LIMITS.unpackedBytes;
  for (const { between, stream } of partsOf(pdf)) {
    objects += objectsOf(between);
    if (objects > PDF_LIMITS.objects) return 'TOO_MANY_OBJECTS';
    if (opensTooDeep(between)) return 'TOO_DEEP';
    if (!stream || !isZlib(stream)) continue;
    const { bytes, isPackedAgain } = await unpacked(stream, left);
    if (isPackedAgain) return 'PACKED_TWICE';
    left -= bytes;
    if (left < 0) return 'UNPACKS_TOO_LARGE';
  }
  return null;
}

/** What stands before each stream, and the file from its first byte on: a stream is as long as its own data says. */
function* partsOf(pdf: Buffer): Generator<{ between: Buffer; stream: Buffer | null }> {
  for (let at = 0; at < pdf.length;) {
    const word = pdf.indexOf('stream', at);
    if (word < 0) return yield { between: pdf.subarray(at), stream: null };
    let from = word + 'stream'.length;
    if (pdf[from] === CR) from += 1;
    if (pdf[from] === LF) from += 1;
    yield { between: pdf.subarray(at, word), stream: pdf.subarray(from) };
    const end = pdf.indexOf('endstream', from);
    at = end < 0 ? pdf.length : end + 'endstream'.length;
  }
}

/** Objects that stand by themselves and those in streams of objects, which say how many they hold. */
function objectsOf(between: Buffer): number {
  let count = 0;
  for (let at = between.indexOf(' obj'); at >= 0; at = between.indexOf(' obj', at + 4)) count += 1;
  if (between.includes('/ObjStm'))
    for (const [, inside] of between.toString('latin1').matchAll(OBJECTS_INSIDE)) count += Number(inside);
  return count;
}

/** Arrays and dictionaries opened one in the other with nothing closed between them. */
function opensTooDeep(between: Buffer): boolean {
  let depth = 0;
  for (const byte of between) {
    if (byte === ARRAY || byte === DICTIONARY) depth += 1;
    else if (byte === ARRAY_END || byte === DICTIONARY_END) depth = 0;
    if (depth > PDF_LIMITS.depth) return true;
  }
  return false;
}
