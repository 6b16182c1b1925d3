import type { Json, JsonObject } from '../json.js';
import type { RequestKindContent } from './kind.js';
import { isWithin, placesOf, valueAtPlace } from './pointer.js';
import { fieldsOfType } from './schema.js';

/** Somebody or some file that a document names, at its place. */
export interface Named {
  place: string;
  id: string;
}

/** The people a document names. */
export function peopleNamed(schema: JsonObject, document: JsonObject): Named[] {
  return namedAt(document, fieldsOfType(schema, ['person', 'people']));
}

/** The files a document names. */
export function filesNamed(schema: JsonObject, document: JsonObject): Named[] {
  return namedAt(document, fieldsOfType(schema, ['attachment']));
}

/** The files an approval of the document is about: their digests are part of what is approved (AE-SUB-1). */
export function filesApproved({ schema, relevant }: RequestKindContent, document: JsonObject): string[] {
  const fields = fieldsOfType(schema, ['attachment']).filter((field) =>
    relevant.some((one) => isWithin(field, one)),
  );
  return [...new Set(namedAt(document, fields).map(({ id }) => id))];
}

/** Whom a document says it is for: they never approve it (AE-SOD-1). */
export function beneficiariesOf({ beneficiaries = [] }: RequestKindContent, document: JsonObject): string[] {
  return [...new Set(namedAt(document, beneficiaries).map(({ id }) => id))].sort();
}

function namedAt(document: JsonObject, fields: readonly string[]): Named[] {
  return fields.flatMap((field) => placesOf(document, field)).flatMap((place) => idsAt(document, place));
}

function idsAt(document: JsonObject, place: string): Named[] {
  const value = valueAtPlace(document, place);
  if (Array.isArray(value))
    return value.flatMap((id: Json, index) =>
      typeof id === 'string' ? [{ place: `${place}/${index}`, id }] : [],
    );
  return typeof value === 'string' && value !== '' ? [{ place, id: value }] : [];
}
