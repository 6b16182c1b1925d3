export interface OidcSettings {
  issuer: string;
  audience: string;
  jwksUrl: string;
}

/** What the edge needs to know of the environment; filled at composition, never from process.env. */
export class ApiSettings {
  constructor(
    readonly options: {
      /** signs cursors */
      secret: string;
      oidc: OidcSettings | null;
      /** folder of the built console; null = this process serves the API only */
      webRoot: string | null;
      /** host:port, probed for the readiness report */
      temporalAddress: string | null;
      temporalNamespace?: string;
      /** where operators look; null = not told */
      temporalUiUrl?: string | null;
      /** `host:port` that messages may be sent to although it is not public */
      outboundAllowedHosts?: readonly string[];
      /** customers sign at e签宝; left out or null: on a page of this system */
      esign?: { appId: string; appSecret: string } | null;
      /** whose X-Forwarded-For is believed; nobody's by default */
      trustedProxies?: readonly string[];
    },
  ) {}
}
