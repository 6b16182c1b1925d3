import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import { QUOTE_WRITABLE } from '../domain/quote/edits.js';
import { BUILT_IN_KINDS } from '../domain/request-kind/built-in.js';
import type { TableProblem } from './problem.js';

/** What approvers may change at most, by policy; of request kinds the kind says it, and nobody changes anything else. */
const WRITABLE: Readonly<Record<string, readonly string[]>> = {
  [BUILT_IN_KINDS.QUOTE.policyKind]: QUOTE_WRITABLE,
};

/** AE-SUB-2: stages that would let their approvers change what nobody can. @param kind of the policy; left out: not known */
export function writesProblems({ stages }: ApprovalPolicyContent, kind: string | undefined): TableProblem[] {
  return stages.flatMap(({ key, resolver, writes = [] }): TableProblem[] => {
    if (writes.length === 0) return [];
    if (resolver.kind === 'CHILD')
      return [
        { at: key, code: 'WRITES_WITHOUT_SEATS', message: 'a request of its own has no approvers here' },
      ];
    const known = kind === undefined ? Object.values(WRITABLE).flat() : (WRITABLE[kind] ?? []);
    return writes.flatMap((field, index): TableProblem[] => {
      const at = `${key}${field}`;
      if (writes.indexOf(field) !== index) return [{ at, code: 'DUPLICATE', message: 'field named twice' }];
      if (known.includes(field)) return [];
      return [{ at, code: 'WRITES_UNKNOWN', message: `approvers of this policy cannot change ${field}` }];
    });
  });
}
