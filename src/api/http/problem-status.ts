/** The one place where codes of refusals become HTTP statuses. A code that is not here is 422. */
const STATUS: Readonly<Record<string, number>> = {
  VALIDATION: 400,
  MALFORMED_BODY: 400,
  CURSOR_INVALID: 400,
  IDEMPOTENCY_KEY_REQUIRED: 400,
  UNAUTHENTICATED: 401,
  BAD_CREDENTIALS: 401,
  FORBIDDEN: 403,
  CSRF: 403,
  SELF_APPROVAL: 403,
  SOD_VIOLATION: 403,
  'ORG.DELEGATION_FORBIDDEN': 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  OPEN_REQUEST_EXISTS: 409,
  PLAN_CHANGED: 409,
  SEAT_DECIDED: 409,
  SEAT_NOT_OPEN: 409,
  STAGE_CLOSED: 409,
  REQUEST_CLOSED: 409,
  REQUEST_STATE: 409,
  NOT_HOLDER: 409,
  STALE_SUBJECT: 409,
  STALE_VERSION: 409,
  STATE_CONFLICT: 409,
  ALREADY_EXISTS: 409,
  'ORG.OVERLAP': 409,
  VERSION_MISMATCH: 412,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  IF_MATCH_REQUIRED: 428,
  TOO_MANY_REQUESTS: 429,
  INTERNAL: 500,
  COMMAND_BUSY: 503,
  UNAVAILABLE: 503,
};

/** States a thing is not in, and versions it no longer has, are conflicts whatever the noun. */
const CONFLICT = /(^|[._])(STATE|NOT_OPEN|CLOSED|CONFLICT|ALREADY_\w+|EXISTS|DUPLICATE)$/;
const MISSING = /(^|\.)NOT_FOUND$/;

export function statusOf(code: string): number {
  const known = STATUS[code];
  if (known !== undefined) return known;
  if (MISSING.test(code)) return 404;
  return CONFLICT.test(code) ? 409 : 422;
}
