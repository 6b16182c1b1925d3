import type { CookieOptions, Response } from 'express';
import type { ApiRequest } from './request.js';

export const SESSION_COOKIE = 'sealflow_session';
/** The console sends it with every write; a page of another origin cannot without our leave (V3.26). */
export const CSRF_HEADER = 'x-sealflow-console';

export function cookieOf(request: ApiRequest, name: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** Over TLS, ours or the proxy's before us, the cookie never travels in clear. Who forges the header only harms himself. */
function optionsFor(request: ApiRequest): CookieOptions {
  const secure = request.secure || request.headers['x-forwarded-proto'] === 'https';
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}

/** Readable by no script, sent by no other site. */
export function setSessionCookie(
  request: ApiRequest,
  response: Response,
  token: string,
  expiresAt: string,
): void {
  response.cookie(SESSION_COOKIE, token, {
    ...optionsFor(request),
    expires: new Date(expiresAt),
  });
}

export function clearSessionCookie(request: ApiRequest, response: Response): void {
  response.clearCookie(SESSION_COOKIE, optionsFor(request));
}
