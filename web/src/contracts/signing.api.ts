import { answer, api } from '../api/client.js';
import type { ContractSigning, StartSigning } from '../api/types.js';

export function signingKey(id: string): readonly [string, string] {
  return ['contract-signing', id];
}

export function fetchSigning(id: string): Promise<ContractSigning> {
  return answer(api.GET('/api/v1/contracts/{id}/signing-flows', { params: { path: { id } } }));
}

export interface SigningStart {
  id: string;
  body: StartSigning;
}

export function startSigning({ id, body }: SigningStart, key: string): Promise<ContractSigning> {
  return answer(
    api.POST('/api/v1/contracts/{id}/signing-flows', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export interface OfFlow {
  id: string;
  flowId: string;
}

export function cancelSigning({ id, flowId }: OfFlow, reason: string, key: string): Promise<ContractSigning> {
  return answer(
    api.POST('/api/v1/contracts/{id}/signing-flows/{flowId}/cancel', {
      params: { path: { id, flowId }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

export function mailSigner(
  { id, flowId, no }: OfFlow & { no: number },
  key: string,
): Promise<ContractSigning> {
  return answer(
    api.POST('/api/v1/contracts/{id}/signing-flows/{flowId}/signers/{no}/mails', {
      params: { path: { id, flowId, no }, header: { 'Idempotency-Key': key } },
    }),
  );
}

/** A signer's link, to be handed to them; every one taken is in the audit chain. */
export function takeSigningLink(
  { id, flowId, no }: OfFlow & { no: number },
  key: string,
): Promise<{ url: string }> {
  return answer(
    api.POST('/api/v1/contracts/{id}/signing-flows/{flowId}/signers/{no}/links', {
      params: { path: { id, flowId, no }, header: { 'Idempotency-Key': key } },
    }),
  );
}
