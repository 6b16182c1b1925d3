import { createInflate } from 'node:zlib';

export interface Unpacked {
  /** counted, not kept; more than was asked for when there is more */
  bytes: number;
  /** what came out is packed itself */
  isPackedAgain: boolean;
}

/** Each one is a turn of the event loop, behind whoever else is waiting. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * How much zlib data unpacks to, counted beside the event loop and never held: it ends as soon as there is more than `most`.
 * Damaged data counts as far as it goes, and what follows its end is left alone.
 */
export async function unpacked(packed: Buffer, most: number): Promise<Unpacked> {
  let bytes = 0;
  let first: Buffer | null = null;
  for await (const chunk of chunksOf(packed)) {
    first ??= chunk;
    bytes += chunk.length;
    if (bytes > most) break;
  }
  return { bytes, isPackedAgain: first !== null && isZlib(first) && (await growsAgain(first)) };
}

async function* chunksOf(packed: Buffer): AsyncGenerator<Buffer> {
  const inflate = createInflate({ chunkSize: CHUNK_BYTES });
  inflate.end(packed);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch {
    // damaged: a reader of the file stops here as well
  }
}

async function growsAgain(packed: Buffer): Promise<boolean> {
  let bytes = 0;
  for await (const chunk of chunksOf(packed)) {
    bytes += chunk.length;
    if (bytes > packed.length) return true;
  }
  return false;
}

/** RFC 1950: deflate, and the check of the two bytes that say so. */
export function isZlib(bytes: Buffer): boolean {
  return bytes.length > 2 && (bytes[0]! & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}
