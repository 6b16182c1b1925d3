import canonicalize from 'canonicalize';

/** What may be hashed, stored as an event or put on the wire. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * Canonical JSON (RFC 8785). Equal content gives equal text, whatever the key order.
 * Amounts and percents must arrive as strings: a JSON number is only for counts.
 */
export function canonicalJson(value: Json): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no JSON form');
  return text;
}
