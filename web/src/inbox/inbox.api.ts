import { answer, api } from '../api/client.js';
import type { InboxItem, Page } from '../api/types.js';

export interface InboxFilters {
  tab: string;
  kind?: string | undefined;
  minAmount?: string | undefined;
  maxAmount?: string | undefined;
  due?: string | undefined;
  search?: string | undefined;
}

export function fetchInbox(filters: InboxFilters, cursor?: string): Promise<Page<InboxItem>> {
  return answer(api.GET('/api/v1/inbox', { params: { query: { ...filters, cursor } } }));
}

export function fetchInboxCount(): Promise<{ todo: number; overdue: number }> {
  return answer(api.GET('/api/v1/inbox/count'));
}
