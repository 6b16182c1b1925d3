import { answer, api } from '../api/client.js';
import type { MigrateBody, MigrationResults, MigrationTrial, Page } from '../api/types.js';

/** Requests on other versions of the policy, and what moving each would do. */
export function fetchOpenRequests(policyId: string, cursor?: string): Promise<Page<MigrationTrial>> {
  return answer(
    api.GET('/api/v1/policies/{id}/open-requests', {
      params: { path: { id: policyId }, query: { limit: 25, cursor } },
    }),
  );
}

/** Requests of one call. */
const AT_ONCE = 100;

/** Call after call under one key: each request is a command of its own, so a lost answer costs nothing. */
export async function moveRequests(
  policyId: string,
  { requestIds, acceptOutcome = [], reason }: MigrateBody,
  key: string,
): Promise<MigrationResults> {
  const results: MigrationResults['results'] = [];
  for (let first = 0; first < requestIds.length; first += AT_ONCE) {
    const part = requestIds.slice(first, first + AT_ONCE);
    const done = await answer(
      api.POST('/api/v1/policies/{id}/migrate', {
        params: { path: { id: policyId }, header: { 'Idempotency-Key': key } },
        body: { requestIds: part, acceptOutcome: acceptOutcome.filter((id) => part.includes(id)), reason },
      }),
    );
    results.push(...done.results);
  }
  return { results };
}
