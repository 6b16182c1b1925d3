import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { KindList } from '../api/types.js';
import { fetchKinds } from '../forms/forms.api.js';
import { useWords } from '../i18n/two-words.js';
import { policyOfKind } from './policy-of-kind.js';

export interface RequestKindName {
  /** `request.expense` */
  code: string;
  title: string;
}

interface RequestKinds {
  kinds: RequestKindName[];
  /** for `FetchFailed`: kinds that could not be read are not kinds that there are not */
  query: UseQueryResult<KindList>;
}

/** The request kinds there are, retired ones among them, as filters and rules name them. */
export function useRequestKinds(): RequestKinds {
  const words = useWords();
  const query = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  const kinds = (query.data?.kinds ?? []).map(({ key, titles }) => ({
    code: policyOfKind(key),
    title: words(titles),
  }));
  return { kinds, query };
}
