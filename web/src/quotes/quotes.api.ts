import { answer, api } from '../api/client.js';
import type {
  Page,
  PlanPreview,
  QuoteBody,
  QuotedClause,
  QuoteState,
  QuoteSummary,
  QuoteView,
} from '../api/types.js';
import type { RecordFilters } from '../ui/record-list.js';

export function quoteKey(id: string): readonly [string, string] {
  return ['quote', id];
}

export function fetchQuotes(
  filters: RecordFilters<QuoteState>,
  cursor?: string,
): Promise<Page<QuoteSummary>> {
  return answer(api.GET('/api/v1/quotes', { params: { query: { ...filters, cursor } } }));
}

export function fetchQuote(id: string): Promise<QuoteView> {
  return answer(api.GET('/api/v1/quotes/{id}', { params: { path: { id } } }));
}

export function createQuote(body: QuoteBody, key: string): Promise<QuoteView> {
  return answer(api.POST('/api/v1/quotes', { params: { header: { 'Idempotency-Key': key } }, body }));
}

export interface SaveQuote {
  id: string;
  rowVersion: number;
  body: QuoteBody;
}

export function saveQuote({ id, rowVersion, body }: SaveQuote, key: string): Promise<QuoteView> {
  return answer(
    api.PUT('/api/v1/quotes/{id}', {
      params: { path: { id }, header: { 'Idempotency-Key': key, 'If-Match': `"${rowVersion}"` } },
      body,
    }),
  );
}

export function previewDraft(body: QuoteBody): Promise<PlanPreview> {
  return answer(api.POST('/api/v1/quotes/preview', { body }));
}

export function previewQuote(id: string): Promise<PlanPreview> {
  return answer(api.POST('/api/v1/quotes/{id}/preview', { params: { path: { id } } }));
}

export interface SubmitQuote {
  id: string;
  body: { planHash: string };
}

export function submitQuote({ id, body }: SubmitQuote, key: string): Promise<{ requestId: string }> {
  return answer(
    api.POST('/api/v1/quotes/{id}/submit', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export function reviseQuote(id: string, key: string): Promise<QuoteView> {
  return answer(
    api.POST('/api/v1/quotes/{id}/revise', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

export interface AcceptQuote {
  id: string;
  body: { acceptedBy: string; note?: string };
}

export function acceptQuote({ id, body }: AcceptQuote, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/quotes/{id}/accept', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export function acceptRate(id: string, rate: string, key: string): Promise<QuoteView> {
  return answer(
    api.POST('/api/v1/quotes/{id}/fx-acceptance', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { rate },
    }),
  );
}

export function declineQuote(id: string, reason: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/quotes/{id}/decline', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

/** In what a quotation may leave the standard clauses, each with the library's words. */
export function fetchQuotedClauses(): Promise<QuotedClause[]> {
  return answer(api.GET('/api/v1/quote-clauses'));
}
