import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../../domain/errors.js';

/** As long as e签宝 takes a request of ours for fresh. */
const WINDOW_MS = 15 * 60_000;

export interface RawCallback {
  headers: IncomingHttpHeaders;
  query: Readonly<Record<string, string>>;
  /** as it arrived: parsed only once it is known to be e签宝's */
  body: Buffer;
}

export interface EsignEvent {
  action: string;
  signFlowId: string;
}

/**
 * Is it e签宝 that calls? HMAC-SHA256 under the application's secret over timestamp, the query's values in the order of their
 * keys, and the body's bytes; hex. All that is wrong with it is one refusal.
 * @throws DomainError CALLBACK_UNVERIFIED · VALIDATION it is theirs, and says no flow
 */
export function verifiedEvent(
  { appId, appSecret }: { appId: string; appSecret: string },
  { headers, query, body }: RawCallback,
  now: number,
): EsignEvent {
  const header = (name: string): string => String(headers[`x-tsign-open-${name}`] ?? '');
  const timestamp = header('timestamp');
  const values = Object.keys(query)
    .sort()
    .map((key) => query[key] ?? '');
  const expected = createHmac('sha256', appSecret)
    .update(`${timestamp}${values.join('')}`)
    .update(body)
    .digest();
  const given = Buffer.from(header('signature'), 'hex');
  const isTheirs =
    header('app-id') === appId &&
    /^(hmac-sha256)?$/i.test(header('signature-algorithm')) &&
    /^\d{13}$/.test(timestamp) &&
    Math.abs(now - Number(timestamp)) <= WINDOW_MS &&
    given.length === expected.length &&
    timingSafeEqual(given, expected);
  if (!isTheirs) throw new DomainError('CALLBACK_UNVERIFIED');
  return eventOf(body);
}

function eventOf(body: Buffer): EsignEvent {
  const said = parsed(body);
  const { action, signFlowId } = (said ?? {}) as Partial<Record<keyof EsignEvent, unknown>>;
  if (typeof action !== 'string' || typeof signFlowId !== 'string' || signFlowId.length > 64)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/signFlowId', code: 'REQUIRED', rule: 'of a flow' },
    ]);
  return { action, signFlowId };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
