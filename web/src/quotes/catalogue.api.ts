import { answer, api } from '../api/client.js';
import type { CustomerView, OpportunityView, Page, PriceListView } from '../api/types.js';

export function searchCustomers(search: string): Promise<Page<CustomerView>> {
  return answer(
    api.GET('/api/v1/customers', { params: { query: { search: search || undefined, limit: 20 } } }),
  );
}

export function fetchCustomer(id: string): Promise<CustomerView> {
  return answer(api.GET('/api/v1/customers/{id}', { params: { path: { id } } }));
}

export function fetchPriceList(currency: string, customerId: string): Promise<PriceListView> {
  const query = { currency, ...(customerId === '' ? {} : { customerId }) };
  return answer(api.GET('/api/v1/price-lists/current', { params: { query } }));
}

export function fetchOpportunity(id: string): Promise<OpportunityView> {
  return answer(api.GET('/api/v1/opportunities/{id}', { params: { path: { id } } }));
}
