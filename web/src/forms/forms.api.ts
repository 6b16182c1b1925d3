import { answer, api } from '../api/client.js';
import type {
  AttachmentRef,
  ApprovalPlan,
  FormSummary,
  FormView,
  KindList,
  KindView,
  Page,
  RequestView,
} from '../api/types.js';
import type { Values } from './schema.js';

type Preview = Awaited<ReturnType<typeof previewDocument>>;
export type { Preview as FormPreview };

export function fetchKinds(): Promise<KindList> {
  return answer(api.GET('/api/v1/request-kinds'));
}

export function fetchKind(key: string): Promise<KindView> {
  return answer(api.GET('/api/v1/request-kinds/{key}', { params: { path: { key } } }));
}

export function fetchForms(cursor: string | undefined): Promise<Page<FormSummary>> {
  return answer(api.GET('/api/v1/forms', { params: { query: { cursor } } }));
}

export function fetchForm(id: string): Promise<FormView> {
  return answer(api.GET('/api/v1/forms/{id}', { params: { path: { id } } }));
}

export function previewDocument(kind: string, document: Values) {
  return answer(api.POST('/api/v1/requests/preview', { body: { kind, document } }));
}

/** The stored document as it would be submitted now. */
export function previewForm(id: string): Promise<ApprovalPlan> {
  return answer(api.POST('/api/v1/forms/{id}/preview', { params: { path: { id } } }));
}

export interface SaveForm {
  kind: string;
  document: Values;
  /** null: not stored yet */
  stored: { id: string; rowVersion: number } | null;
}

export function saveForm({ kind, document, stored }: SaveForm, key: string): Promise<FormView> {
  if (!stored)
    return answer(
      api.POST('/api/v1/forms', { params: { header: { 'Idempotency-Key': key } }, body: { kind, document } }),
    );
  const header = { 'Idempotency-Key': key, 'If-Match': `"${stored.rowVersion}"` };
  return answer(
    api.PUT('/api/v1/forms/{id}', { params: { path: { id: stored.id }, header }, body: { document } }),
  );
}

export function submitForm(id: string, planHash: string, key: string): Promise<RequestView> {
  return answer(
    api.POST('/api/v1/forms/{id}/submit', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { planHash },
    }),
  );
}

export function deleteForm(id: string, key: string): Promise<unknown> {
  return answer(
    api.DELETE('/api/v1/forms/{id}', { params: { path: { id }, header: { 'Idempotency-Key': key } } }),
  );
}

export interface Fill {
  id: string;
  values: Values;
}

export function fillFields({ id, values }: Fill, key: string): Promise<RequestView> {
  return answer(
    api.PUT('/api/v1/requests/{id}/fields', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body: { values },
    }),
  );
}

export interface UploadFile {
  formId: string;
  file: File;
}

export function uploadFile({ formId, file }: UploadFile, key: string): Promise<AttachmentRef> {
  return answer(
    api.POST('/api/v1/forms/{id}/attachments', {
      params: { path: { id: formId }, header: { 'Idempotency-Key': key } },
      // the document types a file as a string; what is sent is the form below
      body: { file: file.name },
      bodySerializer: () => {
        const form = new FormData();
        form.set('file', file);
        return form;
      },
    }),
  );
}
