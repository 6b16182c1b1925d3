import type { NextFunction, Response } from 'express';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ApiRequest } from '../http/request.js';

/** The process's figures. Whoever has more to tell registers it here. */
export const metricsRegistry = new Registry();
collectDefaultMetrics({ register: metricsRegistry });

const durations = new Histogram({
  name: 'sealflow_http_request_duration_seconds',
  help: 'Time from request to answer, by route template',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metricsRegistry],
});

/** By route template, never by path: an id in a label would be a series of its own. */
export function timeRequests(request: ApiRequest, response: Response, next: NextFunction): void {
  const stop = durations.startTimer();
  response.once('finish', () => {
    const route = (request.route as { path?: unknown } | undefined)?.path;
    stop({
      method: request.method,
      route: typeof route === 'string' ? route : 'unmatched',
      status: String(response.statusCode),
    });
  });
  next();
}
