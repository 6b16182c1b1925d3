import type { Json, JsonObject } from '../../domain/json.js';
import { isRecord } from '../../domain/request-kind/pointer.js';
import type { TableProblem } from '../problem.js';
import { linearRegExp } from './linear-pattern.js';
import { compileSchema, depthOf, FORMATS } from './validate.js';

const MAX_BYTES = 64_000;
const MAX_DEPTH = 16;
const MAX_FIELDS = 200;
const MAX_ITEMS = 500;
const MAX_PATTERN = 200;
const MAX_PATTERN_TEXT = 1_000;
const DRAFT = 'https://json-schema.org/draft/2020-12/schema';
/** What a schema may say. Keywords that fetch, recurse or name fields by pattern are not among them. */
const KEYWORDS = new Set([
  ...[
    '$schema',
    '$defs',
    '$ref',
    '$comment',
    'type',
    'title',
    'description',
    'default',
    'examples',
    'deprecated',
  ],
  ...['enum', 'const', 'format', 'pattern', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...[
    'properties',
    'required',
    'additionalProperties',
    'minProperties',
    'maxProperties',
    'dependentRequired',
  ],
  ...['items', 'minItems', 'maxItems', 'uniqueItems', 'contains'],
  ...['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else'],
  ...['x-titles', 'x-enum-titles', 'x-widget', 'x-hint'],
]);
const SUBSCHEMAS = new Set(['additionalProperties', 'items', 'contains', 'not', 'if', 'then', 'else']);
const NAMED_SUBSCHEMAS = new Set(['properties', '$defs']);
const SUBSCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf']);
const FIELD = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const LOCAL_REF = /^#\/\$defs\/[A-Za-z]\w{0,59}$/;

/** Everything wrong with a kind's JSON Schema: only draft 2020-12, bounded in size, depth, fields and patterns, nothing remote. */
export function schemaProblems(schema: JsonObject): TableProblem[] {
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_BYTES)
    return [problem('/', 'SCHEMA_TOO_LARGE', `the schema has at most ${MAX_BYTES} bytes`)];
  if (depthOf(schema) > MAX_DEPTH)
    return [problem('/', 'SCHEMA_TOO_DEEP', `the schema has at most ${MAX_DEPTH} levels`)];
  const found = [...rootProblems(schema), ...partProblems(schema, '', false)];
  if (fieldCount(schema) > MAX_FIELDS)
    found.push(problem('/', 'SCHEMA_TOO_LARGE', `the schema has at most ${MAX_FIELDS} fields`));
  return found.length > 0 ? found : compileProblems(schema);
}

function rootProblems(schema: JsonObject): TableProblem[] {
  const { $schema: draft, type } = schema;
  return [
    ...(draft === undefined || draft === DRAFT ? [] : [problem('/', 'SCHEMA_DRAFT', 'only draft 2020-12')]),
    ...(type === 'object' ? [] : [problem('/', 'SCHEMA_ROOT', 'the document is an object')]),
  ];
}

function partProblems(schema: Json, at: string, inDefs: boolean): TableProblem[] {
  if (typeof schema === 'boolean') return [];
  if (!isRecord(schema)) return [problem(at, 'SCHEMA_FORM', 'a schema is an object, true or false')];
  const unknown = Object.keys(schema).filter((keyword) => !KEYWORDS.has(keyword));
  return [
    ...unknown.map((keyword) => problem(at, 'KEYWORD', `${keyword} is not allowed`)),
    ...refProblems(schema, at, inDefs),
    ...objectProblems(schema, at),
    ...textProblems(schema, at),
    ...Object.entries(schema).flatMap(([keyword, value]) => innerProblems(keyword, value, at, inDefs)),
  ];
}

function innerProblems(keyword: string, value: Json, at: string, inDefs: boolean): TableProblem[] {
  if (SUBSCHEMAS.has(keyword))
    return partProblems(value, `${at}/${keyword === 'items' ? '*' : keyword}`, inDefs);
  if (SUBSCHEMA_LISTS.has(keyword) && Array.isArray(value))
    return value.flatMap((part: Json, index) => partProblems(part, `${at}/${keyword}/${index}`, inDefs));
  if (!NAMED_SUBSCHEMAS.has(keyword) || !isRecord(value)) return [];
  const isDefs = keyword === '$defs';
  return Object.entries(value).flatMap(([name, part]) => [
    ...(FIELD.test(name) ? [] : [problem(at, 'FIELD_NAME', `${name}: letters, digits, _ and -, at most 60`)]),
    ...partProblems(part, isDefs ? `${at}/$defs/${name}` : `${at}/${name}`, inDefs || isDefs),
  ]);
}

/** A definition refers to nothing: so nothing goes round in circles. */
function refProblems({ $ref: ref }: JsonObject, at: string, inDefs: boolean): TableProblem[] {
  if (ref === undefined) return [];
  if (typeof ref !== 'string' || !LOCAL_REF.test(ref))
    return [problem(at, 'REMOTE_REF', 'a $ref leads to #/$defs of the same schema')];
  return inDefs ? [problem(at, 'NESTED_REF', 'a definition has no $ref itself')] : [];
}

function objectProblems(schema: JsonObject, at: string): TableProblem[] {
  const isObject = schema['type'] === 'object';
  const isOpen = isObject && schema['additionalProperties'] !== false;
  const isEndless =
    schema['type'] === 'array' &&
    !(Number(schema['maxItems']) >= 0 && Number(schema['maxItems']) <= MAX_ITEMS);
  return [
    ...(isOpen ? [problem(at, 'OPEN_OBJECT', 'additionalProperties must be false')] : []),
    ...(isEndless ? [problem(at, 'ENDLESS_LIST', `a list needs maxItems, at most ${MAX_ITEMS}`)] : []),
  ];
}

function textProblems(schema: JsonObject, at: string): TableProblem[] {
  const { pattern, format, maxLength } = schema;
  const found: TableProblem[] = [];
  if (format !== undefined && !FORMATS.includes(String(format)))
    found.push(problem(at, 'FORMAT', `format is one of ${FORMATS.join(', ')}`));
  if (pattern === undefined) return found;
  if (typeof pattern !== 'string' || pattern.length > MAX_PATTERN || !isPattern(pattern))
    found.push(
      problem(
        at,
        'PATTERN',
        `a pattern has at most ${MAX_PATTERN} characters, no back reference and no lookaround (RE2)`,
      ),
    );
  if (!(Number(maxLength) <= MAX_PATTERN_TEXT))
    found.push(
      problem(at, 'PATTERN_LENGTH', `a text with a pattern needs maxLength, at most ${MAX_PATTERN_TEXT}`),
    );
  return found;
}

function isPattern(pattern: string): boolean {
  try {
    linearRegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

function fieldCount(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item: Json) => sum + fieldCount(item), 0);
  if (!isRecord(value)) return 0;
  const own = isRecord(value['properties']) ? Object.keys(value['properties']).length : 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + fieldCount(inner), own);
}

function compileProblems(schema: JsonObject): TableProblem[] {
  try {
    compileSchema(schema);
    return [];
  } catch (error) {
    return [
      problem('/', 'SCHEMA_FORM', error instanceof Error ? error.message.slice(0, 300) : 'not a schema'),
    ];
  }
}

function problem(at: string, code: string, message: string): TableProblem {
  return { at: at || '/', code, message };
}
