import type { Problem } from './types.js';

/** The server refused, or could not be reached (`status` 0). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly problem: Problem) {
    super(problem.code);
  }

  get status(): number {
    return this.problem.status;
  }

  get code(): string {
    return this.problem.code;
  }
}

export function offline(): ProblemError {
  return new ProblemError({
    type: 'about:blank',
    title: 'Network unreachable',
    status: 0,
    code: 'NETWORK',
    detail: '',
    requestId: '',
  });
}

export function problemFrom(body: unknown, response: Response): ProblemError {
  if (isProblem(body)) return new ProblemError(body);
  return new ProblemError({
    type: 'about:blank',
    title: response.statusText,
    status: response.status,
    detail: '',
    code: response.status >= 502 ? 'UNAVAILABLE' : `HTTP_${response.status}`,
    requestId: response.headers.get('x-request-id') ?? '',
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

/** Whether the answer settled the intent: after it, the same button press again is a new intent with a new key. */
export function isSettled(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true;
  return error.status >= 400 && error.status < 500 && ![401, 408, 425, 429].includes(error.status);
}

/** A value the refusal carries beside the standard members, when it is a string. */
export function problemText(problem: Problem, name: string): string | null {
  const value = problem[name];
  return typeof value === 'string' ? value : null;
}

const STALE: readonly string[] = ['STALE_VERSION', 'VERSION_MISMATCH'];

/** Somebody else changed it since it was read. */
export function isStale(error: unknown): boolean {
  return error instanceof ProblemError && STALE.includes(error.problem.code);
}
