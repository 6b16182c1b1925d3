import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { previewDocument, type FormPreview } from './forms.api.js';
import type { Values } from './schema.js';

const PAUSE_MS = 500;

/** Who would have to approve the document as it stands, or what is wrong with it; asked again when typing pauses. */
export function useDocumentPreview(
  kind: string,
  document: Values,
  complete: boolean,
): UseQueryResult<FormPreview> {
  const [asked, setAsked] = useState(document);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(document), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [document]);
  return useQuery({
    queryKey: ['catalogue', 'form-preview', kind, asked],
    queryFn: () => previewDocument(kind, asked),
    enabled: complete && asked === document,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
