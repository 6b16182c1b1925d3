import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServiceError } from '@temporalio/client';
import { OUTBOX_CHANNEL, tellProcess } from '../../src/commands/outbox.js';
import { createLogger } from '../../src/log.js';
import { MAX_REFUSALS } from '../../src/relay/claim.js';
import { startRelay, type Deliver, type Relay } from '../../src/relay/relay.js';
import { generalApprovalMessage } from '../../src/workflows/messages.js';
import { until } from '../support/until.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

jest.setTimeout(30_000);
const log = createLogger('relay-test');

interface Row {
  state: string;
  attempts: number;
  last_error: string | null;
}

let database: TestDatabase;
let relays: Relay[] = [];
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.stop()));
  relays = [];
  await database.close();
});

/** Temporal as the relay sees it: keeps what it was told. */
class Told {
  readonly messages: { workflowId: string; seqs: number[] }[] = [];
  /** workflow id → what happens instead of an answer */
  readonly trouble = new Map<string, () => Promise<void>>();

  deliver: Deliver = async (workflowId, messages) => {
    this.messages.push({ workflowId, seqs: messages.map(({ seq }) => seq) });
    await this.trouble.get(workflowId)?.();
  };

  times(workflowId: string): number {
    return this.messages.filter((message) => message.workflowId === workflowId).length;
  }
}

function relay(told: Told): void {
  const { dataSource, url } = database;
  relays.push(startRelay({ dataSource, databaseUrl: url, deliver: told.deliver, log }));
}

async function tell(seq = 1, requestId: string = randomUUID()): Promise<string> {
  const message = generalApprovalMessage(requestId, seq);
  await database.dataSource.transaction((tx) => tellProcess(tx, message, 'correlation'));
  return message.workflowId;
}

async function row(workflowId: string): Promise<Row> {
  const [found] = await database.dataSource.query<Row[]>(
    `SELECT state, attempts, last_error FROM outbox WHERE workflow_id = $1 ORDER BY id LIMIT 1`,
    [workflowId],
  );
  return found!;
}

/** Makes a message that was put back due at once. */
async function hurry(workflowId: string): Promise<void> {
  await database.dataSource.query(
    `UPDATE outbox SET next_attempt_at = now(), last_error = NULL WHERE workflow_id = $1`,
    [workflowId],
  );
  await database.dataSource.query(`SELECT pg_notify('${OUTBOX_CHANNEL}', '')`);
}

const isSent = (workflowId: string) => async () => (await row(workflowId)).state === 'SENT';

describe('the relay', () => {
  it('hears of a committed message at once', async () => {
    const told = new Told();
    relay(told);
    await until(isSent(await tell()));
    const started = performance.now();
    const workflowId = await tell();
    await until(() => told.times(workflowId) === 1);
    expect(performance.now() - started).toBeLessThan(500);
  });

  it('makes one delivery of several messages for one workflow', async () => {
    const requestId = randomUUID();
    const workflowId = await tell(3, requestId);
    await tell(5, requestId);
    await tell(4, requestId);
    const told = new Told();
    relay(told);
    await until(isSent(workflowId));
    expect(told.messages).toEqual([{ workflowId, seqs: expect.arrayContaining([3, 4, 5]) }]);
  });

  it('parks what is refused again and again, with the reason; others go on meanwhile', async () => {
    const told = new Told();
    const bad = await tell();
    told.trouble.set(bad, () => Promise.reject(new Error('payload too large')));
    relay(told);
    for (let attempt = 1; attempt < MAX_REFUSALS; attempt += 1) {
      await until(async () => (await row(bad)).attempts === attempt && (await row(bad)).last_error !== null);
      await until(isSent(await tell()));
      await hurry(bad);
    }
    await until(async () => (await row(bad)).state === 'PARKED');
    expect(await row(bad)).toEqual({
      state: 'PARKED',
      attempts: MAX_REFUSALS,
      last_error: 'payload too large',
    });
  });

  it('is not held up by a workflow that does not answer', async () => {
    const told = new Told();
    let answer = (): void => undefined;
    const silent = await tell();
    told.trouble.set(silent, () => new Promise((resolve) => (answer = resolve)));
    relay(told);
    await until(() => told.times(silent) === 1);
    for (let i = 0; i < 20; i += 1) await until(isSent(await tell()));
    answer();
    await until(isSent(silent));
  });

  it('parks nothing while Temporal is away', async () => {
    const told = new Told();
    const workflowId = await tell();
    const away = Object.assign(new Error('connect refused'), { code: 14, details: '', metadata: {} });
    told.trouble.set(workflowId, () => Promise.reject(new ServiceError('no Temporal', { cause: away })));
    relay(told);
    for (let attempt = 1; attempt <= MAX_REFUSALS + 2; attempt += 1) {
      await until(
        async () => told.times(workflowId) === attempt && (await row(workflowId)).last_error !== null,
      );
      await hurry(workflowId);
    }
    told.trouble.clear();
    await until(isSent(workflowId));
  });

  it('sends a message of a transaction that committed late, after later ones', async () => {
    const told = new Told();
    relay(told);
    let late = '';
    await database.dataSource.transaction(async (tx) => {
      const message = generalApprovalMessage(randomUUID(), 1);
      await tellProcess(tx, message, null);
      late = message.workflowId;
      for (let i = 0; i < 10; i += 1) await until(isSent(await tell()));
    });
    await until(isSent(late));
  });

  it('keeps delivering when its LISTEN connection is cut, and listens again', async () => {
    const told = new Told();
    relay(told);
    const listeners = () =>
      database.dataSource.query<{ pid: number }[]>(
        `SELECT pid FROM pg_stat_activity WHERE application_name = 'sealflow-relay-listen' AND datname = current_database()`,
      );
    await until(async () => (await listeners()).length === 1);
    const [before] = await listeners();
    await database.dataSource.query(`SELECT pg_terminate_backend($1)`, [before!.pid]);
    await until(isSent(await tell()));
    await until(async () => (await listeners()).some(({ pid }) => pid !== before!.pid));
    await until(isSent(await tell()));
  });

  it('two of them deliver each message once', async () => {
    const told = new Told();
    const ids = await Promise.all(Array.from({ length: 60 }, () => tell()));
    relay(told);
    relay(told);
    for (const id of ids) await until(isSent(id));
    expect(told.messages).toHaveLength(60);
    expect(new Set(told.messages.map(({ workflowId }) => workflowId)).size).toBe(60);
  });

  it('says it again when it died between telling and noting it', async () => {
    const told = new Told();
    const workflowId = await tell();
    // what a relay leaves behind that was killed after its signal: a claimed row whose lease has run out
    await database.dataSource.query(
      `UPDATE outbox SET attempts = 1, next_attempt_at = now() - interval '1 second'`,
    );
    relay(told);
    await until(isSent(workflowId));
    expect(told.times(workflowId)).toBe(1);
    expect((await row(workflowId)).attempts).toBe(2);
  });
});
