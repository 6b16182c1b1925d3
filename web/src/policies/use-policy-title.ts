import { useQuery } from '@tanstack/react-query';
import type { PolicyView } from '../api/types.js';
import { fetchKinds } from '../forms/forms.api.js';
import { useWords } from '../i18n/two-words.js';
import { useCodeText } from '../i18n/code-text.js';
import { kindOfPolicy } from '../kinds/policy-of-kind.js';
import { isRecord } from './table-model.js';

/**
 * What a kind of policy is called: in the console's words, else as the request kind that follows it calls itself, else by
 * its key. A request kind is called what its content says.
 */
export function usePolicyTitle(): (policyKind: string, content?: PolicyView['content']) => string {
  const codes = useCodeText();
  const words = useWords();
  const { data } = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  return (policyKind, content) => {
    const key = kindOfPolicy(policyKind);
    if (key !== null) return words(titlesOf(content) ?? { zh: key, en: key });
    const text = codes('policyKind', policyKind);
    const kinds = text === policyKind ? data?.kinds.filter((kind) => kind.policyKind === policyKind) : [];
    return kinds?.length ? kinds.map(({ titles }) => words(titles)).join(' · ') : text;
  };
}

/** Of a draft that is still wrong there may be none. */
function titlesOf(content: PolicyView['content'] | undefined): { zh: string; en: string } | null {
  const titles: unknown = content?.['titles'];
  if (!isRecord(titles)) return null;
  const { zh, en } = titles;
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
}
