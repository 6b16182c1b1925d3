import { answer, api } from '../api/client.js';
import type { InboxItem, Page } from '../api/types.js';

export const TABS = ['todo', 'delegated', 'done', 'mine', 'cc'] as const;
export type InboxTab = (typeof TABS)[number];
export const KINDS = ['QUOTE', 'CONTRACT', 'GENERAL', 'STAGE', 'REVOCATION', 'SPLIT'] as const;
export const DUES = ['overdue', 'today', 'week'] as const;

const REQUEST_KIND = /^request\.[a-z][a-z0-9-]{1,39}$/;

/** A kind the inbox can be asked for: anything else in the URL is ignored. */
export function inboxKind(value: string | undefined): string | undefined {
  const isKnown = KINDS.some((kind) => kind === value) || (value !== undefined && REQUEST_KIND.test(value));
  return isKnown ? value : undefined;
}

export interface InboxFilters {
  tab: InboxTab;
  /** what it is about, or the request kind it is of */
  kind?: string | undefined;
  minAmount?: string | undefined;
  maxAmount?: string | undefined;
  due?: (typeof DUES)[number] | undefined;
  search?: string | undefined;
}

export function fetchInbox(filters: InboxFilters, cursor?: string): Promise<Page<InboxItem>> {
  return answer(api.GET('/api/v1/inbox', { params: { query: { ...filters, cursor } } }));
}

export function fetchInboxCount(): Promise<{ todo: number; overdue: number }> {
  return answer(api.GET('/api/v1/inbox/count'));
}

/** The person has looked at the copy; the key is the copy itself, so that looking twice is one mark. */
export function markCopyRead(requestId: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/inbox/copies/read', {
      params: { header: { 'Idempotency-Key': `copy-${requestId}` } },
      body: { requestIds: [requestId] },
    }),
  );
}
