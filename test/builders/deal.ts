import { clientOf, type ApiClient } from '../support/api.js';

interface Line {
  product: string;
  qty: string;
  discountPct: string;
}

export interface QuoteDraft {
  customer: string;
  lines: readonly Line[];
  termDays?: number;
}

export interface Submitted {
  quoteId: string;
  requestId: string;
}

/** Signs in over HTTP as a demo account. */
export async function signedIn(url: string, username: string): Promise<ApiClient> {
  const { body } = await clientOf(url, null).post<{ token: string }>('/auth/login', {
    username,
    password: 'sealflow',
  });
  return clientOf(url, body.token);
}

/** A quotation of the person, from products by name, sent into approval. */
export async function submittedQuote(rep: ApiClient, draft: QuoteDraft): Promise<Submitted> {
  const customers = await rep.get<{ items: { id: string; name: string }[] }>(
    `/customers?search=${encodeURIComponent(draft.customer)}`,
  );
  const prices = await rep.get<{ items: { productId: string; name: string }[] }>(
    '/price-lists/current?currency=CNY',
  );
  const productId = (name: string): string | undefined =>
    prices.body.items.find((item) => item.name === name)?.productId;
  const created = await rep.post<{ id: string }>('/quotes', {
    customerId: customers.body.items.find(({ name }) => name === draft.customer)?.id,
    currency: 'CNY',
    termDays: draft.termDays ?? 30,
    lines: draft.lines.map(({ product, qty, discountPct }) => ({
      productId: productId(product),
      qty,
      discountPct,
    })),
  });
  const submitted = await rep.post<{ requestId: string }>(`/quotes/${created.body.id}/submit`, {});
  if (submitted.status >= 300) throw new Error(`not submitted: ${JSON.stringify(submitted.body)}`);
  return { quoteId: created.body.id, requestId: submitted.body.requestId };
}
