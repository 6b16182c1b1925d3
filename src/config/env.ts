import { plainToInstance } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  validateSync,
} from 'class-validator';
import 'reflect-metadata';

/** What a process may be told by its environment. Everything else is data in Postgres. */
export class Env {
  @IsString()
  @MinLength(1)
  readonly DATABASE_URL!: string;

  @IsString()
  readonly TEMPORAL_ADDRESS: string = '127.0.0.1:7233';

  @IsString()
  readonly TEMPORAL_NAMESPACE: string = 'default';

  @IsString()
  readonly TEMPORAL_UI_URL: string = 'http://127.0.0.1:8233';

  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly API_PORT: number = 3000;

  @IsString()
  readonly API_HOST: string = '127.0.0.1';

  /** signs cursors and the console's cookies; at least 32 characters */
  @IsString()
  @MinLength(32)
  readonly SESSION_SECRET!: string;

  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly OIDC_ISSUER?: string;

  @IsOptional()
  @IsString()
  readonly OIDC_AUDIENCE?: string;

  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly OIDC_JWKS_URL?: string;

  /** mail server, `smtp://user:password@host:587`; without it nothing is mailed */
  @IsOptional()
  @Matches(/^smtps?:\/\/[^\s]+$/)
  readonly SMTP_URL?: string;

  @IsString()
  @Matches(/^[^\r\n]+$/)
  readonly MAIL_FROM: string = 'Sealflow <sealflow@localhost>';

  /** what links in messages begin with; never taken from a request */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  readonly PUBLIC_URL: string = 'http://127.0.0.1:3000';

  /** `host:port, host:port` that webhooks and robots may reach although they are not public */
  @IsOptional()
  @Matches(/^[\w.:[\]-]+:\d+(\s*,\s*[\w.:[\]-]+:\d+)*$/)
  readonly OUTBOUND_ALLOWED_HOSTS?: string;

  /** e签宝's API; its sandbox is https://smlopenapi.esign.cn */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  readonly ESIGN_BASE_URL: string = 'https://openapi.esign.cn';

  /** the application at e签宝, with its secret; without both customers sign on a page of this system */
  @IsOptional()
  @Matches(/^\w{1,64}$/)
  readonly ESIGN_APP_ID?: string;

  @IsOptional()
  @IsString()
  readonly ESIGN_APP_SECRET?: string;

  /** addresses and networks of the proxies in front, whose X-Forwarded-For is believed: `10.0.0.7, 172.16.0.0/12` */
  @IsOptional()
  @Matches(/^[\da-fA-F.:]+(\/\d{1,3})?(\s*,\s*[\da-fA-F.:]+(\/\d{1,3})?)*$/)
  readonly TRUSTED_PROXIES?: string;

  /** folder of the built console, served at `/` */
  @IsOptional()
  @IsString()
  readonly WEB_ROOT?: string;

  @IsString()
  readonly LOG_LEVEL: string = 'info';

  /** file on a volume off this machine to which each day's root of the audit chains is appended */
  @IsOptional()
  @IsString()
  readonly AUDIT_ANCHOR_FILE?: string;

  /** address to which each day's root of the audit chains is posted */
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  readonly AUDIT_ANCHOR_URL?: string;

  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly METRICS_PORT: number = 9464;

  /** where a worker answers health and metrics */
  @IsString()
  readonly METRICS_HOST: string = '127.0.0.1';

  @IsInt()
  @Min(1)
  @Max(200)
  readonly DB_POOL_SIZE: number = 10;
}

/**
 * The only reader of process.env. A wrong variable stops the process at start; the message names the variable and the
 * rule, never the value: it may be a secret.
 */
export function loadEnv(source: NodeJS.ProcessEnv = process.env): Readonly<Env> {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ''),
  );
  const env = plainToInstance(Env, given, { enableImplicitConversion: true, exposeDefaultValues: true });
  const errors = validateSync(env);
  if (errors.length > 0) {
    const lines = errors.map(
      ({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join(', ')}`,
    );
    throw new Error(`environment is not usable\n  ${lines.join('\n  ')}`);
  }
  return Object.freeze(env);
}

/** Where e签宝 tells what happened, under PUBLIC_URL. */
export const ESIGN_CALLBACK = '/api/v1/signing-callbacks/esign';

/** What e签宝 is spoken to with; null: it is not set up. @throws Error half of it is */
export function esignOf(env: Readonly<Env>): {
  baseUrl: string;
  appId: string;
  appSecret: string;
  notifyUrl: string;
} | null {
  const { ESIGN_APP_ID: appId, ESIGN_APP_SECRET: appSecret } = env;
  if (Boolean(appId) !== Boolean(appSecret))
    throw new Error('environment is not usable\n  ESIGN_APP_ID, ESIGN_APP_SECRET: both or neither');
  if (!appId || !appSecret) return null;
  const [baseUrl, origin] = [env.ESIGN_BASE_URL, env.PUBLIC_URL].map((url) => url.replace(/\/$/, ''));
  return { baseUrl: baseUrl!, appId, appSecret, notifyUrl: `${origin}${ESIGN_CALLBACK}` };
}

/** `a:1, b:2` as a list; nothing as none. */
export function listed(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(',').map((item) => item.trim());
}
