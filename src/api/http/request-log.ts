import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { NextFunction, Response } from 'express';
import { v7 as uuidv7 } from 'uuid';
import { createLogger } from '../../log.js';
import type { ApiRequest } from './request.js';

const CALLERS_ID = /^[\w.:-]{1,80}$/;
const QUIET = /^\/(health|metrics|assets)(\/|$)/;

/** What a link in a mail opens is in its address: that never gets into a log. */
export function loggablePath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/([dos])\/.*/, '/$1/…').slice(0, 300);
}

/** The caller's X-Request-Id if it is one, else ours: one name for this request in logs, events, outbox and workflows. */
export function requestId(request: ApiRequest, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id'];
  request.requestId = typeof given === 'string' && CALLERS_ID.test(given) ? given : uuidv7();
  response.setHeader('X-Request-Id', request.requestId);
  next();
}

/** One line per request: no headers, no bodies, no query strings: those may hold secrets and personal data. */
export function requestLog(): RequestHandler {
  return pinoHttp({
    logger: createLogger('http'),
    quietReqLogger: true,
    autoLogging: { ignore: (request) => QUIET.test(request.url ?? '') },
    genReqId: (request) => (request as ApiRequest).requestId,
    customAttributeKeys: { reqId: 'correlationId' },
    customLogLevel: (_request, response, error) => (error || response.statusCode >= 500 ? 'error' : 'info'),
    customProps: (request) => ({
      personId: (request as ApiRequest).principal?.personId,
    }),
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: loggablePath(request.url),
      }),
      res: (response: { statusCode: number }) => ({
        status: response.statusCode,
      }),
    },
  }) as RequestHandler;
}
