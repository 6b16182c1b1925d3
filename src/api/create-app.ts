import { RequestMethod } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Response } from 'express';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { timeRequests } from './health/metrics.js';
import { FORM_PAGES, inputGuard, keepRawBody, mediaTypeGuard, SIGNED_CALLS } from './http/input-guard.js';
import { NestLogger } from './http/nest-logger.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { ApiRequest } from './http/request.js';
import { requestId, requestLog } from './http/request-log.js';
import { securityHeaders } from './http/security-headers.js';
import type { ApiSettings } from './http/settings.js';
import { consoleAt } from './http/web-root.js';
import { publishOpenApi } from './openapi-document.js';

const BODY_LIMIT = '1mb';
const FORM_LIMIT = '32kb';
const DOCS = '/api/docs';

/** The whole edge, not yet listening: what main.ts serves, tests drive and openapi.ts describes. */
export async function createApp(
  dataSource: DataSource,
  settings: ApiSettings,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.with(dataSource, settings), {
    bodyParser: false,
    logger: new NestLogger(),
    abortOnError: false,
  });
  const site = consoleAt(settings.options.webRoot);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.set('trust proxy', [...(settings.options.trustedProxies ?? [])]);
  app.use(requestId, requestLog(), timeRequests);
  app.use(
    securityHeaders(
      (path) => path.startsWith(DOCS) || (!path.startsWith('/api') && site?.takesNonce === false),
    ),
  );
  app.use(mediaTypeGuard);
  app.use(SIGNED_CALLS, express.raw({ type: () => true, limit: FORM_LIMIT }), keepRawBody);
  app.useBodyParser('json', { limit: BODY_LIMIT, strict: true });
  app.use(FORM_PAGES, express.urlencoded({ extended: false, limit: FORM_LIMIT }));
  app.use(inputGuard);
  app.use(problemsOfMiddleware);
  app.setGlobalPrefix('api/v1', {
    exclude: [
      ...['health/live', 'health/ready', 'metrics', 'd/:token'].map((path) => ({
        path,
        method: RequestMethod.GET,
      })),
      { path: 'd/:token', method: RequestMethod.POST },
      { path: 'o/:token', method: RequestMethod.GET },
      { path: 'o/:token', method: RequestMethod.POST },
      { path: 's/:token', method: RequestMethod.GET },
      { path: 's/:token', method: RequestMethod.POST },
    ],
  });
  publishOpenApi(app, DOCS);
  site?.serve(app.getHttpAdapter().getInstance());
  return app;
}

/** Refusals of the parsers and guards before Nest's router leave in the same form as all others. */
function problemsOfMiddleware(
  error: unknown,
  request: ApiRequest,
  response: Response,
  _next: NextFunction,
): void {
  new ProblemFilter().answer(error, request, response);
}
