import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../domain/json.js';

/** SHA-256 of the canonical JSON (RFC 8785) of `value`. */
export function digest(value: Json): Buffer {
  return createHash('sha256').update(canonicalJson(value)).digest();
}

/** As `digest`, in lower-case hex: the form in which hashes are shown, sent and compared (AE-SUB-1). */
export function hexDigest(value: Json): string {
  return digest(value).toString('hex');
}
