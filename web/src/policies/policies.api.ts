import { answer, api } from '../api/client.js';
import type { PolicyView, PolicyVocabulary, WhatIfBody, WhatIfResult } from '../api/types.js';

export function policyKey(id: string): readonly [string, string] {
  return ['policy', id];
}

export function fetchPolicies(kind?: string): Promise<PolicyView[]> {
  return answer(api.GET('/api/v1/policies', { params: { query: { kind } } }));
}

export function fetchPolicy(id: string): Promise<PolicyView> {
  return answer(api.GET('/api/v1/policies/{id}', { params: { path: { id } } }));
}

export function askWhatIf(body: WhatIfBody): Promise<WhatIfResult> {
  return answer(api.POST('/api/v1/policies/what-if', { body }));
}

export function fetchVocabulary(): Promise<PolicyVocabulary> {
  return answer(api.GET('/api/v1/policies/vocabulary'));
}
