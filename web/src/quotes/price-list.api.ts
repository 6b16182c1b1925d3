import { answer, api } from '../api/client.js';
import type { PriceListView } from '../api/types.js';

export function fetchPriceList(currency: string, customerId: string): Promise<PriceListView> {
  const query = { currency, ...(customerId === '' ? {} : { customerId }) };
  return answer(api.GET('/api/v1/price-lists/current', { params: { query } }));
}
