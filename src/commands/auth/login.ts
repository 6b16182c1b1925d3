import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { DomainError } from '../../domain/errors.js';
import { passwordMatches } from './password.js';
import { issueSession, SESSION_HOURS, type IssuedSession } from './session.js';

const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_ACCOUNT_AND_ADDRESS = 10;
const TRIES_PER_ADDRESS = 200;

export interface LoginAttempt {
  username: string;
  password: string;
  address: string;
}

export interface StepUp {
  /** null: the credential is no session */
  sessionId: string | null;
  password: string;
  address: string;
}

/** Password logins. Failures are counted in Postgres so that every replica counts the same tries. */
export class Logins {
  private limits: { pair: RateLimiterPostgres; address: RateLimiterPostgres } | undefined;

  constructor(private readonly db: DataSource) {}

  /** @throws DomainError BAD_CREDENTIALS wrong, unknown, left or disabled alike · TOO_MANY_REQUESTS */
  async login({ username, password, address }: LoginAttempt): Promise<IssuedSession & { personId: string }> {
    const name = username.trim().toLowerCase();
    const pair = `${name}|${address}`;
    await this.count('address', address);
    await this.count('pair', pair);
    const [account] = await this.db.query<{ employee_id: string; password_hash: string }[]>(
      `SELECT a.employee_id, a.password_hash FROM account a JOIN employee e ON e.id = a.employee_id
       WHERE e.username = $1 AND e.status <> 'LEFT' AND a.disabled_at IS NULL`,
      [name],
    );
    const matches = await passwordMatches(password, account?.password_hash ?? null);
    if (!account || !matches) throw new DomainError('BAD_CREDENTIALS');
    await this.limiters().pair.delete(pair);
    await this.limiters().address.reward(address);
    const session = {
      employeeId: account.employee_id,
      kind: 'SESSION' as const,
      name: null,
      hours: SESSION_HOURS,
      authenticated: true,
    };
    return {
      ...(await issueSession(this.db, session)),
      personId: account.employee_id,
    };
  }

  /**
   * The password once more, within a session: for what the policy lets nobody do on an open screen (AE-REQ-1).
   * @returns ISO instant of the proof
   * @throws DomainError STEP_UP_UNAVAILABLE not a session with a password · PASSWORD_WRONG · TOO_MANY_REQUESTS
   */
  async stepUp({ sessionId, password, address }: StepUp): Promise<string> {
    const pair = `${sessionId ?? 'none'}|${address}`;
    await this.count('pair', pair);
    const [account] = await this.db.query<{ password_hash: string }[]>(
      `SELECT a.password_hash FROM session s JOIN account a ON a.employee_id = s.employee_id AND a.disabled_at IS NULL
       WHERE s.id = $1 AND s.kind = 'SESSION' AND s.revoked_at IS NULL`,
      [sessionId],
    );
    if (!account) throw new DomainError('STEP_UP_UNAVAILABLE');
    if (!(await passwordMatches(password, account.password_hash))) throw new DomainError('PASSWORD_WRONG');
    const [[row]] = await this.db.query<[{ authenticated_at: Date }[], number]>(
      `UPDATE session SET authenticated_at = now() WHERE id = $1 RETURNING authenticated_at`,
      [sessionId],
    );
    await this.limiters().pair.delete(pair);
    return row!.authenticated_at.toISOString();
  }

  private async count(which: 'pair' | 'address', key: string): Promise<void> {
    try {
      await this.limiters()[which].consume(key.slice(0, 200));
    } catch (error) {
      if (error instanceof RateLimiterRes)
        throw new DomainError('TOO_MANY_REQUESTS', {
          retryAfterSeconds: Math.ceil(error.msBeforeNext / 1000),
        });
      throw error;
    }
  }

  private limiters(): {
    pair: RateLimiterPostgres;
    address: RateLimiterPostgres;
  } {
    const pool: unknown = (this.db.driver as PostgresDriver).master;
    const shared = {
      storeClient: pool,
      tableName: 'rate_limit',
      tableCreated: true,
      duration: WINDOW_SECONDS,
      clearExpiredByTimeout: false,
    };
    this.limits ??= {
      pair: new RateLimiterPostgres({
        ...shared,
        keyPrefix: 'login',
        points: TRIES_PER_ACCOUNT_AND_ADDRESS,
      }),
      address: new RateLimiterPostgres({
        ...shared,
        keyPrefix: 'address',
        points: TRIES_PER_ADDRESS,
      }),
    };
    return this.limits;
  }
}
