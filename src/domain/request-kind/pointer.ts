import type { Json, JsonObject } from '../json.js';

const STEP = /^([A-Za-z][A-Za-z0-9_-]{0,59}|\*)$/;
const MAX_STEPS = 8;

/** The steps of a field pointer; null when it is none. Field names need no escapes. */
export function stepsOf(pointer: string): string[] | null {
  if (!pointer.startsWith('/')) return null;
  const steps = pointer.slice(1).split('/');
  return steps.length <= MAX_STEPS && steps[0] !== '*' && steps.every((step) => STEP.test(step))
    ? steps
    : null;
}

/** Every value a pointer reaches in a document; `*` reaches each item of a list. Absent and null fields are left out. */
export function valuesAt(document: Json, pointer: string): Json[] {
  return reach(document, stepsOf(pointer) ?? ['']);
}

function reach(value: Json | undefined, [step, ...rest]: readonly string[]): Json[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  if (step === '*') return isList(value) ? value.flatMap((item) => reach(item, rest)) : [];
  return isRecord(value) && Object.hasOwn(value, step) ? reach(value[step], rest) : [];
}

/** The places of a document that a pointer reaches, `*` as the item's index: `/items/0/amount`. Absent ones are left out. */
export function placesOf(document: Json, pointer: string): string[] {
  return placesIn(document, stepsOf(pointer) ?? [''], '');
}

function placesIn(value: Json | undefined, [step, ...rest]: readonly string[], at: string): string[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [at];
  if (step === '*')
    return isList(value) ? value.flatMap((item, index) => placesIn(item, rest, `${at}/${index}`)) : [];
  return isRecord(value) && Object.hasOwn(value, step) ? placesIn(value[step], rest, `${at}/${step}`) : [];
}

/** What stands at one of the places `placesOf` found. */
export function valueAtPlace(document: JsonObject, place: string): Json {
  return place
    .slice(1)
    .split('/')
    .reduce<Json>((value, step) => (value as Record<string, Json>)[step] ?? null, document);
}

/** The document without what the pointers reach. */
export function without(document: JsonObject, pointers: readonly string[]): JsonObject {
  return pointers.reduce<JsonObject>((left, pointer) => {
    const steps = stepsOf(pointer);
    return steps ? (cut(left, steps) as JsonObject) : left;
  }, document);
}

function cut(value: Json, [step, ...rest]: readonly string[]): Json {
  if (step === '*')
    return isList(value) ? (rest.length === 0 ? [] : value.map((item) => cut(item, rest))) : value;
  if (step === undefined || !isRecord(value) || !Object.hasOwn(value, step)) return value;
  const { [step]: inner, ...others } = value;
  return rest.length === 0 ? others : { ...others, [step]: cut(inner!, rest) };
}

/** The document with only what the pointers reach; empty shells are left out. */
export function only(document: JsonObject, pointers: readonly string[]): JsonObject {
  const ways = pointers.map(stepsOf).filter((steps) => steps !== null);
  return (keep(document, ways) ?? {}) as JsonObject;
}

function keep(value: Json, ways: readonly (readonly string[])[]): Json | undefined {
  if (ways.some((way) => way.length === 0)) return value;
  if (isList(value)) {
    const inner = ways.filter(([step]) => step === '*').map(([, ...rest]) => rest);
    return inner.length === 0 ? undefined : value.map((item) => keep(item, inner) ?? null);
  }
  if (!isRecord(value)) return undefined;
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const rest = ways.filter(([step]) => step === name).map(([, ...left]) => left);
    const part = rest.length === 0 ? undefined : keep(inner, rest);
    return part === undefined ? [] : [[name, part] as const];
  });
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** The document with one field set; the way to it must lead through objects only. */
export function withValue(document: JsonObject, pointer: string, value: Json | undefined): JsonObject {
  return put(document, stepsOf(pointer) ?? [], value);
}

function put(value: JsonObject, [step, ...rest]: readonly string[], given: Json | undefined): JsonObject {
  if (step === undefined) return value;
  const { [step]: inner, ...others } = value;
  if (rest.length > 0) return { ...others, [step]: put(isRecord(inner) ? inner : {}, rest, given) };
  return given === undefined ? others : { ...others, [step]: given };
}

/** Whether one pointer lies at or below another: `/payee/bank` below `/payee`. */
export function isWithin(pointer: string, above: string): boolean {
  return pointer === above || pointer.startsWith(`${above}/`);
}

export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
