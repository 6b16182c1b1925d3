import { answer, api } from '../api/client.js';
import type { PolicyLint, PolicyView } from '../api/types.js';

type Content = PolicyView['content'];

export function lintPolicy(kind: string, content: Content): Promise<PolicyLint> {
  return answer(api.POST('/api/v1/policies/lint', { body: { kind, content } }));
}

/** @param content of a first version; left out: what the newest one says */
export function beginDraft(kind: string, note: string, key: string, content?: Content): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts', {
      params: { header: { 'Idempotency-Key': key } },
      body: { kind, note, ...(content ? { content } : {}) },
    }),
  );
}

export interface DraftSave {
  id: string;
  rowVersion: number;
  content: Content;
  basedOn?: string;
}

const condition = (key: string, rowVersion: number) => ({
  'Idempotency-Key': key,
  'If-Match': `"${rowVersion}"`,
});

export function saveDraft({ id, rowVersion, content, basedOn }: DraftSave, key: string): Promise<PolicyView> {
  return answer(
    api.PUT('/api/v1/policies/drafts/{id}', {
      params: { path: { id }, header: condition(key, rowVersion) },
      body: { content, ...(basedOn ? { basedOn } : {}) },
    }),
  );
}

export interface DraftStep {
  id: string;
  rowVersion: number;
}

export function submitDraft(
  { id, rowVersion }: DraftStep,
  validFrom: string | null,
  key: string,
): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/submit', {
      params: { path: { id }, header: condition(key, rowVersion) },
      body: validFrom ? { validFrom } : {},
    }),
  );
}

export function approveDraft(
  { id, rowVersion }: DraftStep,
  validFrom: string | null,
  key: string,
): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/approve', {
      params: { path: { id }, header: condition(key, rowVersion) },
      body: validFrom ? { validFrom } : {},
    }),
  );
}

export function sendBackDraft(
  { id, rowVersion }: DraftStep,
  reason: string,
  key: string,
): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/send-back', {
      params: { path: { id }, header: condition(key, rowVersion) },
      body: { reason },
    }),
  );
}

export function recallDraft(id: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/recall', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

export function discardDraft(id: string, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/discard', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

export function cancelVersion(id: string, reason: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/{id}/cancel', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

export function deactivateVersion(id: string, reason: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/{id}/deactivate', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

export function confirmEnding(id: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/{id}/ending/confirm', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}

export function refuseEnding(id: string, reason: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/{id}/ending/refuse', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

export function withdrawEnding(id: string, reason: string, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/{id}/ending/withdraw', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { reason },
    }),
  );
}

/** The rows of a workbook instead of the draft's own. */
export function importSheet({ id, rowVersion }: DraftStep, file: File, key: string): Promise<PolicyView> {
  return answer(
    api.POST('/api/v1/policies/drafts/{id}/import', {
      params: { path: { id }, header: condition(key, rowVersion) },
      // the document types a file as a string; what is sent is the form below
      body: { file: file.name },
      bodySerializer: () => {
        const form = new FormData();
        form.append('file', file);
        return form;
      },
    }),
  );
}
