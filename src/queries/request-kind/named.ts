import type { Reader } from '../../db/prepared.js';
import type { AttachmentRef } from '../../domain/approval/model.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { filesNamed, peopleNamed } from '../../domain/request-kind/named.js';
import { namesOf, type PersonRef } from '../request/person-ref.js';

/** The people and files that fields of a document hold, by their ids. */
export interface Named {
  people: PersonRef[];
  files: AttachmentRef[];
}

const NOBODY: Named = { people: [], files: [] };

/** What any of these documents of one form names. */
export async function namedIn(
  db: Reader,
  formId: string,
  documents: readonly { schema: JsonObject; document: JsonObject }[],
): Promise<Named> {
  const people = idsIn(documents, peopleNamed);
  const files = idsIn(documents, filesNamed);
  if (people.size + files.size === 0) return NOBODY;
  const nameOf = await namesOf(db, people);
  return {
    people: [...people].flatMap((id) => nameOf(id) ?? []),
    files: (await filesOf(db, formId)).filter(({ id }) => files.has(id)),
  };
}

/** The part of it that one document names. */
export function namedBy({ people, files }: Named, schema: JsonObject, document: JsonObject): Named {
  const [ids, fileIds] = [
    idsIn([{ schema, document }], peopleNamed),
    idsIn([{ schema, document }], filesNamed),
  ];
  return {
    people: people.filter(({ id }) => ids.has(id)),
    files: files.filter(({ id }) => fileIds.has(id)),
  };
}

/** Names instead of ids, one or several separated by commas; anything else as it is. */
export function wordsIn({ people, files }: Named): (text: string | null) => string | null {
  const names = new Map([...people, ...files].map(({ id, name }) => [id, name]));
  return (text) =>
    text &&
    text
      .split(', ')
      .map((part) => names.get(part) ?? part)
      .join(', ');
}

function idsIn(
  documents: readonly { schema: JsonObject; document: JsonObject }[],
  found: typeof peopleNamed,
): Set<string> {
  return new Set(documents.flatMap(({ schema, document }) => found(schema, document).map(({ id }) => id)));
}

/** Every file put to a document, without what is in it. */
export async function filesOf(db: Reader, formId: string): Promise<AttachmentRef[]> {
  return db.query<AttachmentRef[]>(
    `SELECT id, name, media_type AS "mediaType", size, sha256 FROM form_attachment WHERE form_id = $1 ORDER BY id`,
    [formId],
  );
}

/** One file of a document; the caller has checked who asks. @throws DomainError NOT_FOUND */
export async function readFormFile(
  db: Reader,
  formId: string,
  id: string,
): Promise<{ name: string; mediaType: string; bytes: Buffer }> {
  const [row] = await db.query<{ name: string; mediaType: string; bytes: Buffer }[]>(
    `SELECT name, media_type AS "mediaType", bytes FROM form_attachment WHERE form_id = $1 AND id = $2`,
    [formId, id],
  );
  if (!row) throw new DomainError('NOT_FOUND');
  return row;
}
