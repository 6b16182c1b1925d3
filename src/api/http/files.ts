import type { Response } from 'express';
import { DomainError } from '../../domain/errors.js';

/** What may reach the process at all; the policy's own limit is checked after it. */
export const ONE_FILE = { limits: { fileSize: 20 * 1024 * 1024, files: 1, fields: 1 } };

export interface Upload {
  buffer: Buffer;
  originalname: string;
}

/** What was uploaded as `file`. @throws DomainError VALIDATION there is none */
export function mustHaveFile(file: Upload | undefined): Upload {
  if (!file)
    throw new DomainError('VALIDATION', {}, [{ pointer: '/file', code: 'REQUIRED', rule: 'a file' }]);
  return file;
}

/** A stored file under its own name, kept by nobody on the way. */
export function sendFile(
  response: Response,
  { name, mediaType, bytes }: { name: string; mediaType: string; bytes: Buffer },
): void {
  response
    .status(200)
    .type(mediaType)
    .setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeName(name)}`)
    .setHeader('Cache-Control', 'private, no-store')
    .end(bytes);
}

/** RFC 8187: what encodeURIComponent leaves and a header parameter does not take. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
}
