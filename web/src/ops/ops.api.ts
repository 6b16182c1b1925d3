import { answer, api } from '../api/client.js';
import type { OpsActionBody, OpsOverview, Page, StuckItem } from '../api/types.js';

export function fetchStuck(cursor: string | undefined): Promise<Page<StuckItem>> {
  return answer(api.GET('/api/v1/ops/stuck', { params: { query: { cursor } } }));
}

export function fetchOverview(): Promise<OpsOverview> {
  return answer(api.GET('/api/v1/ops/overview'));
}

/** Done by ops themselves; staffing a stage is the request's own command. */
export const OPS_ACTIONS = ['RETELL', 'TERMINATE'] as const satisfies readonly OpsActionBody['action'][];

export interface OpsAct {
  requestId: string;
  body: OpsActionBody;
}

export function actOnStuck({ requestId, body }: OpsAct, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/ops/stuck/{requestId}/actions', {
      params: { path: { requestId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
