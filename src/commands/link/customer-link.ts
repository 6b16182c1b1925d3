import { createHash, createHmac } from 'node:crypto';
import type { Reader } from '../../db/prepared.js';
import { canonicalJson, type JsonObject } from '../../domain/json.js';

/** Links of people who have no account here, each with a table of its own. */
const TABLES = { offer: 'offer_link', signing: 'signing_signer' } as const;

/** What of a link is stored: who reads the table cannot answer with it. */
export function customerTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token of a link, the same whenever it is asked for. From now on the link opens with it. */
export async function openCustomerLink(
  db: Reader,
  secret: string,
  kind: keyof typeof TABLES,
  linkId: string,
): Promise<string> {
  const token = createHmac('sha256', `${kind}:${secret}`).update(linkId).digest('base64url');
  await db.query(`UPDATE ${TABLES[kind]} SET token_hash = $2 WHERE id = $1`, [
    linkId,
    customerTokenHash(token),
  ]);
  return token;
}

/** SHA-256 over salt and canonical JSON of the evidence: proves it as long as it is kept, says nothing once it is erased. */
export function evidenceDigest(evidence: JsonObject, salt: Buffer): string {
  return createHash('sha256').update(salt).update(canonicalJson(evidence)).digest('hex');
}
