import { answer, api } from '../api/client.js';
import type { DeliveryQueued, DeliveryView, Page } from '../api/types.js';

export const DELIVERY_STATES = [
  'PENDING',
  'RETRYING',
  'SENT',
  'FAILED',
  'SKIPPED',
] as const satisfies readonly DeliveryView['state'][];

export interface DeliveryFilters {
  state: DeliveryView['state'] | undefined;
  endpointId: string | undefined;
}

export function fetchDeliveries(
  filters: DeliveryFilters,
  cursor: string | undefined,
): Promise<Page<DeliveryView>> {
  return answer(api.GET('/api/v1/deliveries', { params: { query: { ...filters, cursor } } }));
}

export function fetchDelivery(id: string): Promise<DeliveryView> {
  return answer(api.GET('/api/v1/deliveries/{id}', { params: { path: { id } } }));
}

export function replayDelivery(id: string, key: string): Promise<DeliveryQueued> {
  return answer(
    api.POST('/api/v1/deliveries/{id}/replay', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

/** Answers with the message that was queued; what became of it is read there. */
export function testEndpoint(id: string, key: string): Promise<DeliveryQueued> {
  return answer(
    api.POST('/api/v1/channel-endpoints/{id}/test', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

/** It will not change any more by itself. */
export function isOver({ state }: DeliveryView): boolean {
  return state !== 'PENDING' && state !== 'RETRYING';
}
