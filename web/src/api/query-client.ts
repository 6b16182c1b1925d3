import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem.js';
import { sessionLost } from './session.js';

function noticeLostSession(error: unknown): void {
  if (error instanceof ProblemError && error.status === 401) sessionLost();
}

/** Reads are repeated when the network or the server failed; a refusal (4xx) is an answer. */
function mayRepeat(failures: number, error: unknown): boolean {
  const refused = error instanceof ProblemError && error.status >= 400 && error.status < 500;
  return !refused && failures < 2;
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeLostSession }),
  mutationCache: new MutationCache({ onError: noticeLostSession }),
  defaultOptions: {
    queries: { retry: mayRepeat, staleTime: 2_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
