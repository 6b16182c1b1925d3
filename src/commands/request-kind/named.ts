import type { EntityManager } from 'typeorm';
import { DomainError, type FieldError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { RequestKind } from '../../domain/request-kind/kind.js';
import { filesApproved, filesNamed, peopleNamed, type Named } from '../../domain/request-kind/named.js';
import { looksLikeId } from '../../policy/request-kind/validate.js';

export interface Naming {
  document: JsonObject;
  /** what it names already, which is not asked of anew: people leave, and others have put their files to it */
  before: JsonObject;
  /** whose document; null: not stored yet */
  formId: string | null;
  /** who names */
  personId: string;
  /** where the document stands in the request body */
  at?: string;
}

/**
 * People a document names work here, files were put to this very document by whoever names them.
 * @throws DomainError DOCUMENT_INVALID with every field
 */
export async function mustNameKnown(tx: EntityManager, kind: RequestKind, naming: Naming): Promise<void> {
  const { document, before, at = '/document' } = naming;
  const { schema } = kind.content;
  const anew = (found: typeof peopleNamed) => {
    const known = new Set(found(schema, before).map(({ id }) => id));
    return found(schema, document).filter(({ id }) => !known.has(id));
  };
  const files = anew(filesNamed);
  const own = await ownFiles(tx, idsOf(files), naming);
  refuse([
    ...(await strangers(tx, anew(peopleNamed), at)),
    ...files.flatMap(({ place, id }) =>
      own.has(id) ? [] : [problem(`${at}${place}`, 'UNKNOWN_FILE', 'a file put to this document by oneself')],
    ),
  ]);
}

/**
 * What goes into approval names people who work here on that day.
 * @throws DomainError DOCUMENT_INVALID
 */
export async function mustNamePeople(
  tx: EntityManager,
  { content }: RequestKind,
  document: JsonObject,
): Promise<void> {
  refuse(await strangers(tx, peopleNamed(content.schema, document), '/document'));
}

async function strangers(tx: EntityManager, people: readonly Named[], at: string): Promise<FieldError[]> {
  const here = await peopleHere(tx, idsOf(people));
  // what is no id at all the schema refuses
  return people.flatMap(({ place, id }) =>
    here.has(id) || !looksLikeId(id) ? [] : [problem(`${at}${place}`, 'UNKNOWN_PERSON', 'an active person')],
  );
}

function problem(pointer: string, code: string, rule: string): FieldError {
  return { pointer, code, rule };
}

function refuse(wrong: readonly FieldError[]): void {
  if (wrong.length > 0) throw new DomainError('DOCUMENT_INVALID', {}, [...wrong]);
}

function idsOf(named: readonly Named[]): string[] {
  return [...new Set(named.map(({ id }) => id))].filter(looksLikeId);
}

async function peopleHere(tx: EntityManager, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM employee WHERE id = ANY($1::uuid[]) AND status = 'ACTIVE'`,
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

async function ownFiles(
  tx: EntityManager,
  ids: readonly string[],
  { formId, personId }: Naming,
): Promise<Set<string>> {
  if (ids.length === 0 || formId === null) return new Set();
  const rows = await tx.query<{ id: string }[]>(
    `SELECT id FROM form_attachment WHERE id = ANY($1::uuid[]) AND form_id = $2 AND by_id::text = $3`,
    [ids, formId, personId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What the approved files say, by their ids; a digest that is part of what is approved (AE-SUB-1). */
export async function digestsOf(
  tx: EntityManager,
  { content }: RequestKind,
  document: JsonObject,
): Promise<Record<string, string>> {
  const ids = filesApproved(content, document).filter(looksLikeId);
  if (ids.length === 0) return {};
  const rows = await tx.query<{ id: string; sha256: string }[]>(
    `SELECT id, sha256 FROM form_attachment WHERE id = ANY($1::uuid[]) ORDER BY id`,
    [ids],
  );
  return Object.fromEntries(rows.map(({ id, sha256 }) => [id, sha256]));
}
