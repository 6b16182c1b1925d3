import { answer, api } from '../api/client.js';
import type { CreditView, CustomerBlockView, CustomerView, Page } from '../api/types.js';

export type BlockCause = CustomerBlockView['cause'];

export const customerKey = (id: string) => ['customer', id] as const;

const on = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

/** The first or the next so many whose name holds the text. */
export function searchCustomers(
  search: string | undefined,
  limit: number,
  cursor?: string,
): Promise<Page<CustomerView>> {
  const query = { search: search || undefined, limit, cursor };
  return answer(api.GET('/api/v1/customers', { params: { query } }));
}

export function fetchCustomer(id: string): Promise<CustomerView> {
  return answer(api.GET('/api/v1/customers/{id}', { params: { path: { id } } }));
}

export function fetchBlocks(id: string): Promise<CustomerBlockView[]> {
  return answer(api.GET('/api/v1/customers/{id}/blocks', { params: { path: { id } } }));
}

/** As a deal of nothing would find it, of the default company. */
export function fetchCredit(id: string): Promise<CreditView> {
  return answer(api.GET('/api/v1/customers/{id}/credit', { params: { path: { id } } }));
}

export interface BlockWish {
  id: string;
  cause: BlockCause;
  note: string;
}

export function blockCustomer({ id, cause, note }: BlockWish, key: string): Promise<CustomerView> {
  return answer(api.POST('/api/v1/customers/{id}/block', { params: on(id, key), body: { cause, note } }));
}

export function unblockCustomer(id: string, note: string, key: string): Promise<CustomerView> {
  return answer(api.POST('/api/v1/customers/{id}/unblock', { params: on(id, key), body: { note } }));
}
