import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

type Schema = {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
};
interface Operation {
  parameters?: { name: string; in: string; schema?: { type?: string } }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}
interface Route {
  method: string;
  path: string;
  operation: Operation;
}

const OPEN = new Set(['POST /api/v1/auth/login']);
const WITHOUT_KEY = /\/(login|preview|lint|what-if)$/;
const KEYLESS: Record<string, string>[] = [
  {},
  { 'Idempotency-Key': '' },
  { 'Idempotency-Key': 'k'.repeat(256) },
];
/** V15.13: what an attacker would like to set */
const WISHES = [
  'status',
  'ownerId',
  'approvedAt',
  'rowVersion',
  'seq',
  'createdBy',
  'initiatorId',
  'onBehalfOf',
  'actor',
  'tenantId',
];

let api: TestApi;
let everything: ApiClient;
let document: Document;
let routes: Route[];

beforeAll(async () => {
  api = await startApi();
  document = (await api.anonymous.get<Document>('/api/openapi.json')).body;
  routes = Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        operation.parameters?.some((one) => one.name === name && one.schema?.type === 'number')
          ? '2'
          : randomUUID(),
      ),
      operation,
    })),
  );
  await api.dataSource.query(
    `INSERT INTO role_permission (role, permission, scope)
     SELECT 'ADMIN', permission, 'ALL' FROM (SELECT DISTINCT permission FROM role_permission) p
     ON CONFLICT (role, permission) DO UPDATE SET scope = 'ALL'`,
  );
  everything = await api.as('admin');
});
afterAll(() => api.close());

const writes = () => routes.filter(({ method }) => method !== 'GET');
const name = ({ method, path }: Route) => `${method} ${path}`;
const chained = async () => {
  const [row] = await api.dataSource.query<{ n: string }[]>(
    `SELECT count(*) AS n FROM event WHERE aggregate_kind <> 'attempt'`,
  );
  return row!.n;
};

function resolve(schema: Schema | undefined): Schema {
  const ref = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
  return ref ? resolve(document.components.schemas[ref.split('/').at(-1)!]) : (schema ?? {});
}

const bodyOf = (route: Route) => resolve(route.operation.requestBody?.content['application/json']?.schema);

describe('every route of the OpenAPI document', () => {
  it('is there to be tested', () => {
    expect(document.openapi).toBe('3.1.1');
    expect(routes.length).toBeGreaterThan(15);
  });

  it('is closed to whoever is not logged in', async () => {
    const open: string[] = [];
    for (const route of routes) {
      if (OPEN.has(name(route))) continue;
      const answer = await api.anonymous.send(
        route.method,
        route.path,
        route.method === 'GET' ? undefined : {},
      );
      if (answer.status !== 401 || answer.body['code'] !== 'UNAUTHENTICATED')
        open.push(`${name(route)} ${answer.status}`);
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
    expect(open).toEqual([]);
  });

  it('is closed to a person without any role, except their own card and tokens', async () => {
    const nobody = await api.as('hr');
    await api.dataSource.query(`DELETE FROM role_grant WHERE employee_id = $1`, [await api.personId('hr')]);
    const open: string[] = [];
    for (const route of routes) {
      if (OPEN.has(name(route)) || /\/(me|auth\/[\w-]+|org\/delegations)(\/|$)/.test(route.path)) continue;
      const answer = await nobody.send(route.method, route.path, route.method === 'GET' ? undefined : {});
      if (answer.status !== 403) open.push(`${name(route)} ${answer.status}`);
    }
    expect(open).toEqual([]);
  });

  it('asks for an Idempotency-Key before it writes', async () => {
    const before = await chained();
    const keyless: string[] = [];
    for (const route of writes().filter(({ path }) => !WITHOUT_KEY.test(path))) {
      for (const headers of KEYLESS) {
        const answer = await everything.send(route.method, route.path, undefined, {
          key: null,
          headers: { ...headers, 'If-Match': '"1"' },
        });
        if (answer.status !== 400 || answer.body['code'] !== 'IDEMPOTENCY_KEY_REQUIRED')
          keyless.push(`${name(route)} ${answer.status} ${String(answer.body['code'])}`);
      }
    }
    expect(keyless).toEqual([]);
    expect(await chained()).toBe(before);
  });

  it('refuses fields that are not its own, at the top and one level down (mass assignment)', async () => {
    const before = await chained();
    const taken: string[] = [];
    for (const route of writes()) {
      const { properties } = bodyOf(route);
      if (!properties) continue;
      for (const attack of attacksOn(properties)) {
        const answer = await everything.send<{ errors?: { pointer: string; code: string }[] }>(
          route.method,
          route.path,
          attack.body,
          {
            headers: { 'If-Match': '"1"' },
          },
        );
        const refused = answer.body.errors?.some(
          ({ pointer, code }) => pointer === attack.pointer && code === 'UNKNOWN_FIELD',
        );
        if (answer.status !== 400 || !refused)
          taken.push(`${name(route)} ${attack.pointer} ${answer.status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await chained()).toBe(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  }, 60_000);

  it('refuses parameters given twice', async () => {
    for (const route of routes.filter(({ operation }) =>
      operation.parameters?.some(({ in: where }) => where === 'query'),
    )) {
      const parameter = route.operation.parameters!.find(({ in: where }) => where === 'query')!.name;
      const answer = await everything.get(`${route.path}?${parameter}=1&${parameter}=2`);
      expect([name(route), answer.status, answer.body['code']]).toEqual([name(route), 400, 'VALIDATION']);
    }
  });
});

function attacksOn(properties: Record<string, Schema>): { pointer: string; body: string }[] {
  const wishes = WISHES.filter((wish) => !(wish in properties)).map((wish) => ({
    pointer: `/${wish}`,
    body: JSON.stringify({ [wish]: 'x' }),
  }));
  const pollution = ['__proto__', 'constructor'].map((field) => ({
    pointer: `/${field}`,
    body: `{"${field}":{"polluted":1}}`,
  }));
  const nested = Object.entries(properties).flatMap(([field, schema]) => {
    const list = schema.type === 'array';
    const inner = resolve(list ? schema.items : schema);
    if (!inner.properties) return [];
    const value = { approvedAt: 'x' };
    return [
      {
        pointer: `/${field}${list ? '/0' : ''}/approvedAt`,
        body: JSON.stringify({ [field]: list ? [value] : value }),
      },
    ];
  });
  return [...wishes, ...pollution, ...nested];
}
