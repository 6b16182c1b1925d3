import type { Reader } from '../../db/prepared.js';

const SEALED = /^sealed:([0-9a-f]{64})$/;

/** Is this a text that stood beside the chain and has been erased (AE-AUD-3)? */
export function isErased(text: string | null): boolean {
  return text !== null && SEALED.test(text);
}

/** Payloads of events with their free text put back; what has been erased stays `sealed:<digest>`. */
export async function unsealed<T>(db: Reader, payloads: readonly T[]): Promise<T[]> {
  const digests = new Set<string>();
  walk(payloads, (text) => {
    const digest = SEALED.exec(text)?.[1];
    if (digest) digests.add(digest);
    return text;
  });
  if (digests.size === 0) return [...payloads];
  const rows = await db.query<{ digest: string; text: string }[]>(
    `SELECT encode(digest, 'hex') AS digest, text FROM personal_text
     WHERE digest IN (SELECT decode(d, 'hex') FROM unnest($1::text[]) AS d) AND text IS NOT NULL`,
    [[...digests]],
  );
  const known = new Map(rows.map(({ digest, text }) => [`sealed:${digest}`, text]));
  return walk(payloads, (text) => known.get(text) ?? text) as T[];
}

function walk(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, replace));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner, replace)]));
}
