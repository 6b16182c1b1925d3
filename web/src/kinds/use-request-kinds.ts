import { useQuery } from '@tanstack/react-query';
import { fetchKinds } from '../forms/forms.api.js';
import { useWords } from '../i18n/two-words.js';
import { policyOfKind } from './policy-of-kind.js';

export interface RequestKindName {
  /** `request.expense` */
  code: string;
  title: string;
}

/** The request kinds there are, retired ones among them, as filters and rules name them. */
export function useRequestKinds(): RequestKindName[] {
  const words = useWords();
  const { data } = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  return (data?.kinds ?? []).map(({ key, titles }) => ({ code: policyOfKind(key), title: words(titles) }));
}
