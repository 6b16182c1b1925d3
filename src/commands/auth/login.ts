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
    };
    return {
      ...(await issueSession(this.db, session)),
      personId: account.employee_id,
    };
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
