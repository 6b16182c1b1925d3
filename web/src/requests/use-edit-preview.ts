import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EditPreview } from '../api/types.js';
import { previewEdits, type Edits } from './edit.api.js';

const PAUSE_MS = 400;

export interface EditCheck {
  query: UseQueryResult<EditPreview>;
  /** what is shown is about what is typed */
  isCurrent: boolean;
}

/**
 * What the edits would bring about, asked again when typing pauses.
 * @param look what the page showed when they were typed
 */
export function useEditPreview(seatId: string | null, look: string, edits: Edits): EditCheck {
  const [asked, setAsked] = useState(edits);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(edits), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [edits]);
  const any = Object.keys(asked).length > 0;
  const query = useQuery({
    queryKey: ['edit-preview', seatId, look, asked],
    queryFn: () => previewEdits(seatId ?? '', asked),
    enabled: any && seatId !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { query, isCurrent: asked === edits && query.isSuccess && !query.isPlaceholderData };
}
