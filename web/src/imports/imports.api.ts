import { answer, api } from '../api/client.js';
import type { ImportError, ImportJob, ImportKind, Page } from '../api/types.js';

export interface StartImport {
  kind: ImportKind;
  file: File;
  /** makes another file of the same name another intent */
  modified: number;
}

export function startImport({ kind, file }: StartImport, key: string): Promise<ImportJob> {
  return answer(
    api.POST('/api/v1/imports', {
      params: { header: { 'Idempotency-Key': key } },
      // the document types a file as a string; what is sent is the form below
      body: { kind, file: file.name },
      bodySerializer: () => {
        const form = new FormData();
        form.set('kind', kind);
        form.set('file', file);
        return form;
      },
    }),
  );
}

/** What whoever is signed in may import. */
export function fetchImportKinds(): Promise<ImportKind[]> {
  return answer(api.GET('/api/v1/imports/kinds'));
}

export function fetchImports(cursor?: string): Promise<Page<ImportJob>> {
  return answer(api.GET('/api/v1/imports', { params: { query: { cursor } } }));
}

export function fetchImportErrors(id: string, cursor?: string): Promise<Page<ImportError>> {
  return answer(api.GET('/api/v1/imports/{id}/errors', { params: { path: { id }, query: { cursor } } }));
}
