import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Answer, CommandMeta } from '../../commands/transaction.js';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { principalOf } from './access.js';
import type { ApiRequest } from './request.js';

const KEY = /^[\x20-\x7e]{1,255}$/;
const MAX_SCOPE = 120;

/** Method and path with its ids: what an Idempotency-Key is unique within, besides the person (AE-CMD-2). */
function scopeOf(request: ApiRequest): string {
  const path = (request.originalUrl.split('?')[0] ?? '').replace(/^\/api\/v1/, '').toLowerCase();
  const scope = `${request.method} ${path}`;
  return scope.length <= MAX_SCOPE ? scope : createHash('sha256').update(scope).digest('hex');
}

export function commandMeta(context: ExecutionContext): CommandMeta {
  const request = context.switchToHttp().getRequest<ApiRequest>();
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !KEY.test(key)) throw new DomainError('IDEMPOTENCY_KEY_REQUIRED');
  const { personId, permissions } = principalOf(context);
  return {
    actor: { kind: 'PERSON', id: personId, permissions },
    key,
    scope: scopeOf(request),
    body: (request.body ?? null) as Json,
    correlationId: request.requestId,
  };
}

function documentKey(target: object, name: string | symbol): void {
  const method = Object.getOwnPropertyDescriptor(target, name);
  if (!method) return;
  ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'Repeats with the same key and body get the first answer',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })(target, name, method);
}

/** Who commands what, under which key. Put it on every write. */
export const Meta = createParamDecorator(
  (_: unknown, context: ExecutionContext): CommandMeta => commandMeta(context),
  [
    (target, name) => {
      if (name !== undefined) documentKey(target, name);
    },
  ],
);

/** The command's value as the answer; tells the caller when it is the first answer again. */
export function replyWith<T>(response: Response, answer: Answer<T>): T {
  if (answer.replayed) response.setHeader('Idempotency-Replayed', 'true');
  return answer.value;
}
