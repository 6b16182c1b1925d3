import { useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import type { Page } from '../api/types.js';

interface PagedOptions<T> {
  key: readonly unknown[];
  load: (cursor: string | undefined) => Promise<Page<T>>;
  /** how often to look again while the page is open */
  refreshMs?: number;
}

export interface Paged<T> {
  items: T[];
  query: UseInfiniteQueryResult<unknown>;
}

/** A keyset-paged list; loaded pages are read again from the top, so nothing is doubled or lost. */
export function usePaged<T>({ key, load, refreshMs }: PagedOptions<T>): Paged<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: refreshMs ?? false,
  });
  return { items: query.data?.pages.flatMap(({ items }) => items) ?? [], query };
}
