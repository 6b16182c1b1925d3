import { answer, api } from '../api/client.js';
import type { ContractFound, ContractState, ContractView, OfferedClause, Page } from '../api/types.js';
import type { RecordFilters } from '../ui/record-list.js';

export type Clause = ContractView['clauses'][number];

export function contractKey(id: string): readonly [string, string] {
  return ['contract', id];
}

export function fetchContracts(
  filters: RecordFilters<ContractState>,
  cursor?: string,
): Promise<Page<ContractFound>> {
  return answer(api.GET('/api/v1/contracts', { params: { query: { ...filters, cursor } } }));
}

export function fetchContract(id: string): Promise<ContractView> {
  return answer(api.GET('/api/v1/contracts/{id}', { params: { path: { id } } }));
}

export function fetchClauseLibrary(): Promise<OfferedClause[]> {
  return answer(api.GET('/api/v1/contract-clauses'));
}

export interface SaveText {
  id: string;
  rowVersion: number;
  clauses: Clause[];
}

export function saveText({ id, rowVersion, clauses }: SaveText, key: string): Promise<ContractView> {
  return answer(
    api.PUT('/api/v1/contracts/{id}/text', {
      params: { path: { id }, header: { 'Idempotency-Key': key, 'If-Match': `"${rowVersion}"` } },
      body: { clauses },
    }),
  );
}

export function submitContract(id: string, comment: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/contracts/{id}/submit', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: comment ? { comment } : {},
    }),
  );
}

export function sealContract(id: string, note: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/contracts/{id}/seal', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: note ? { note } : {},
    }),
  );
}

export function cancelContract(id: string, reason: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/contracts/{id}/cancel', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

export interface CounterSigned {
  id: string;
  file: File;
  signedOn: string;
}

export function uploadCounterSigned(
  { id, file, signedOn }: CounterSigned,
  key: string,
): Promise<ContractView> {
  return answer(
    api.POST('/api/v1/contracts/{id}/counter-signed', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      // the document types a file as a string; what is sent is the form below
      body: { file: file.name, signedOn },
      bodySerializer: () => {
        const form = new FormData();
        form.set('signedOn', signedOn);
        form.set('file', file);
        return form;
      },
    }),
  );
}

export interface MilestoneDone {
  id: string;
  mid: string;
  body: { doneOn: string; note?: string };
}

export function markMilestone({ id, mid, body }: MilestoneDone, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/contracts/{id}/milestones/{mid}/done', {
      params: { path: { id, mid }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
