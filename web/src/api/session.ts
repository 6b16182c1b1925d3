import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { answer, api } from './client.js';
import { newIntentKey } from './intent-key.js';
import { ProblemError } from './problem.js';
import type { LoginBody, Me, Session } from './types.js';

let lost = false;
/** somebody was signed in on this page: losing the session must not tear the page down */
let known = false;
const listeners = new Set<() => void>();

function set(value: boolean): void {
  if (lost === value) return;
  lost = value;
  listeners.forEach((listener) => listener());
}

/** The server no longer knows the cookie. The page stays, with everything typed in it, and asks to sign in on top. */
export function sessionLost(): void {
  set(true);
}

export function sessionRestored(): void {
  set(false);
}

export function useSessionLost(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => lost,
  );
}

export const ME = ['me'] as const;

/** Who is signed in; null = nobody. */
async function fetchMe(): Promise<Me | null> {
  try {
    const me: Me = await answer(api.GET('/api/v1/me'));
    known = true;
    return me;
  } catch (error) {
    if (!known && error instanceof ProblemError && error.status === 401) return null;
    throw error;
  }
}

export function useSession(): UseQueryResult<Me | null> {
  return useQuery({ queryKey: ME, queryFn: fetchMe, staleTime: 60_000 });
}

/** Only inside the signed-in part of the tree. */
export function useMe(): Me {
  const { data } = useSession();
  if (!data) throw new Error('useMe outside of a session');
  return data;
}

export function useMay(): (permission: string) => boolean {
  const me = useMe();
  return (permission) => me.permissions.includes(permission);
}

export async function login(body: LoginBody): Promise<Session> {
  const session: Session = await answer(api.POST('/api/v1/auth/login', { body }));
  known = true;
  return session;
}

export function logout(): Promise<unknown> {
  known = false;
  return answer(
    api.POST('/api/v1/auth/logout', { params: { header: { 'Idempotency-Key': newIntentKey() } } }),
  );
}
