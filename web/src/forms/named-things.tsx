import { createContext, useContext, useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { useCommand } from '../api/intent.js';
import type { AttachmentRef, NamedThings, PersonRef } from '../api/types.js';
import { uploadFile, type UploadFile } from './forms.api.js';

/** The people and files behind the ids of a document, and the way to put another file to it. */
export interface Things {
  people: readonly PersonRef[];
  files: readonly AttachmentRef[];
  /** null: the file is not named by what is stored yet */
  hrefOf: (fileId: string) => string | null;
  /** null: it could not be stored; `error` says why */
  upload: (file: File) => Promise<AttachmentRef | null>;
  isUploading: boolean;
  error: unknown;
}

const NOTHING: Things = {
  people: [],
  files: [],
  hrefOf: () => null,
  upload: () => Promise.resolve(null),
  isUploading: false,
  error: null,
};
const Context = createContext<Things>(NOTHING);

export function useThings(): Things {
  return useContext(Context);
}

interface ThingsProviderProps {
  named: NamedThings | undefined;
  /** where the stored files of the document are read */
  base: string | null;
  /** the document a file is put to; stores it first when it is new. null: it could not be stored */
  formId: () => Promise<string | null>;
  children: ReactNode;
}

export function ThingsProvider({ named, base, formId, children }: ThingsProviderProps): ReactElement {
  const [added, setAdded] = useState<readonly AttachmentRef[]>([]);
  const { mutateAsync, isPending, error } = useCommand<UploadFile, AttachmentRef>({ run: uploadFile });
  const things = useMemo<Things>(() => {
    const stored = named?.files ?? [];
    return {
      people: named?.people ?? [],
      files: [...stored, ...added],
      hrefOf: (id) =>
        base !== null && stored.some((one) => one.id === id) ? `${base}/attachments/${id}` : null,
      upload: async (file) => {
        const id = await formId();
        const uploaded = id === null ? null : await mutateAsync({ formId: id, file }).catch(() => null);
        if (uploaded) setAdded((before) => [...before, uploaded]);
        return uploaded;
      },
      isUploading: isPending,
      error,
    };
  }, [named, added, base, formId, mutateAsync, isPending, error]);
  return <Context value={things}>{children}</Context>;
}

/** Somebody's name; an id nobody knows says nothing. */
export function PersonName({ id }: { id: string }): ReactElement {
  const person = useThings().people.find((one) => one.id === id);
  return <span>{person?.name ?? '—'}</span>;
}

/** A file by its name, to be opened when it is stored. */
export function FileLink({ id }: { id: string }): ReactElement {
  const { files, hrefOf } = useThings();
  const file = files.find((one) => one.id === id);
  const href = hrefOf(id);
  if (!file) return <span className="quiet">—</span>;
  return href === null ? (
    <span>{file.name}</span>
  ) : (
    <a href={href} download={file.name}>
      {file.name}
    </a>
  );
}
