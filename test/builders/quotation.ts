import type { DataSource } from 'typeorm';
import type { ApiClient, Reply } from '../support/api.js';

export interface Quote {
  id: string;
  owner: { id: string };
  number: string;
  version: number;
  state: string;
  rowVersion: number;
  total: { amount: string; currency: string };
  discountPct: string;
  marginFlag: string;
  materialHash: string;
  requestId: string | null;
  holder: { people: { name: string }[] } | null;
  actions: string[];
  lines: { net: string; cost?: string }[];
}

export interface Preview {
  planHash: string;
  lane: string;
  marginFlag: string;
  total: { amount: string };
  stages: { key: string; seats: { person: { name: string } }[] }[];
  notAsked: { stageKey: string }[];
}

export interface Problem {
  code: string;
  errors?: { pointer: string; code: string }[];
  [extra: string]: unknown;
}

/** Bodies of quotations from names; ids are looked up once. */
export interface Catalogue {
  customer(name: string): string;
  product(name: string): string;
  /** 20 × GTX Pro (list 4,821, cost 2,651.55) for Cheers (class A, limit 2,000,000), 30 days */
  body(line?: object, over?: object): Record<string, unknown>;
}

export async function catalogue(rep: ApiClient): Promise<Catalogue> {
  const customers = await rep.get<{ items: { id: string; name: string }[] }>('/customers?limit=100');
  const prices = await rep.get<{ items: { productId: string; name: string }[] }>(
    '/price-lists/current?currency=CNY',
  );
  const customer = (name: string) => customers.body.items.find((item) => item.name === name)!.id;
  const product = (name: string) => prices.body.items.find((item) => item.name === name)!.productId;
  return {
    customer,
    product,
    body: (line = {}, over = {}) => ({
      customerId: customer('Cheers'),
      currency: 'CNY',
      termDays: 30,
      lines: [{ productId: product('GTX Pro'), qty: '20', ...line }],
      ...over,
    }),
  };
}

export async function draft(rep: ApiClient, body: object): Promise<Quote> {
  return must<Quote>(await rep.post('/quotes', body));
}

export async function submit(rep: ApiClient, id: string, options: object = {}): Promise<Quote> {
  const answer = await rep.post(`/quotes/${id}/submit`, options);
  return must<{ quote: Quote }>(answer).quote;
}

export async function act(rep: ApiClient, id: string, what: string, body: object = {}): Promise<Quote> {
  return must<Quote>(await rep.post(`/quotes/${id}/${what}`, body));
}

export async function read(client: ApiClient, id: string): Promise<Quote> {
  return must<Quote>(await client.get(`/quotes/${id}`));
}

export function put(
  client: ApiClient,
  { id, rowVersion }: Pick<Quote, 'id' | 'rowVersion'>,
  body: object,
): Promise<Reply<Problem & Quote>> {
  return client.put(`/quotes/${id}`, body, { headers: { 'If-Match': `"${rowVersion}"` } });
}

/** Status, code and pointers of a refusal, each pointer once. */
export function refusal({ status, body }: Reply<unknown>): unknown[] {
  const { code, errors } = body as Problem;
  return [status, code, ...new Set((errors ?? []).map(({ pointer }) => pointer))];
}

function must<T>({ status, body }: Reply<unknown>): T {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as T;
}

/** Another version of a policy of parameters comes into force, with some of them changed (null: left out). */
export async function changePricing(db: DataSource, over: Record<string, unknown>): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(
      `UPDATE policy_version SET valid = tstzrange(lower(valid), now()) WHERE kind = 'pricing' AND valid @> now()`,
    );
    await tx.query(
      `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by, approved_by)
       SELECT gen_random_uuid(), kind, version + 1, tstzrange(now(), NULL), jsonb_strip_nulls(content::jsonb || $1::jsonb), content_hash,
         created_by, approved_by
       FROM policy_version WHERE kind = 'pricing' ORDER BY version DESC LIMIT 1`,
      [JSON.stringify(over)],
    );
  });
}

/** Many quotations of one customer, none of which counts together with another. */
export const eachForItself = (db: DataSource) => changePricing(db, { rollingDays: null });
