import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { PlanPreview, QuoteBody } from '../api/types.js';
import { bodyOf, isComplete, type Draft } from './draft.js';
import { previewDraft } from './quotes.api.js';

const PAUSE_MS = 500;

/** Who would have to approve the form as it stands, asked again when typing pauses. */
export function usePreview(draft: Draft): UseQueryResult<PlanPreview> {
  const [body, setBody] = useState<QuoteBody | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setBody(isComplete(draft) ? bodyOf(draft) : null), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft]);
  return useQuery({
    queryKey: ['catalogue', 'preview', body],
    queryFn: () => previewDraft(body as QuoteBody),
    enabled: body !== null,
    placeholderData: keepPreviousData,
  });
}
