import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { DomainError } from '../../domain/errors.js';
import type { ApiRequest } from './request.js';

const TAG = /^"?(\d{1,15})"?$/;

/** The version the caller edited: `If-Match: "7"` → 7. */
export function expectedVersion(header: string | undefined): number {
  if (header === undefined) throw new DomainError('IF_MATCH_REQUIRED');
  const match = TAG.exec(header.trim());
  if (!match)
    throw new DomainError('VALIDATION', {}, [
      {
        pointer: '/if-match',
        code: 'IF_MATCH',
        rule: 'If-Match carries the row version, e.g. "7"',
      },
    ]);
  return Number(match[1]);
}

/** @throws DomainError VERSION_MISMATCH with the current version (412) */
export function assertVersion(expected: number, current: number): void {
  if (expected !== current) throw new DomainError('VERSION_MISMATCH', { currentVersion: current });
}

/** Tells the caller which version to send back in If-Match. */
export function setVersion(response: Response, version: number): void {
  response.setHeader('ETag', `"${version}"`);
}

/** Version in If-Match: 428 without one. A command that refuses it with STALE_VERSION answers 412. */
export const IfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): number =>
    expectedVersion(context.switchToHttp().getRequest<ApiRequest>().headers['if-match']),
  [
    (target, name) => {
      const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
      if (name !== undefined && method)
        ApiHeader({
          name: 'If-Match',
          required: true,
          description: 'row version, e.g. "7"',
          schema: { type: 'string' },
        })(target, name, method);
    },
  ],
);
