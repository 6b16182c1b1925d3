import { answer, api } from '../api/client.js';
import type { ContractVersionView, ContractView, ProposedChange } from '../api/types.js';

const on = (id: string, version: number, key: string) => ({
  path: { id, version },
  header: { 'Idempotency-Key': key },
});

export function versionsKey(id: string): readonly [string, string] {
  return ['contract-versions', id];
}

export function fetchVersions(id: string): Promise<ContractVersionView[]> {
  return answer(api.GET('/api/v1/contracts/{id}/versions', { params: { path: { id } } }));
}

export interface Proposal {
  id: string;
  /** of the change that is rewritten; null: a new one */
  version: number | null;
  body: ProposedChange & { basedOn: string };
}

export function sayChange({ id, version, body }: Proposal, key: string): Promise<ContractView> {
  if (version !== null) {
    const { kind: _kind, ...said } = body;
    return answer(
      api.PUT('/api/v1/contracts/{id}/changes/{version}', { params: on(id, version, key), body: said }),
    );
  }
  return answer(
    api.POST('/api/v1/contracts/{id}/changes', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export function submitChange(
  id: string,
  version: number,
  comment: string,
  key: string,
): Promise<ContractView> {
  return answer(
    api.POST('/api/v1/contracts/{id}/changes/{version}/submit', {
      params: on(id, version, key),
      body: comment ? { comment } : {},
    }),
  );
}

export function dropChange(id: string, version: number, reason: string, key: string): Promise<ContractView> {
  return answer(
    api.POST('/api/v1/contracts/{id}/changes/{version}/drop', {
      params: on(id, version, key),
      body: { reason },
    }),
  );
}
