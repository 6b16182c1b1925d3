import { answer, api } from '../api/client.js';
import type { components } from '../api/schema.js';
import type {
  CostView,
  CostsBody,
  PriceDifference,
  PriceListBody,
  PriceListDetail,
  PriceListEditBody,
  PriceListSummary,
  ProductView,
  RateView,
  RatesBody,
  RebateView,
  ValidityBody,
} from '../api/types.js';

export const listsKey = ['price-lists'] as const;

export function fetchProducts(): Promise<ProductView[]> {
  return answer(api.GET('/api/v1/products'));
}

export function fetchPriceLists(): Promise<PriceListSummary[]> {
  return answer(api.GET('/api/v1/price-lists'));
}

export function fetchPriceList(id: string): Promise<PriceListDetail> {
  return answer(api.GET('/api/v1/price-lists/{id}', { params: { path: { id } } }));
}

export function fetchDifferences(id: string, against: string): Promise<PriceDifference[]> {
  return answer(api.GET('/api/v1/price-lists/{id}/diff', { params: { path: { id }, query: { against } } }));
}

export function createPriceList(body: PriceListBody, key: string): Promise<PriceListDetail> {
  return answer(api.POST('/api/v1/price-lists', { params: { header: { 'Idempotency-Key': key } }, body }));
}

type Version = Pick<PriceListDetail, 'id' | 'rowVersion'>;

function at({ id, rowVersion }: Version, key: string) {
  return { path: { id }, header: { 'Idempotency-Key': key, 'If-Match': `"${rowVersion}"` } };
}

export function editPriceList(
  { list, body }: { list: Version; body: PriceListEditBody },
  key: string,
): Promise<PriceListDetail> {
  return answer(api.PUT('/api/v1/price-lists/{id}', { params: at(list, key), body }));
}

export function submitPriceList(list: Version, body: ValidityBody, key: string): Promise<PriceListDetail> {
  return answer(api.POST('/api/v1/price-lists/{id}/submit', { params: at(list, key), body }));
}

export function publishPriceList(list: Version, key: string): Promise<PriceListDetail> {
  return answer(api.POST('/api/v1/price-lists/{id}/publish', { params: at(list, key) }));
}

export function withdrawPriceList(list: Version, key: string): Promise<PriceListDetail> {
  return answer(api.POST('/api/v1/price-lists/{id}/withdraw', { params: at(list, key) }));
}

export function sendBackPriceList(list: Version, reason: string, key: string): Promise<PriceListDetail> {
  return answer(api.POST('/api/v1/price-lists/{id}/send-back', { params: at(list, key), body: { reason } }));
}

export function recallPriceList({ id }: Version, key: string): Promise<PriceListDetail> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return answer(api.POST('/api/v1/price-lists/{id}/recall', { params }));
}

export function discardPriceList({ id }: Version, key: string): Promise<PriceListDetail> {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return answer(api.POST('/api/v1/price-lists/{id}/discard', { params }));
}

export function fetchRates(): Promise<RateView[]> {
  return answer(api.GET('/api/v1/fx-rates'));
}

export function enterRates(body: RatesBody, key: string): Promise<unknown> {
  return answer(api.POST('/api/v1/fx-rates', { params: { header: { 'Idempotency-Key': key } }, body }));
}

export function fetchCosts(): Promise<CostView[]> {
  return answer(api.GET('/api/v1/product-costs'));
}

export function enterCosts(body: CostsBody, key: string): Promise<unknown> {
  return answer(api.POST('/api/v1/product-costs', { params: { header: { 'Idempotency-Key': key } }, body }));
}

export function fetchRebates(): Promise<RebateView[]> {
  return answer(api.GET('/api/v1/rebates'));
}

export function enterRebate(body: components['schemas']['RebateBody'], key: string): Promise<unknown> {
  return answer(api.POST('/api/v1/rebates', { params: { header: { 'Idempotency-Key': key } }, body }));
}
