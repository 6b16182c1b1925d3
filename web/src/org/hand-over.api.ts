import { answer, api } from '../api/client.js';
import type { HeldSeat, MassTransferBody, MassTransferResult, Page } from '../api/types.js';

export function fetchHeldSeats(personId: string, cursor?: string): Promise<Page<HeldSeat>> {
  return answer(api.GET('/api/v1/seats/held', { params: { query: { personId, limit: 100, cursor } } }));
}

/** What an absence that begins now would take along. */
export function fetchAffected(
  personId: string | undefined,
  kinds: readonly string[],
): Promise<Page<HeldSeat>> {
  return answer(
    api.GET('/api/v1/org/absences/affected', {
      params: { query: { personId, kinds: kinds.length === 0 ? undefined : kinds.join(','), limit: 50 } },
    }),
  );
}

/** Call after call under one key until nothing is left, so that a lost answer costs nothing. */
export async function massTransfer(body: MassTransferBody, key: string): Promise<MassTransferResult> {
  const results: MassTransferResult['results'] = [];
  for (let after: string | null = null; ;) {
    const part: MassTransferResult = await answer<MassTransferResult>(
      api.POST('/api/v1/seats/mass-transfer', {
        params: { header: { 'Idempotency-Key': key } },
        body: after === null ? body : { ...body, after },
      }),
    );
    results.push(...part.results);
    if (part.next === null) return { results, next: null };
    after = part.next;
  }
}
