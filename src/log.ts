import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/** Values that must never reach a log line, wherever they hang. */
const SECRET_PATHS = [
  'password',
  'token',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
];

/** JSON lines on stdout. `correlationId` ties a request, its outbox message and its activities together. */
export function createLogger(name: string, level = process.env['LOG_LEVEL'] ?? 'info'): Logger {
  return pino({ name, level, redact: { paths: SECRET_PATHS, censor: '[redacted]' } });
}
