import { createHash } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, or of bytes as they are; lower-case hex. */
export function textDigest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
