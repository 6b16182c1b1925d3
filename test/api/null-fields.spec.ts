import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  type?: string | string[];
  format?: string;
  enum?: Json[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  minLength?: number;
  minItems?: number;
  example?: Json;
}
interface Operation {
  parameters?: { name: string; schema?: { type?: string } }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Route {
  method: string;
  path: string;
  body: Schema;
}
/** A field of a body, by its segments: names, and 0 for the only item of a list. */
interface Field {
  at: (string | number)[];
  isNullable: boolean;
  isRequired: boolean;
}
type Problem = { code?: string; errors?: { pointer: string }[] };

let api: TestApi;
let everything: ApiClient;
let schemas: Record<string, Schema>;
let routes: Route[];

beforeAll(async () => {
  api = await startApi();
  const { body: document } = await api.anonymous.get<Document>('/api/openapi.json');
  schemas = document.components.schemas;
  routes = Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [], requestBody }]): Route[] => {
      const body = requestBody?.content['application/json']?.schema;
      const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        parameters.some((one) => one.name === name && one.schema?.type === 'number') ? '2' : randomUUID(),
      );
      return body ? [{ method: method.toUpperCase(), path, body }] : [];
    }),
  );
  await api.dataSource.query(
    `INSERT INTO role_permission (role, permission, scope)
     SELECT 'ADMIN', permission, 'ALL' FROM (SELECT DISTINCT permission FROM role_permission) p
     ON CONFLICT (role, permission) DO UPDATE SET scope = 'ALL'`,
  );
  everything = await api.as('admin');
}, 60_000);
afterAll(() => api.close());

function resolve(schema: Schema): Schema {
  const inner = schema.allOf?.[0] ?? schema.anyOf?.find(({ type }) => type !== 'null');
  if (schema.$ref) return resolve(schemas[schema.$ref.split('/').at(-1)!]!);
  return inner ? resolve(inner) : schema;
}

/** Says nothing of its type: any JSON is a value of it. */
const isOpen = (schema: Schema): boolean =>
  !['$ref', 'type', 'anyOf', 'oneOf', 'allOf', 'enum'].some((word) => word in schema);
const isNullable = (schema: Schema): boolean =>
  isOpen(schema) ||
  schema.type === 'null' ||
  (Array.isArray(schema.type) && schema.type.includes('null')) ||
  (schema.anyOf?.some(isNullable) ?? false);

function typeOf(schema: Schema): string | undefined {
  return Array.isArray(schema.type) ? schema.type.find((type) => type !== 'null') : schema.type;
}

const STRINGS: Record<string, string> = {
  uuid: '01890a5d-ac96-774b-bcce-b302099a8057',
  date: '2030-01-02',
  'date-time': '2030-01-02T03:04:05.000Z',
};

/** A value of the schema with as little as it asks for. */
function valueOf(schema: Schema): Json {
  const plain = resolve(schema);
  if (plain.enum) return plain.enum.find((value) => value !== null) ?? null;
  if (plain.example !== undefined) return plain.example;
  switch (typeOf(plain)) {
    case 'object':
      return Object.fromEntries(
        (plain.required ?? []).map((name) => [name, valueOf(plain.properties![name]!)]),
      );
    case 'array':
      return (plain.minItems ?? 0) > 0 && plain.items ? [valueOf(plain.items)] : [];
    case 'integer':
    case 'number':
      return plain.minimum ?? 1;
    case 'boolean':
      return true;
    default:
      return STRINGS[plain.format ?? ''] ?? 'x'.repeat(Math.max(plain.minLength ?? 0, 4));
  }
}

function fieldsOf(schema: Schema, at: Field['at'] = []): Field[] {
  const { properties = {}, items, required = [] } = resolve(schema);
  const inner: [string | number, Schema][] = items ? [[0, items]] : Object.entries(properties);
  return inner.flatMap(([name, field]) => [
    { at: [...at, name], isNullable: isNullable(field), isRequired: required.includes(String(name)) },
    ...fieldsOf(field, [...at, name]),
  ]);
}

/** A body with as little as it must say, and another value of one field; undefined leaves it out. */
function withValue(schema: Schema, [name, ...rest]: Field['at'], value: null | undefined): unknown {
  if (name === undefined) return value;
  const { properties, items } = resolve(schema);
  if (typeof name === 'number') return [withValue(items!, rest, value)];
  return { ...(valueOf(schema) as object), [name]: withValue(properties![name]!, rest, value) };
}

interface Sent extends Field {
  request: string;
  status: number;
  type: string | null;
  problem: Problem;
}

/** Every field of every body once, the others as they should be. */
async function sendEach(value: null | undefined, which: (field: Field) => boolean): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (const { method, path, body } of routes)
    for (const field of fieldsOf(body).filter(which)) {
      const answer = await everything.send<Problem>(method, path, withValue(body, field.at, value), {
        headers: { 'If-Match': '"1"' },
      });
      const request = `${method} ${path} ${field.at.join('/')}`;
      const type = answer.headers.get('content-type');
      sent.push({ ...field, request, status: answer.status, type, problem: answer.body });
    }
  return sent;
}

/** A list of plain values may be named for the value. */
function isNamed({ at, problem }: Sent): boolean {
  const pointer = at.map((name) => `/${name}`).join('');
  const list =
    at.at(-1) === 0
      ? at
          .slice(0, -1)
          .map((name) => `/${name}`)
          .join('')
      : pointer;
  return (problem.errors ?? []).some(
    (error) => error.pointer === pointer || error.pointer === list || error.pointer.startsWith(`${pointer}/`),
  );
}

const isRefused = (one: Sent): boolean =>
  one.status === 400 &&
  one.problem.code === 'VALIDATION' &&
  (one.type ?? '').startsWith('application/problem+json') &&
  isNamed(one);

const told = ({ request, status, problem }: Sent): string =>
  `${request}: ${status} ${problem.code} ${problem.errors?.map(({ pointer }) => pointer).join(' ')}`;

describe('null for a field of a body', () => {
  let sent: Sent[];
  beforeAll(async () => {
    sent = await sendEach(null, () => true);
  }, 120_000);

  it('never breaks anything', () => {
    expect(sent.length).toBeGreaterThan(200);
    expect(sent.filter(({ status }) => status >= 500).map(told)).toEqual([]);
  });

  it('is refused by name where it is no value of the field', () => {
    expect(sent.filter((one) => !one.isNullable && !isRefused(one)).map(told)).toEqual([]);
  });

  it('is taken where the document says it may be', () => {
    expect(sent.filter((one) => one.isNullable && isNamed(one)).map(told)).toEqual([]);
  });
});

describe('a field that must be said', () => {
  it('is refused by name when it is left out, also where null would be a value', async () => {
    const sent = await sendEach(undefined, ({ isRequired }) => isRequired);
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.filter((one) => !isRefused(one)).map(told)).toEqual([]);
  }, 120_000);
});
