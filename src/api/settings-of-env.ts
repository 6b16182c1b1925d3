import { esignOf, listed, type Env } from '../config/env.js';
import { ApiSettings } from './http/settings.js';

export function settingsOf(env: Env): ApiSettings {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwksUrl } = env;
  return new ApiSettings({
    secret: env.SESSION_SECRET,
    oidc: issuer && audience && jwksUrl ? { issuer, audience, jwksUrl } : null,
    webRoot: env.WEB_ROOT ?? null,
    temporalAddress: env.TEMPORAL_ADDRESS ?? null,
    temporalNamespace: env.TEMPORAL_NAMESPACE,
    temporalUiUrl: env.TEMPORAL_UI_URL ?? null,
    outboundAllowedHosts: listed(env.OUTBOUND_ALLOWED_HOSTS),
    trustedProxies: listed(env.TRUSTED_PROXIES),
    esign: esignOf(env),
  });
}
