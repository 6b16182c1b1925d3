import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { appendEvents, beginAggregate, eventDigest, lockAggregate } from '../../src/commands/events.js';
import { runCommand } from '../../src/commands/transaction.js';
import type { Actor } from '../../src/domain/actor.js';
import { DomainError } from '../../src/domain/errors.js';
import type { JsonObject } from '../../src/domain/json.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const person = (): Actor => ({ kind: 'PERSON', id: uuidv7(), permissions: [] });
const meta = (actor: Actor, key: string, body: JsonObject = {}) => ({
  actor,
  key,
  scope: 'test',
  body,
  correlationId: null,
});

describe('a command', () => {
  it('AE-CMD-2 repeated with its key gives the first answer, also thirty times at once', async () => {
    const actor = person();
    let runs = 0;
    const run = () =>
      runCommand(database.dataSource, meta(actor, 'k'), async () => {
        runs += 1;
        return Promise.resolve({ run: runs });
      });
    const answers = await Promise.all(Array.from({ length: 30 }, run));
    expect(runs).toBe(1);
    expect(answers.map(({ value }) => value)).toEqual(Array(30).fill({ run: 1 }));
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('AE-CMD-2 with its key and another body is refused', async () => {
    const actor = person();
    await runCommand(database.dataSource, meta(actor, 'k', { a: 1 }), () => Promise.resolve({}));
    const other = runCommand(database.dataSource, meta(actor, 'k', { a: 2 }), () => Promise.resolve({}));
    await expect(other).rejects.toThrow('KEY_REUSED');
  });

  it('AE-CMD-4 that is refused changes nothing, leaves its key free and is recorded as an attempt', async () => {
    const actor = person();
    const id = uuidv7();
    const refused = runCommand(database.dataSource, meta(actor, 'k'), async (tx) => {
      await beginAggregate(tx, 'test', id);
      throw new DomainError('STATE_CONFLICT');
    });
    await expect(refused).rejects.toThrow('STATE_CONFLICT');
    const heads = await database.dataSource.query<unknown[]>(
      `SELECT 1 FROM event_head WHERE aggregate_id = $1`,
      [id],
    );
    expect(heads).toEqual([]);
    const attempts = await database.dataSource.query<{ payload: unknown }[]>(
      `SELECT payload FROM event WHERE aggregate_kind = 'attempt' AND aggregate_id = $1`,
      [actor.id],
    );
    expect(attempts).toMatchObject([{ payload: { code: 'STATE_CONFLICT', scope: 'test', key: 'k' } }]);
    const again = await runCommand(database.dataSource, meta(actor, 'k'), () =>
      Promise.resolve({ done: true }),
    );
    expect(again).toEqual({ value: { done: true }, replayed: false });
  });

  it('AE-CMD-6 that waits too long for the aggregate answers COMMAND_BUSY', async () => {
    const id = uuidv7();
    await database.dataSource.transaction((tx) => beginAggregate(tx, 'test', id));
    const holder = database.dataSource.createQueryRunner();
    await holder.startTransaction();
    await lockAggregate(holder.manager, 'test', id);
    const busy = runCommand(database.dataSource, meta(person(), 'k'), async (tx) => {
      await tx.query(`SET LOCAL lock_timeout = '50ms'`);
      await lockAggregate(tx, 'test', id);
      return {};
    });
    await expect(busy).rejects.toThrow('COMMAND_BUSY');
    await holder.rollbackTransaction();
    await holder.release();
  });
});

describe('the event chain', () => {
  it('AE-AUD-1 is gap-free and each hash covers the one before, as Postgres gives the rows back', async () => {
    const id = uuidv7();
    await database.dataSource.transaction(async (tx) => {
      let head = await beginAggregate(tx, 'test', id);
      head = await appendEvents(tx, head, [
        { type: 'a', actor: 'system:test', payload: { amount: '10.00', text: '合同 "ü"' } },
        { type: 'b', actor: 'system:test', payload: { nested: { z: 1, a: [true, null] } }, cause: 'why' },
      ]);
      await appendEvents(tx, head, [{ type: 'c', actor: 'system:test', payload: {} }]);
    });
    const rows = await database.dataSource.query<
      { seq: string; prev_hash: Buffer; hash: Buffer; body: JsonObject }[]
    >(
      `SELECT seq, prev_hash, hash, jsonb_build_object('id', id, 'aggregate', aggregate_kind || '/' || aggregate_id, 'seq', seq,
         'type', type, 'actor', actor, 'onBehalfOf', on_behalf_of, 'cause', cause, 'payload', payload,
         'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS body
       FROM event WHERE aggregate_id = $1 ORDER BY seq`,
      [id],
    );
    expect(rows.map(({ seq }) => Number(seq))).toEqual([1, 2, 3]);
    let prev: Buffer = Buffer.alloc(32);
    for (const row of rows) {
      expect(row.prev_hash.equals(prev)).toBe(true);
      expect(eventDigest(prev, row.body).equals(row.hash)).toBe(true);
      prev = row.hash;
    }
  });

  it('AE-AUD-1 of two commands the later has the later time, also on a clock that was set back', async () => {
    const id = uuidv7();
    const event = { type: 'a', actor: 'system:test' as const, payload: {} };
    await database.dataSource.transaction(async (tx) => {
      const head = await beginAggregate(tx, 'test', id);
      await appendEvents(tx, { ...head, now: '2999-12-31T23:59:59.998Z' }, [event]);
    });
    await database.dataSource.transaction(async (tx) => {
      const head = await lockAggregate(tx, 'test', id);
      expect(head!.now).toBe('2999-12-31T23:59:59.999Z');
      await appendEvents(tx, head!, [event]);
      expect((await lockAggregate(tx, 'test', id))!.now).toBe('3000-01-01T00:00:00.000Z');
    });
  });

  it.each(['UPDATE event SET type = type', 'DELETE FROM event', 'TRUNCATE event'])(
    'AE-AUD-2 refuses %s',
    async (sql) => {
      await expect(database.dataSource.query(sql)).rejects.toThrow('append-only');
    },
  );
});
