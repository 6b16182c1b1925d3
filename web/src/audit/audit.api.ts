import { answer, api } from '../api/client.js';
import type { AccessView, Page } from '../api/types.js';

export const ACCESS_KINDS = ['READ', 'EXPORTED', 'REFUSED'] as const satisfies readonly AccessView['kind'][];

export function fetchAccesses(
  kind: AccessView['kind'] | undefined,
  cursor: string | undefined,
): Promise<Page<AccessView>> {
  return answer(api.GET('/api/v1/audit/accesses', { params: { query: { kind, cursor } } }));
}
