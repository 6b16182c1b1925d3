import type { NextFunction, Response } from 'express';
import { DomainError, type FieldError } from '../../domain/errors.js';
import type { ApiRequest } from './request.js';

const MAX_DEPTH = 24;
const MAX_VALUES = 50_000;
const POLLUTING = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /\p{Surrogate}/u;
const MEDIA = /^(application\/(.+\+)?json|multipart\/form-data)\s*(;|$)/i;
const FORM = /^application\/x-www-form-urlencoded\s*(;|$)/i;
/** Pages without scripts, which check for themselves where a form came from. */
export const FORM_PAGES = ['/d', '/o', '/s'];
/** Calls of systems that sign the bytes of what they say. */
export const SIGNED_CALLS = '/api/v1/signing-callbacks';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What no route may receive, whatever its DTO: text that Postgres or canonical JSON cannot hold, deep nesting, doubled parameters. */
export function inputGuard(request: ApiRequest, _response: Response, next: NextFunction): void {
  const errors = [...queryErrors(request), ...bodyErrors(request.body)];
  if (errors.length > 0) throw new DomainError('VALIDATION', {}, errors);
  next();
}

/** Keeps the bytes of a signed call, and nothing parsed of them. */
export function keepRawBody(request: ApiRequest, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  if (body instanceof Buffer) request.rawBody = body;
  request.body = {};
  next();
}

/** A form post of another site cannot carry these types without a preflight (V3.26). */
export function mediaTypeGuard(request: ApiRequest, _response: Response, next: NextFunction): void {
  const length = request.headers['content-length'];
  const hasBody =
    (length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined;
  const type = request.headers['content-type'] ?? '';
  const takesForm = FORM_PAGES.some((page) => request.path.startsWith(`${page}/`)) && FORM.test(type);
  if (!SAFE.has(request.method) && hasBody && !MEDIA.test(type) && !takesForm)
    throw new DomainError('UNSUPPORTED_MEDIA_TYPE');
  next();
}

function queryErrors(request: ApiRequest): FieldError[] {
  return Object.entries(request.query).flatMap(([name, value]) => {
    if (typeof value !== 'string')
      return [
        {
          pointer: `/${name}`,
          code: 'DUPLICATE',
          rule: 'given more than once',
        },
      ];
    return isUnstorable(value) ? [unstorable(`/${name}`)] : [];
  });
}

/** Neither Postgres text nor canonical JSON holds these. */
function isUnstorable(text: string): boolean {
  return text.includes('\0') || LONE_SURROGATE.test(text);
}

function unstorable(pointer: string): FieldError {
  return {
    pointer,
    code: 'UNSTORABLE',
    rule: 'text must be free of NUL and lone surrogates',
  };
}

function bodyErrors(body: unknown): FieldError[] {
  const waiting: { value: unknown; pointer: string; depth: number }[] = [
    { value: body, pointer: '', depth: 0 },
  ];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    const { value, pointer, depth } = waiting.pop()!;
    if (seen > MAX_VALUES)
      return [
        {
          pointer: '',
          code: 'TOO_LARGE',
          rule: `at most ${MAX_VALUES} values`,
        },
      ];
    if (typeof value === 'string' && isUnstorable(value)) return [unstorable(pointer)];
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= MAX_DEPTH) return [{ pointer: '', code: 'TOO_DEEP', rule: `at most ${MAX_DEPTH} levels` }];
    for (const [name, inner] of Object.entries(value)) {
      const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (POLLUTING.has(name)) return [{ pointer: at, code: 'UNKNOWN_FIELD', rule: 'not a field' }];
      if (isUnstorable(name)) return [unstorable(pointer)];
      waiting.push({ value: inner, pointer: at, depth: depth + 1 });
    }
  }
  return [];
}
