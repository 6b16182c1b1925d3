import { useEffect, useRef, useState } from 'react';
import { useCommand } from '../api/intent.js';
import type { QuoteView } from '../api/types.js';
import { bodyOf, isComplete, type Draft } from './draft.js';
import { createQuote, saveQuote } from './quotes.api.js';

const PAUSE_MS = 2_000;

export interface DraftSaving {
  savedAt: string | null;
  saving: boolean;
  dirty: boolean;
  error: unknown;
  /** saves now what is typed; the stored quote, or null when the server refused */
  save(): Promise<QuoteView | null>;
  /** after a conflict: the stored version, on which the next save is based */
  rebase(stored: QuoteView): void;
}

interface Stored {
  id: string;
  rowVersion: number;
  body: string;
}

function storedOf(quote: QuoteView, body: string): Stored {
  return { id: quote.id, rowVersion: quote.rowVersion, body };
}

/** Keeps the draft on the server: by hand until it exists there, then two seconds after typing stops. */
export function useDraftSaving(draft: Draft, initial: QuoteView | null): DraftSaving {
  const body = JSON.stringify(bodyOf(draft));
  const [stored, setStored] = useState<Stored | null>(() => (initial ? storedOf(initial, body) : null));
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const command = useCommand<{ stored: Stored | null; body: string }, QuoteView>({
    run: ({ stored: base, body: text }, key) =>
      base
        ? saveQuote({ id: base.id, rowVersion: base.rowVersion, body: JSON.parse(text) }, key)
        : createQuote(JSON.parse(text), key),
    onSuccess: (quote, sent) => {
      setStored(storedOf(quote, sent.body));
      setSavedAt(new Date().toISOString());
    },
  });
  const dirty = stored?.body !== body;
  const failed = useRef<string | null>(null);
  const save = async (): Promise<QuoteView | null> => {
    failed.current = body;
    return command.mutateAsync({ stored, body }).catch(() => null);
  };
  const latest = useRef(save);
  latest.current = save;
  const due = stored !== null && dirty && isComplete(draft) && !command.isPending && failed.current !== body;
  useEffect(() => {
    if (!due) return undefined;
    const timer = setTimeout(() => void latest.current(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [due, body]);
  return {
    savedAt,
    saving: command.isPending,
    dirty,
    error: command.error,
    save,
    rebase: (quote) => {
      failed.current = null;
      command.reset();
      setStored(storedOf(quote, ''));
    },
  };
}
