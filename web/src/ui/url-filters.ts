import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export interface UrlFilters {
  get(name: string): string | undefined;
  /** only what the list knows: anything else in the URL is ignored */
  pick<T extends string>(name: string, known: readonly T[]): T | undefined;
  /** an empty value takes the filter out of the URL */
  set(changes: Record<string, string | undefined>): void;
}

/** The URL is the state of a list: it survives reload, Back and being sent to a colleague. */
export function useUrlFilters(): UrlFilters {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | undefined>) => {
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value) after.set(name, value);
            else after.delete(name);
          }
          return after;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return {
    get: (name) => params.get(name) ?? undefined,
    pick: (name, known) => known.find((value) => value === params.get(name)),
    set,
  };
}
