import {
  createParamDecorator,
  SetMetadata,
  type CustomDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Actor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../../queries/org/scope.js';
import type { ApiRequest, Principal } from './request.js';

export const ACCESS = 'sealflow:access';
/** any of `permissions`; an empty list = whoever is logged in */
export type Access = 'PUBLIC' | { permissions: readonly string[] };

/** Open to everybody, logged in or not. */
export function Public(): CustomDecorator {
  return SetMetadata(ACCESS, 'PUBLIC' satisfies Access);
}

/** Open to whoever has one of the permissions; without arguments, to whoever is logged in. A route without either decorator is closed. */
export function Allow(...permissions: string[]): CustomDecorator {
  return SetMetadata(ACCESS, { permissions } satisfies Access);
}

export function principalOf(context: ExecutionContext): Principal {
  const { principal } = context.switchToHttp().getRequest<ApiRequest>();
  if (!principal) throw new DomainError('UNAUTHENTICATED');
  return principal;
}

/** The person as commands know them. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { personId, permissions } = principalOf(context);
  return { kind: 'PERSON', id: personId, permissions };
});

/** The person as queries know them: what they may see, and where. */
export const CurrentViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer => principalOf(context).viewer,
);

export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context),
);
