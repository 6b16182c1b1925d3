import { createHash, randomBytes } from 'node:crypto';
import type { Json, JsonObject } from '../domain/json.js';

/** Free text of a person, as it is kept beside the chain: erasable, while the digest in the event stays (AE-AUD-3). */
export interface PersonalText {
  digest: Buffer;
  salt: Buffer;
  text: string;
  authorId: string;
}

export interface Sealed {
  payload: JsonObject;
  texts: readonly PersonalText[];
}

/** Where people write freely in events; whatever else an event holds are ids, codes, amounts and times. */
const FREE_TEXT = new Set(['comment', 'reason', 'note', 'evidence', 'acceptedBy']);
const SALT_BYTES = 16;
const SYSTEM = 'system:';

/**
 * Takes the free text out of an event: at its place stands `sealed:<SHA-256 of salt ‖ text>`, so that the chain goes on
 * proving it for as long as it is kept. Texts of the system are nobody's and stay. An answer inside an event is its actor's.
 */
export function sealTexts(payload: JsonObject, actorId: string): Sealed {
  const texts: PersonalText[] = [];
  const seal = (text: string, authorId: string): string => {
    const salt = randomBytes(SALT_BYTES);
    const digest = createHash('sha256').update(salt).update(text).digest();
    texts.push({ digest, salt, text, authorId });
    return `sealed:${digest.toString('hex')}`;
  };
  const walk = (value: Json, authorId: string): Json => {
    if (isList(value)) return value.map((item) => walk(item, authorId));
    if (value === null || typeof value !== 'object') return value;
    const { actor } = value;
    const author = typeof actor === 'string' ? actor : authorId;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        FREE_TEXT.has(key) && typeof inner === 'string' && inner !== '' && !author.startsWith(SYSTEM)
          ? seal(inner, author)
          : walk(inner, author),
      ]),
    );
  };
  return { payload: walk(payload, actorId) as JsonObject, texts };
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
