import { answer, api } from '../api/client.js';
import type { Erased, ErasureBody, FreeTextsFound } from '../api/types.js';

export interface FreeTextsOf {
  personId: string;
  requestId: string | undefined;
}

/** What an erasure would take; changes nothing. */
export function fetchFreeTexts(which: FreeTextsOf): Promise<FreeTextsFound> {
  return answer(api.GET('/api/v1/audit/free-texts', { params: { query: which } }));
}

export function eraseTexts(body: ErasureBody, key: string): Promise<Erased> {
  return answer(api.POST('/api/v1/audit/erasures', { params: { header: { 'Idempotency-Key': key } }, body }));
}
