import { useQuery } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useCommand } from '../api/intent.js';
import type { PolicyLint, PolicyView } from '../api/types.js';
import { lintPolicy, saveDraft, type DraftSave } from './drafts.api.js';
import { isSameContent } from './same-content.js';

type Content = PolicyView['content'];
const LINT_PAUSE_MS = 350;
const MOST_UNDONE = 100;

export interface DraftEditing {
  content: Content;
  /** what it is compared with: the version it was made from; null for the first of a kind */
  base: PolicyView | null;
  findings: PolicyLint | null;
  dirty: boolean;
  canUndo: boolean;
  saving: boolean;
  error: unknown;
  change: (content: Content) => void;
  undo: () => void;
  canRedo: boolean;
  redo: () => void;
  /** the stored draft, or null when the server refused */
  save: (basedOn?: string) => Promise<PolicyView | null>;
  /** the stored draft as this person began to change it */
  begunFrom: Content;
  /** after a conflict: goes on from what is stored now, with this content; what was typed can be had back by undoing */
  rebase: (stored: PolicyView, content: Content) => void;
}

const Editing = createContext<DraftEditing | null>(null);
export const EditingProvider = Editing.Provider;

/** Null outside of a draft somebody may write. */
export function useEditing(): DraftEditing | null {
  return useContext(Editing);
}

interface Stored {
  rowVersion: number;
  content: Content;
}

function storedOf({ draft, content }: PolicyView): Stored {
  return { rowVersion: draft?.rowVersion ?? 0, content };
}

export function useDraftEditing(policy: PolicyView, base: PolicyView | null): DraftEditing {
  const [content, setContent] = useState(policy.content);
  const [before, setBefore] = useState<readonly Content[]>([]);
  const [undone, setUndone] = useState<readonly Content[]>([]);
  const [stored, setStored] = useState(() => storedOf(policy));
  const dirty = useMemo(() => !isSameContent(content, stored.content), [content, stored.content]);
  const command = useCommand<DraftSave, PolicyView>({
    run: saveDraft,
    onSuccess: (saved) => setStored(storedOf(saved)),
  });
  const change = (next: Content): void => {
    setBefore([...before, content].slice(-MOST_UNDONE));
    setUndone([]);
    setContent(next);
  };
  const newer = (policy.draft?.rowVersion ?? 0) > stored.rowVersion;
  useEffect(() => {
    if (!newer || dirty) return;
    setStored(storedOf(policy));
    setContent(policy.content);
  }, [newer, dirty, policy]);
  useEffect(() => {
    if (!dirty) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [dirty]);
  return {
    content,
    base,
    findings: useFindings(policy.kind, content),
    dirty,
    canUndo: before.length > 0,
    canRedo: undone.length > 0,
    saving: command.isPending,
    error: command.error,
    change,
    undo: () => {
      const last = before.at(-1);
      if (last === undefined) return;
      setBefore(before.slice(0, -1));
      setUndone([...undone, content]);
      setContent(last);
    },
    redo: () => {
      const last = undone.at(-1);
      if (last === undefined) return;
      setUndone(undone.slice(0, -1));
      setBefore([...before, content]);
      setContent(last);
    },
    save: (basedOn) =>
      command
        .mutateAsync({
          id: policy.id,
          rowVersion: stored.rowVersion,
          content,
          ...(basedOn ? { basedOn } : {}),
        })
        .catch(() => null),
    begunFrom: stored.content,
    rebase: (theirs, next) => {
      command.reset();
      setStored(storedOf(theirs));
      if (next !== content) change(next);
    },
  };
}

/** What the linter says of what is typed, shortly after typing stops; the last word stays until the next one. */
function useFindings(kind: string, content: Content): PolicyLint | null {
  const [settled, setSettled] = useState(content);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(content), LINT_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [content]);
  const { data } = useQuery({
    queryKey: ['catalogue', 'policy-lint', kind, settled],
    queryFn: () => lintPolicy(kind, settled),
    placeholderData: (previous) => previous,
    gcTime: 0,
    retry: false,
  });
  return data ?? null;
}
