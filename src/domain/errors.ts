import type { ProblemCode } from './problem/problems.js';

/**
 * An expected refusal: a rule of the domain said no. Edges map `code` to their own language
 * (HTTP status, non-retryable ApplicationFailure); nothing here knows about either.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  /**
   * @param code stable, `AREA.REASON` or one of the bare codes the approvals specification names (`SEAT_DECIDED`)
   * @param details the values a caller needs in order to act: the current state, the limit, the winning decision
   * @param fields which input fields broke which rule, as JSON pointers into the request body
   */
  constructor(
    readonly code: ProblemCode,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly fields: readonly FieldError[] = [],
  ) {
    super(code);
  }
}

/** One broken rule of one input field. `pointer` is an RFC 6901 JSON pointer, e.g. `/lines/0/qty`. */
export interface FieldError {
  pointer: string;
  code: string;
  rule: string;
}
