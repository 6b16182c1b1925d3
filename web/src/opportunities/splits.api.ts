import { answer, api } from '../api/client.js';
import type { components } from '../api/schema.js';
import type { DealSplitsView } from '../api/types.js';

export type SplitsBody = components['schemas']['SplitsBody'];

export function fetchSplits(id: string): Promise<DealSplitsView> {
  return answer(api.GET('/api/v1/opportunities/{id}/splits', { params: { path: { id } } }));
}

export interface SplitsChange {
  id: string;
  rowVersion: number;
  body: SplitsBody;
}

export function putSplits({ id, rowVersion, body }: SplitsChange, key: string): Promise<DealSplitsView> {
  const header = { 'Idempotency-Key': key, 'If-Match': `"${rowVersion}"` };
  return answer(api.PUT('/api/v1/opportunities/{id}/splits', { params: { path: { id }, header }, body }));
}
