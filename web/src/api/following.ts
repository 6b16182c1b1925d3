import { useQuery, type QueryKey, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

const RETRY_MS = 10_000;

interface Following<T> {
  queryKey: QueryKey;
  read: () => Promise<T>;
  /** what it belongs to, as last seen: when it moves, this is read again */
  revision: string | number;
  enabled?: boolean;
}

/**
 * A part of a record that the page polls, read again when the record moves. The key stays the same, so that what is shown
 * and the forms opened from it stay until the new is there, also when it cannot be read.
 */
export function useFollowing<T>({
  queryKey,
  read,
  revision,
  enabled = true,
}: Following<T>): UseQueryResult<T> {
  const query = useQuery<T>({
    queryKey,
    queryFn: read,
    enabled,
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY_MS : false),
  });
  const seen = useRef(revision);
  const { refetch } = query;
  useEffect(() => {
    if (seen.current === revision) return;
    seen.current = revision;
    if (enabled) void refetch();
  }, [enabled, refetch, revision]);
  return query;
}
