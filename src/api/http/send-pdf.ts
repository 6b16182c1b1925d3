import type { Response } from 'express';

/** A PDF as a download; its name is ASCII. */
export function sendPdf(response: Response, { name, bytes }: { name: string; bytes: Buffer }): void {
  response
    .setHeader('Content-Type', 'application/pdf')
    .setHeader('Content-Disposition', `attachment; filename="${name}"`)
    .setHeader('X-Content-Type-Options', 'nosniff')
    .send(bytes);
}
