import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { fetchDeal } from '../opportunities/opportunities.api.js';
import { Failure, Loading } from '../ui/page-state.js';
import { draftOf, emptyDraft, newLine, type Draft } from './draft.js';
import { QuoteEditor } from './quote-editor.js';
import { fetchQuote } from './quotes.api.js';

/** A stored quote is loaded once: while it is edited, the form is the truth and If-Match guards it. */
export function QuoteEditorPage(): ReactElement {
  const { id } = useParams();
  return id ? <EditStored key={id} id={id} /> : <EditNew />;
}

function EditStored({ id }: { id: string }): ReactElement {
  const query = useQuery({
    queryKey: ['catalogue', 'quote-to-edit', id],
    queryFn: () => fetchQuote(id),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.isPending) return <Loading rows={10} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <QuoteEditor quote={query.data} initial={draftOf(query.data)} />;
}

function EditNew(): ReactElement {
  const [params] = useSearchParams();
  const opportunityId = params.get('opportunity') ?? '';
  const query = useQuery({
    queryKey: ['catalogue', 'opportunity', opportunityId],
    queryFn: () => fetchDeal(opportunityId),
    enabled: opportunityId !== '',
  });
  if (opportunityId === '') return <QuoteEditor quote={null} initial={emptyDraft()} />;
  if (query.isPending) return <Loading rows={10} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const { customer, product, id } = query.data;
  const initial: Draft = {
    ...emptyDraft(),
    opportunityId: id,
    customerId: customer?.id ?? '',
    lines: [{ ...newLine(), productId: product?.id ?? '' }],
  };
  return <QuoteEditor quote={null} initial={initial} />;
}
