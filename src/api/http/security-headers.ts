import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** Style tags of the component library carry this nonce when the page asks for one (see web-root.ts). */
export const STYLE_NONCE = 'styleNonce';

const SELF = "'self'";

function policy(styles: 'nonce' | 'inline') {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: [SELF],
      scriptSrc: [SELF],
      scriptSrcAttr: ["'none'"],
      styleSrc:
        styles === 'inline'
          ? [SELF, "'unsafe-inline'"]
          : [SELF, (_: unknown, response: unknown) => nonceSource(response)],
      imgSrc: [SELF, 'data:', 'blob:'],
      fontSrc: [SELF, 'data:'],
      connectSrc: [SELF],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: [SELF],
      frameAncestors: ["'none'"],
    },
  };
}

function nonceSource(response: unknown): string {
  return `'nonce-${String((response as Response).locals[STYLE_NONCE])}'`;
}

function headers(styles: 'nonce' | 'inline'): RequestHandler {
  return helmet({
    contentSecurityPolicy: policy(styles),
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
  }) as RequestHandler;
}

const forPages = headers('nonce');
const forInlineStyles = headers('inline');

/**
 * @param inlineStyles paths whose pages bring style tags without a nonce: the API docs, and a console built without one
 */
export function securityHeaders(inlineStyles: (path: string) => boolean): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    response.locals[STYLE_NONCE] = randomBytes(16).toString('base64');
    if (request.path.startsWith('/api/v1')) response.setHeader('Cache-Control', 'no-store');
    (inlineStyles(request.path) ? forInlineStyles : forPages)(request, response, next);
  };
}
