import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '../../domain/errors.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { amountProblem, currencyExponent } from '../../domain/money.js';
import { moneyOf } from '../../domain/request-kind/reading.js';
import { isMoney, resolved } from '../../domain/request-kind/schema.js';
import { isRecord } from '../../domain/request-kind/pointer.js';
import { linearRegExp } from './linear-pattern.js';

export const MAX_DOCUMENT_BYTES = 64_000;
const MAX_DEPTH = 12;
const MOST_REPORTED = 50;
/** For people and screens; they judge nothing. */
const WORDS = ['x-titles', 'x-enum-titles', 'x-widget', 'x-hint'];
export const FORMATS = [
  ...['date', 'date-time', 'time', 'email', 'uuid'],
  ...['decimal', 'currency', 'person', 'attachment'],
];
const ID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const KEPT = 100;
/** Published schemas are immutable: compiled once per process, the oldest first to go. */
const compiled = new WeakMap<object, ValidateFunction>();
const waiting: object[] = [];

/**
 * Compiles a schema of a kind. Nothing is fetched: a `$ref` that leaves the schema is an error.
 * @throws Error what Ajv says is wrong with the schema
 */
export function compileSchema(schema: JsonObject): ValidateFunction {
  const ajv = new Ajv2020({
    strictSchema: true,
    strictTypes: false,
    allErrors: true,
    addUsedSchema: false,
    logger: false,
    code: { regExp: linearRegExp },
  });
  addFormats.default(ajv, ['date', 'date-time', 'time', 'email', 'uuid']);
  ajv.addFormat('decimal', /^-?\d{1,15}(\.\d{1,4})?$/);
  ajv.addFormat('currency', /^[A-Z]{3}$/);
  ajv.addFormat('person', ID);
  ajv.addFormat('attachment', ID);
  ajv.addVocabulary(WORDS);
  return ajv.compile(schema);
}

/** Whether a text has the form of the ids people and files go by. */
export function looksLikeId(text: string): boolean {
  return ID.test(text);
}

/** Which fields of a document break which rules of its kind's schema, money by its currency included; [] when none does. */
export function documentProblems(schema: JsonObject, document: JsonObject): FieldError[] {
  const size = sizeProblem(document);
  if (size) return [size];
  const validate = compiled.get(schema) ?? keep(schema);
  const found = validate(document) ? [] : (validate.errors ?? []).flatMap(problemOf);
  return [...found, ...moneyProblems(schema, schema, document, '')].slice(0, MOST_REPORTED);
}

/** What no document may be, whatever its kind. */
export function sizeProblem(document: JsonObject): FieldError | null {
  if (Buffer.byteLength(JSON.stringify(document)) > MAX_DOCUMENT_BYTES)
    return { pointer: '', code: 'TOO_LARGE', rule: `at most ${MAX_DOCUMENT_BYTES} bytes` };
  return depthOf(document) > MAX_DEPTH
    ? { pointer: '', code: 'TOO_DEEP', rule: `at most ${MAX_DEPTH} levels` }
    : null;
}

export function depthOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value as JsonObject).map(depthOf));
}

function keep(schema: JsonObject): ValidateFunction {
  const validate = compileSchema(schema);
  compiled.set(schema, validate);
  waiting.push(schema);
  if (waiting.length > KEPT) compiled.delete(waiting.shift()!);
  return validate;
}

/** Conditions only say that one of their parts failed; the parts speak for themselves. */
const ECHOES = new Set(['if', 'allOf']);

function problemOf(error: ErrorObject): FieldError[] {
  const { keyword, instancePath, message = 'is not allowed' } = error;
  const params = error.params as Record<string, unknown>;
  if (ECHOES.has(keyword)) return [];
  const missing = params['missingProperty'] ?? params['additionalProperty'];
  const pointer = typeof missing === 'string' ? `${instancePath}/${missing}` : instancePath;
  return [{ pointer, code: codeOf(keyword), rule: ruleOf(keyword, params, message) }];
}

/** `additionalProperties` → ADDITIONAL_PROPERTIES: a code screens can translate. */
function codeOf(keyword: string): string {
  return keyword.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function ruleOf(keyword: string, params: Record<string, unknown>, message: string): string {
  if (keyword === 'enum') return `one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (keyword === 'required') return 'must be filled in';
  if (keyword === 'additionalProperties') return 'the kind has no such field';
  return message;
}

function moneyProblems(
  schema: JsonObject,
  root: JsonObject,
  value: Json | undefined,
  at: string,
): FieldError[] {
  if (isMoney(schema, root)) return amountProblems(value, at);
  if (Array.isArray(value)) {
    const items = resolved(schema['items'], root);
    return items
      ? value.flatMap((item: Json, index) => moneyProblems(items, root, item, `${at}/${index}`))
      : [];
  }
  const properties = schema['properties'];
  if (!isRecord(value) || !isRecord(properties)) return [];
  return Object.keys(properties).flatMap((name) => {
    const inner = resolved(properties[name], root);
    return inner && Object.hasOwn(value, name)
      ? moneyProblems(inner, root, value[name], `${at}/${name}`)
      : [];
  });
}

function amountProblems(value: Json | undefined, at: string): FieldError[] {
  const money = moneyOf(value);
  if (!money) return [];
  try {
    currencyExponent(money.currency);
  } catch {
    return [{ pointer: `${at}/currency`, code: 'CURRENCY_UNKNOWN', rule: 'a currency we have a rate for' }];
  }
  const problem = amountProblem(money.amount, money.currency, `${at}/amount`);
  return problem ? [problem] : [];
}
