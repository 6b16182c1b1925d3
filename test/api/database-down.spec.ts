import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { DataSource } from 'typeorm';
import { createApp } from '../../src/api/create-app.js';
import { ApiSettings } from '../../src/api/http/settings.js';
import { issueSession } from '../../src/commands/auth/session.js';
import { createDataSource } from '../../src/db/data-source.js';
import { clientOf, type ApiClient } from '../support/api.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

/** A wire to Postgres that can be cut and mended. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private port = 0;

  constructor(private readonly target: { host: string; port: number }) {
    this.server = createServer((near) => {
      const far = connect(this.target);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.sockets.add(one);
        one.pipe(other);
        one.on('error', () => other.destroy()).on('close', () => other.destroy());
      }
    });
  }

  async mend(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this.port;
  }

  async cut(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    await closed;
  }
}

let database: TestDatabase;
let wire: Wire;
let wired: DataSource;
let app: NestExpressApplication;
let person: ApiClient;

beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  const url = new URL(database.url);
  wire = new Wire({ host: url.hostname, port: Number(url.port) });
  url.port = String(await wire.mend());
  wired = createDataSource({ url: url.href, poolSize: 4, applicationName: 'wired' });
  await wired.initialize();
  const settings = { secret: 'x'.repeat(32), oidc: null, webRoot: null, temporalAddress: '127.0.0.1:1' };
  app = await createApp(wired, new ApiSettings(settings));
  await app.listen(0, '127.0.0.1');
  const [row] = await database.dataSource.query<{ id: string }[]>(
    `SELECT id FROM employee WHERE username = 'hr'`,
  );
  const session = { employeeId: row!.id, kind: 'SESSION', name: null, hours: 1 } as const;
  person = clientOf(await app.getUrl(), (await issueSession(database.dataSource, session)).token);
});
afterAll(async () => {
  await app.close();
  await wired.destroy();
  await wire.cut();
  await database.close();
});

describe('while Postgres is away', () => {
  it('AE-CMD-7: everything is 503 with Retry-After, nothing is 2xx, and it comes back by itself', async () => {
    expect((await person.get('/me')).status).toBe(200);
    await wire.cut();
    const answers = [
      await person.get('/me'),
      await person.post('/auth/tokens', { name: 'x', days: 1 }),
      await person.post('/auth/login', { username: 'hr', password: 'sealflow' }),
      await person.get('/health/ready'),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual(
      Array(4).fill([503, 'UNAVAILABLE']),
    );
    expect(answers.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    expect((await person.get('/health/live')).status).toBe(200);
    await wire.mend();
    expect((await person.get('/me')).status).toBe(200);
    expect((await person.get('/health/ready')).body).toEqual({
      status: 'ok',
      postgres: 'up',
      temporal: 'down',
    });
  });
});
