import { useQuery } from '@tanstack/react-query';
import { fetchKinds } from '../forms/forms.api.js';
import { useWords } from '../forms/use-words.js';
import { useCodeText } from '../i18n/code-text.js';

/** What a kind of policy is called: in the console's words, else as the request kind that follows it calls itself, else by its key. */
export function usePolicyTitle(): (policyKind: string) => string {
  const codes = useCodeText();
  const words = useWords();
  const { data } = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  return (policyKind) => {
    const text = codes('policyKind', policyKind);
    const kinds = text === policyKind ? data?.kinds.filter((kind) => kind.policyKind === policyKind) : [];
    return kinds?.length ? kinds.map(({ titles }) => words(titles)).join(' · ') : text;
  };
}
