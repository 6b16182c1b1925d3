import type { Json, JsonObject } from '../json.js';
import { isRecord, stepsOf } from './pointer.js';
import type { Words } from './kind.js';

/** What the engine can do with a field. */
export type FieldType =
  | 'money'
  | 'decimal'
  | 'integer'
  | 'number'
  | 'text'
  | 'boolean'
  | 'texts'
  | 'list'
  | 'object'
  /** the id of somebody who works here · several of them · the id of a file put to the document */
  | 'person'
  | 'people'
  | 'attachment';

/** A subschema with a local `$ref` followed; words beside the `$ref` win. */
export function resolved(schema: Json | undefined, root: JsonObject): JsonObject | null {
  if (!isRecord(schema)) return null;
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const defs = root['$defs'];
  const name = /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1];
  const target = name !== undefined && isRecord(defs) && Object.hasOwn(defs, name) ? defs[name] : undefined;
  return isRecord(target) ? { ...target, ...schema } : null;
}

/** The schema of a field; null when the schema declares no such field. */
export function schemaAt(root: JsonObject, pointer: string): JsonObject | null {
  const steps = stepsOf(pointer);
  return (steps ?? ['*']).reduce<JsonObject | null>((schema, step) => {
    if (!schema) return null;
    if (step === '*') return schema['type'] === 'array' ? resolved(schema['items'], root) : null;
    const properties = schema['properties'];
    return isRecord(properties) && Object.hasOwn(properties, step) ? resolved(properties[step], root) : null;
  }, root);
}

/** Money is an object of exactly an amount, as a decimal text, and a currency. */
export function isMoney(schema: JsonObject, root: JsonObject): boolean {
  const properties = schema['properties'];
  if (schema['type'] !== 'object' || !isRecord(properties)) return false;
  const names = Object.keys(properties).sort().join();
  const amount = resolved(properties['amount'], root);
  return names === 'amount,currency' && amount?.['format'] === 'decimal';
}

export function fieldType(schema: JsonObject, root: JsonObject): FieldType | null {
  switch (schema['type']) {
    case 'boolean':
    case 'integer':
    case 'number':
      return schema['type'];
    case 'string':
      return TEXT_FORMATS[String(schema['format'])] ?? 'text';
    case 'object':
      return isMoney(schema, root) ? 'money' : 'object';
    case 'array':
      return listType(resolved(schema['items'], root));
    default:
      return null;
  }
}

const TEXT_FORMATS: Readonly<Record<string, FieldType>> = {
  decimal: 'decimal',
  person: 'person',
  attachment: 'attachment',
};

/** A list of files is a list of objects with one each, so that each has its place. */
function listType(items: JsonObject | null): FieldType | null {
  if (items?.['type'] !== 'string') return 'list';
  if (items['format'] === 'attachment') return null;
  return items['format'] === 'person' ? 'people' : 'texts';
}

/** The pointers of all fields of these types, those of groups and lists among them. */
export function fieldsOfType(root: JsonObject, wanted: readonly FieldType[], at = ''): string[] {
  const properties = (at === '' ? root : schemaAt(root, at))?.['properties'];
  if (!isRecord(properties)) return [];
  return Object.keys(properties).flatMap((name) => {
    const pointer = `${at}/${name}`;
    const field = resolved(properties[name], root);
    const type = field && fieldType(field, root);
    if (type && wanted.includes(type)) return [pointer];
    if (type === 'object') return fieldsOfType(root, wanted, pointer);
    return type === 'list' ? fieldsOfType(root, wanted, `${pointer}/*`) : [];
  });
}

/** A field's name for people: `x-titles`, else `title`, else its last step. */
export function fieldTitles(root: JsonObject, pointer: string): Words {
  const schema = schemaAt(root, pointer);
  const titles = schema?.['x-titles'];
  if (isRecord(titles) && typeof titles['zh'] === 'string' && typeof titles['en'] === 'string')
    return { zh: titles['zh'], en: titles['en'] };
  const title =
    typeof schema?.['title'] === 'string' ? schema['title'] : (stepsOf(pointer)?.at(-1) ?? pointer);
  return { zh: title, en: title };
}

const CONDITIONS = new Set(['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentRequired']);

/** The schema without the fields at the pointers, so that nobody learns of them by their names either. Conditions go with them. */
export function schemaWithout(root: JsonObject, pointers: readonly string[]): JsonObject {
  if (pointers.length === 0) return root;
  const { $defs: defs, ...cutRoot } = pointers.reduce<JsonObject>((left, pointer) => {
    const steps = stepsOf(pointer);
    return steps ? cut(left, steps, left) : left;
  }, root);
  const shown = unconditional(cutRoot) as JsonObject;
  const text = JSON.stringify(shown);
  if (!isRecord(defs)) return shown;
  const used = Object.entries(defs).filter(([name]) => text.includes(`"#/$defs/${name}"`));
  return used.length === 0 ? shown : { ...shown, $defs: unconditional(Object.fromEntries(used)) };
}

function unconditional(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => unconditional(item));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !CONDITIONS.has(name))
      .map(([name, inner]) => [name, unconditional(inner)]),
  );
}

function cut(schema: JsonObject, [step, ...rest]: readonly string[], root: JsonObject): JsonObject {
  if (step === undefined) return schema;
  if (step === '*') {
    const items = resolved(schema['items'], root);
    return items ? { ...schema, items: cut(items, rest, root) } : schema;
  }
  const { properties, required } = schema;
  if (!isRecord(properties) || !Object.hasOwn(properties, step)) return schema;
  const { [step]: inner, ...others } = properties;
  if (rest.length > 0) {
    const target = resolved(inner, root);
    return target
      ? { ...schema, properties: { ...properties, [step]: cut(inlined(target), rest, root) } }
      : schema;
  }
  const left = { ...schema, properties: others };
  return Array.isArray(required) ? { ...left, required: required.filter((name) => name !== step) } : left;
}

/** What was followed once is cut here alone, not where else it is referred to. */
function inlined(schema: JsonObject): JsonObject {
  const { $ref: _followed, ...rest } = schema;
  return rest;
}
