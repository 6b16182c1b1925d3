import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { STYLE_NONCE } from './security-headers.js';

const NONCE_MARK = '__CSP_NONCE__';
const NOT_PAGES = /^\/(api|health|metrics|assets|d|o|s)(\/|$)/;
const YEAR_SECONDS = 31_536_000;

export interface Console {
  /** the built page carries the nonce's place, so style tags need no 'unsafe-inline' */
  takesNonce: boolean;
  serve(server: Express): void;
}

/** The built console at the API's own origin: files by name, every other page address gets index.html. */
export function consoleAt(webRoot: string | null): Console | null {
  const index = webRoot ? join(webRoot, 'index.html') : null;
  if (!webRoot || !index || !existsSync(index)) return null;
  const html = readFileSync(index, 'utf8');
  const page = (request: Request, response: Response, next: NextFunction) => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || NOT_PAGES.test(request.path))
      return next();
    response
      .type('html')
      .setHeader('Cache-Control', 'no-cache')
      .send(html.replaceAll(NONCE_MARK, String(response.locals[STYLE_NONCE])));
  };
  return {
    takesNonce: html.includes(NONCE_MARK),
    serve(server) {
      server.use(
        '/assets',
        express.static(join(webRoot, 'assets'), {
          immutable: true,
          maxAge: YEAR_SECONDS * 1000,
          index: false,
        }),
      );
      server.use((request, response, next) => {
        if (/\.\w+$/.test(request.path) && !NOT_PAGES.test(request.path) && request.path !== '/index.html')
          express.static(webRoot, { index: false, dotfiles: 'ignore' })(request, response, next);
        else page(request, response, next);
      });
    },
  };
}
