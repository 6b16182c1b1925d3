import { DateTime } from 'luxon';
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { RateLimiterRes, type RateLimiterMemory } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import { escapeHtml } from '../../domain/notification/escape-html.js';
import { bearerOfToken, type Bearer } from '../../queries/org/principal.js';
import type { Page } from './plain-page.js';
import type { ApiRequest } from './request.js';
import { STYLE_NONCE } from './security-headers.js';
import { cookieOf, SESSION_COOKIE } from './session-cookie.js';

/** What pages behind a token in a mail have in common, whoever they are for. */

/** 256 bits, base64url: it cannot be guessed. */
const TOKEN = /^[\w-]{43}$/;

/** Something to say above the matter: what became of it, or why it was refused. */
export interface Note {
  text: string;
  isRefusal: boolean;
}

export function notesHtml(notes: readonly Note[]): string[] {
  return notes.map(
    ({ text, isRefusal }) => `<p role="${isRefusal ? 'alert' : 'status'}">${escapeHtml(text)}</p>`,
  );
}

export function pageOf(locale: Page['locale'], response: Response): Page {
  return { locale, nonce: String(response.locals[STYLE_NONCE]) };
}

/**
 * What the link stands for, or null when the visitor has been told that it is not a link, or that there were too many tries.
 * @param visitor whom the limit counts
 * @param tell answers with a page that says so
 */
export async function visited<Found>(
  token: string,
  response: Response,
  { limit, visitor }: { limit: RateLimiterMemory; visitor: string },
  find: (token: string) => Promise<Found | null>,
  tell: (status: 404 | 429) => string,
): Promise<Found | null> {
  response.setHeader('Cache-Control', 'no-store');
  const refuse = (status: 404 | 429): null => {
    response.status(status).type('html').send(tell(status));
    return null;
  };
  try {
    await limit.consume(visitor);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    response.setHeader('Retry-After', String(Math.ceil(error.msBeforeNext / 1000)));
    return refuse(429);
  }
  return (TOKEN.test(token) ? await find(token) : null) ?? refuse(404);
}

/** A form of another site is not this page's; browsers that do not say are believed. */
export function isOfThisSite(request: ApiRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/** Whose session the visitor has in this browser, if any. */
export async function employeeOf(db: DataSource, request: ApiRequest): Promise<Bearer | null> {
  const cookie = cookieOf(request, SESSION_COOKIE);
  return cookie === undefined ? null : bearerOfToken(db, createHash('sha256').update(cookie).digest());
}

/** An instant for somebody of whom only the zone is known: `2026-12-11 04:29 (UTC-05:00)`. */
export function timeOf(at: string, zone: string): string {
  return DateTime.fromISO(at, { zone }).toFormat("yyyy-MM-dd HH:mm '(UTC'ZZ')'");
}
