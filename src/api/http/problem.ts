import { DomainError, type FieldError } from '../../domain/errors.js';
import { sqlState } from '../../commands/transaction.js';
import { PROBLEMS, type ProblemCode } from '../../domain/problem/problems.js';
import { statusOf } from './problem-status.js';

/** RFC 9457 problem details, with a stable `code` that is never translated. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  requestId: string;
  errors?: readonly FieldError[];
  [extra: string]: unknown;
}

const RESERVED = new Set(['type', 'title', 'detail', 'status', 'code', 'requestId', 'errors', 'stack']);
const NO_DATABASE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
]);
const NO_DATABASE_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

export function problemOf(error: DomainError, requestId: string): Problem {
  const extras = Object.entries(error.details).filter(([key]) => !RESERVED.has(key));
  return {
    ...Object.fromEntries(extras),
    type: `/api/docs#problem-${error.code.toLowerCase().replaceAll(/[._]/g, '-')}`,
    ...PROBLEMS[error.code],
    status: statusOf(error.code),
    code: error.code,
    requestId,
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  };
}

/** What Nest, Express and Postgres throw, in our own words; null = nobody expected this. */
export function asDomainError(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error;
  if (isDatabaseDown(error)) return new DomainError('UNAVAILABLE', { retryAfterSeconds: 2 });
  return fromPostgres(error) ?? fromHttp(error);
}

function isDatabaseDown(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code ?? sqlState(error);
  if (typeof code === 'string' && (NO_DATABASE.has(code) || code.startsWith('08')) && isDriverError(error))
    return true;
  return error instanceof Error && NO_DATABASE_MESSAGE.test(error.message);
}

/** ENOENT of a file is not a database that is down: only errors of a socket or of the driver count. */
function isDriverError(error: unknown): boolean {
  const shape = error as {
    driverError?: unknown;
    syscall?: unknown;
    severity?: unknown;
  };
  return (
    shape.driverError !== undefined ||
    shape.syscall === 'connect' ||
    shape.syscall === 'read' ||
    shape.severity !== undefined
  );
}

const BAD_VALUE = new Set(['22P02', '22003', '22007', '22008', '22021', '22P05']);
const LOCKED = '55P03';
const CANCELLED = '57014';

/** Values that only Postgres could judge, waits it ended. Its own text stays in the log. */
function fromPostgres(error: unknown): DomainError | null {
  const state = sqlState(error) ?? '';
  if (BAD_VALUE.has(state)) {
    const field = { pointer: '', code: 'INVALID', rule: 'a value has the wrong form' };
    return new DomainError('VALIDATION', {}, [field]);
  }
  if (state === LOCKED) return new DomainError('COMMAND_BUSY', { retryAfterSeconds: 1 });
  return state === CANCELLED ? new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 }) : null;
}

const HTTP_CODES: Readonly<Record<number, ProblemCode>> = {
  400: 'VALIDATION',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
};

function fromHttp(error: unknown): DomainError | null {
  const { status, statusCode, type } = (error ?? {}) as {
    status?: unknown;
    statusCode?: unknown;
    type?: unknown;
  };
  if (type === 'entity.parse.failed') return new DomainError('MALFORMED_BODY');
  const code = HTTP_CODES[Number(status ?? statusCode)];
  return code ? new DomainError(code, {}, uploadErrors((error as { cause?: unknown }).cause)) : null;
}

/** What is wrong with a multipart body, as Multer or its parser say it beneath Nest's exception. */
function uploadErrors(cause: unknown): FieldError[] {
  if (!(cause instanceof Error)) return [];
  const { code, field = '' } = cause as { code?: unknown; field?: string };
  if (code === 'LIMIT_FILE_SIZE')
    return [{ pointer: `/${field}`, code: 'TOO_LARGE', rule: 'no larger than this address takes' }];
  if (cause.name === 'MulterError')
    return [{ pointer: `/${field}`, code: 'UNKNOWN_FIELD', rule: 'only the fields of this form, each once' }];
  return [{ pointer: '', code: 'INCOMPLETE', rule: 'a whole multipart body' }];
}
