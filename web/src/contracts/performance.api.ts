import { answer, api } from '../api/client.js';
import type { ContractPerformance } from '../api/types.js';

export type OrderAct = 'CONFIRM' | 'DELIVER' | 'CANCEL';
export const DISPUTE_REASONS = ['QUALITY', 'QUANTITY', 'DELAY', 'PRICE', 'PAYMENT', 'OTHER'] as const;
export const DISPUTE_OUTCOMES = ['SETTLED', 'REJECTED', 'WITHDRAWN'] as const;

export function performanceKey(id: string): readonly [string, string] {
  return ['contract-performance', id];
}

export function fetchPerformance(id: string): Promise<ContractPerformance> {
  return answer(api.GET('/api/v1/contracts/{id}/performance', { params: { path: { id } } }));
}

export interface NewOrder {
  id: string;
  body: { lines: { no: number; qty: string }[]; deliverBy: string };
}

export function placeOrder({ id, body }: NewOrder, key: string): Promise<ContractPerformance> {
  return answer(
    api.POST('/api/v1/contracts/{id}/orders', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface OnOrder {
  id: string;
  orderId: string;
  act: OrderAct;
  /** the day it is done, by the clock of whoever acts: part of what is asked, also when it is sent again */
  day: string;
}

export function actOnOrder({ id, orderId, act, day }: OnOrder, key: string): Promise<ContractPerformance> {
  const params = { path: { id, orderId }, header: { 'Idempotency-Key': key } };
  switch (act) {
    case 'CONFIRM':
      return answer(api.POST('/api/v1/contracts/{id}/orders/{orderId}/confirm', { params, body: {} }));
    case 'CANCEL':
      return answer(api.POST('/api/v1/contracts/{id}/orders/{orderId}/cancel', { params, body: {} }));
    case 'DELIVER':
      return answer(
        api.POST('/api/v1/contracts/{id}/orders/{orderId}/deliver', { params, body: { deliveredOn: day } }),
      );
  }
}

export interface NewDispute {
  id: string;
  body: { reason: (typeof DISPUTE_REASONS)[number]; text: string; amount: string; suspends: boolean };
}

export function openDispute({ id, body }: NewDispute, key: string): Promise<ContractPerformance> {
  return answer(
    api.POST('/api/v1/contracts/{id}/disputes', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface ClosedDispute {
  id: string;
  disputeId: string;
  body: { outcome: (typeof DISPUTE_OUTCOMES)[number]; text: string };
}

export function closeDispute(
  { id, disputeId, body }: ClosedDispute,
  key: string,
): Promise<ContractPerformance> {
  return answer(
    api.POST('/api/v1/contracts/{id}/disputes/{disputeId}/close', {
      params: { path: { id, disputeId }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
