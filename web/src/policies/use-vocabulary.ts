import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { PolicyVocabulary } from '../api/types.js';
import { fetchVocabulary } from './policies.api.js';

export type Vocabulary = PolicyVocabulary;

/** The roles, offices and policies there are to choose from. */
export function useVocabulary(): UseQueryResult<Vocabulary> {
  return useQuery({ queryKey: ['catalogue', 'policy-vocabulary'], queryFn: fetchVocabulary });
}
