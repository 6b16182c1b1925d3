import { useMutation, useQueryClient, type QueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useRef } from 'react';
import { newIntentKey } from './intent-key.js';
import { isSettled, isStale } from './problem.js';

interface CommandOptions<V, R> {
  run: (variables: V, key: string) => Promise<R>;
  onSuccess?: (result: R, variables: V) => void | Promise<void>;
  onError?: (error: unknown, variables: V) => void;
}

/**
 * One user intent = one Idempotency-Key. Pressing again after a lost answer sends the same key, so the server
 * answers what it already did; another body, or a definite answer, is another intent.
 */
export function useCommand<V, R>(options: CommandOptions<V, R>): UseMutationResult<R, unknown, V> {
  const held = useRef<{ fingerprint: string; key: string } | null>(null);
  const queries = useQueryClient();
  return useMutation<R, unknown, V>({
    mutationFn: (variables) => {
      const fingerprint = JSON.stringify(variables) ?? '';
      if (held.current?.fingerprint !== fingerprint) held.current = { fingerprint, key: newIntentKey() };
      return options.run(variables, held.current.key);
    },
    onSuccess: async (result, variables) => {
      held.current = null;
      await options.onSuccess?.(result, variables);
      await refreshRecords(queries);
    },
    onError: (error, variables) => {
      if (isSettled(error)) held.current = null;
      if (isStale(error)) void refreshRecords(queries);
      options.onError?.(error, variables);
    },
  });
}

/** A command may move any list and any record, and a stale refusal says that one has moved; catalogues and previews stay. */
function refreshRecords(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'catalogue' });
}
