import { createHash } from 'node:crypto';
import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { bearerOfSubject, bearerOfToken, type Bearer } from '../../queries/org/principal.js';
import { RightsCache } from '../../queries/org/rights.js';
import { ACCESS, type Access } from './access.js';
import { OidcVerifier } from './oidc.js';
import type { ApiRequest } from './request.js';
import { CSRF_HEADER, SESSION_COOKIE, cookieOf } from './session-cookie.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const JWT = /^[\w-]+\.[\w-]*\.[\w-]*$/;
const OPAQUE = /^[\w-]{20,200}$/;

/** Who asks and may they: on every route, from Postgres at every request, so that a right taken away is gone at once. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly rights: RightsCache;

  constructor(
    private readonly reflector: Reflector,
    private readonly db: DataSource,
    private readonly oidc: OidcVerifier,
  ) {
    this.rights = new RightsCache(db);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === 'PUBLIC') return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const bearer = await this.bearerOf(request);
    const { roles, permissions, viewer } = await this.rights.of(
      bearer.personId,
      bearer.revision,
      bearer.atMs,
    );
    request.principal = {
      personId: bearer.personId,
      sessionId: bearer.sessionId,
      authenticatedAt: bearer.authenticatedAt,
      roles,
      permissions,
      viewer,
    };
    if (!access) throw new DomainError('FORBIDDEN');
    if (access.permissions.length > 0 && !access.permissions.some((name) => permissions.includes(name)))
      throw new DomainError('FORBIDDEN', {
        permission: access.permissions.join(' | '),
      });
    return true;
  }

  private async bearerOf(request: ApiRequest): Promise<Bearer> {
    const bearer = await this.credential(request);
    if (!bearer) throw new DomainError('UNAUTHENTICATED');
    return bearer;
  }

  private async credential(request: ApiRequest): Promise<Bearer | null> {
    const header = request.headers.authorization;
    if (header !== undefined) {
      const token = /^Bearer (\S+)$/i.exec(header)?.[1];
      return token ? this.ofToken(token) : null;
    }
    const cookie = cookieOf(request, SESSION_COOKIE);
    if (cookie === undefined) return null;
    const bearer = await this.ofOpaque(cookie);
    if (bearer && !SAFE.has(request.method) && request.headers[CSRF_HEADER] !== '1')
      throw new DomainError('CSRF');
    return bearer;
  }

  private async ofToken(token: string): Promise<Bearer | null> {
    if (!JWT.test(token)) return this.ofOpaque(token);
    const { issuer, subject, authenticatedAt } = await this.oidc.verify(token);
    return bearerOfSubject(this.db, issuer, subject, authenticatedAt);
  }

  private async ofOpaque(token: string): Promise<Bearer | null> {
    return OPAQUE.test(token) ? bearerOfToken(this.db, createHash('sha256').update(token).digest()) : null;
  }
}
