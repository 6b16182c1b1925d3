import { answer, api } from '../api/client.js';
import type { ContractView } from '../api/types.js';

export type SuspensionCause = ContractView['holds'][number];

const on = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

export interface Suspension {
  id: string;
  cause: SuspensionCause;
  reason: string;
}

export function suspendContract({ id, cause, reason }: Suspension, key: string): Promise<ContractView> {
  return answer(api.POST('/api/v1/contracts/{id}/suspend', { params: on(id, key), body: { cause, reason } }));
}

export function resumeContract(id: string, reason: string, key: string): Promise<ContractView> {
  return answer(api.POST('/api/v1/contracts/{id}/resume', { params: on(id, key), body: { reason } }));
}

export function completeContract(id: string, note: string, key: string): Promise<ContractView> {
  return answer(
    api.POST('/api/v1/contracts/{id}/complete', { params: on(id, key), body: note ? { note } : {} }),
  );
}

export function archiveContract(id: string, key: string): Promise<ContractView> {
  return answer(api.POST('/api/v1/contracts/{id}/archive', { params: on(id, key) }));
}
