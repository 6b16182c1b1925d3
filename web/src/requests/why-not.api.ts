import { answer, api } from '../api/client.js';
import type { WhyNotView } from '../api/types.js';

export function fetchWhyNot(requestId: string, personId: string): Promise<WhyNotView> {
  return answer(
    api.GET('/api/v1/requests/{id}/why-not', {
      params: { path: { id: requestId }, query: { person: personId } },
    }),
  );
}
