import { answer, api } from '../api/client.js';
import type { KindView, PolicyFindings } from '../api/types.js';

export type KindContent = Record<string, unknown>;

export function lintKind(content: KindContent): Promise<PolicyFindings> {
  return answer(api.POST('/api/v1/request-kinds/lint', { body: { content } }));
}

export interface SaveKind {
  key: string;
  content: KindContent;
  note: string;
  /** null: a new kind */
  version: number | null;
}

export function saveKind({ key, content, note, version }: SaveKind, intent: string): Promise<KindView> {
  const header = { 'Idempotency-Key': intent };
  if (version === null)
    return answer(api.POST('/api/v1/request-kinds', { params: { header }, body: { key, content, note } }));
  return answer(
    api.PUT('/api/v1/request-kinds/{key}', {
      params: { path: { key }, header },
      body: { content, note, expectedVersion: version },
    }),
  );
}

export function retireKind(key: string, reason: string, intent: string): Promise<KindView> {
  return answer(
    api.POST('/api/v1/request-kinds/{key}/retire', {
      params: { path: { key }, header: { 'Idempotency-Key': intent } },
      body: { reason },
    }),
  );
}
