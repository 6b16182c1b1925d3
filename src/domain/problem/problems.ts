import { APPROVAL_PROBLEMS } from './approval.js';
import { EDGE_PROBLEMS } from './edge.js';
import { POLICY_PROBLEMS } from './policy.js';
import { RECORDS_PROBLEMS } from './records.js';
import { SEPARATION_PROBLEMS } from './separation.js';
import type { ProblemText } from './text.js';

/** Every code a refusal can have. A code without words does not compile; the console has words of its own for each. */
export const PROBLEMS = {
  ...EDGE_PROBLEMS,
  ...APPROVAL_PROBLEMS,
  ...SEPARATION_PROBLEMS,
  ...RECORDS_PROBLEMS,
  ...POLICY_PROBLEMS,
} satisfies Readonly<Record<string, ProblemText>>;

export type ProblemCode = keyof typeof PROBLEMS;
