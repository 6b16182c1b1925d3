import { answer, api } from '../api/client.js';
import type { OpsOverview, Page, StuckItem } from '../api/types.js';

export function fetchStuck(cursor?: string): Promise<Page<StuckItem>> {
  return answer(api.GET('/api/v1/ops/stuck', { params: { query: { cursor } } }));
}

export function fetchOverview(): Promise<OpsOverview> {
  return answer(api.GET('/api/v1/ops/overview'));
}

export interface OpsAct {
  requestId: string;
  body: { action: string; reason: string };
}

export function actOnStuck({ requestId, body }: OpsAct, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/ops/stuck/{requestId}/actions', {
      params: { path: { requestId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
