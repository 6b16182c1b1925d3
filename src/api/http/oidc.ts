import { Injectable } from '@nestjs/common';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { DomainError } from '../../domain/errors.js';
import { ApiSettings } from './settings.js';

const MAX_TOKEN = 8_192;
const CLOCK_TOLERANCE_SECONDS = 5;
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];
const ACCESS_TOKEN_TYPES = new Set(['jwt', 'at+jwt', 'application/at+jwt']);
/** an unknown key id makes us ask the issuer at most this often */
const JWKS_COOLDOWN_MS = 60_000;

/** Access tokens of the configured issuer. Only asymmetric algorithms named here; keys only from the configured URL (V9.23). */
@Injectable()
export class OidcVerifier {
  private readonly keys: JWTVerifyGetKey | null;

  constructor(private readonly settings: ApiSettings) {
    const { oidc } = settings.options;
    this.keys = oidc
      ? createRemoteJWKSet(new URL(oidc.jwksUrl), {
          cooldownDuration: JWKS_COOLDOWN_MS,
          timeoutDuration: 3_000,
        })
      : null;
  }

  /** @throws DomainError UNAUTHENTICATED · UNAVAILABLE the issuer's keys cannot be had */
  async verify(token: string): Promise<{ issuer: string; subject: string; authenticatedAt: string | null }> {
    const { oidc } = this.settings.options;
    if (!this.keys || !oidc || token.length > MAX_TOKEN) throw new DomainError('UNAUTHENTICATED');
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        algorithms: ALGORITHMS,
        issuer: oidc.issuer,
        audience: oidc.audience,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      if (protectedHeader.typ !== undefined && !ACCESS_TOKEN_TYPES.has(protectedHeader.typ.toLowerCase()))
        throw new DomainError('UNAUTHENTICATED');
      return { issuer: oidc.issuer, subject: payload.sub!, authenticatedAt: instantOf(payload['auth_time']) };
    } catch (error) {
      throw refusal(error);
    }
  }
}

/** OIDC `auth_time`: seconds since the epoch; one that lies ahead is no proof of anything. */
function instantOf(authTime: unknown): string | null {
  if (typeof authTime !== 'number' || !Number.isFinite(authTime) || authTime <= 0) return null;
  const at = authTime * 1000;
  return at > Date.now() + CLOCK_TOLERANCE_SECONDS * 1000 ? null : new Date(at).toISOString();
}

/** A token we cannot judge is not a token we refuse: keys out of reach are 503. */
function refusal(error: unknown): Error {
  if (error instanceof DomainError) return error;
  if (error instanceof errors.JWKSTimeout) return new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
  if (error instanceof errors.JOSEError) {
    return error.code === 'ERR_JOSE_GENERIC'
      ? new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 })
      : new DomainError('UNAUTHENTICATED');
  }
  if (error instanceof TypeError && error.message === 'fetch failed')
    return new DomainError('UNAVAILABLE', { retryAfterSeconds: 5 });
  return new DomainError('UNAUTHENTICATED');
}
