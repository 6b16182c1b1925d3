import { useQuery } from '@tanstack/react-query';
import type { PolicyVocabulary } from '../api/types.js';
import { fetchVocabulary } from './policies.api.js';

export type Vocabulary = PolicyVocabulary;

/** The roles, offices and policies there are to choose from; null until the server has answered. */
export function useVocabulary(): Vocabulary | null {
  const { data } = useQuery({ queryKey: ['catalogue', 'policy-vocabulary'], queryFn: fetchVocabulary });
  return data ?? null;
}
