import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { decideSeat } from '../commands/approval/decide.js';
import { createGeneralRequest } from '../commands/approval/general.js';
import { generalSubject } from '../commands/approval/general.subject.js';
import { registerSubjects } from '../commands/approval/subjects.js';
import { eventDigest } from '../commands/events.js';
import type { CommandMeta } from '../commands/transaction.js';
import type { JsonObject } from '../domain/json.js';

const BATCH = 5_000;
const APPROVERS = ['dustin.brinkmann', 'director.central'];

interface Event {
  seq: number;
  type: string;
  actor: string;
  onBehalfOf: string | null;
  cause: string | null;
  payload: JsonObject;
  at: string;
}

/** Real chains: `count` requests submitted and approved by two people, through the product's own commands. */
export async function realChains(db: DataSource, count: number): Promise<Event[][]> {
  registerSubjects({ GENERAL: generalSubject });
  const people = await db.query<{ id: string; username: string }[]>(`SELECT id, username FROM employee`);
  const metaOf = (username: string, scope: string): CommandMeta => ({
    actor: { kind: 'PERSON', id: people.find((person) => person.username === username)!.id, permissions: [] },
    key: scope,
    scope,
    body: null,
    correlationId: null,
  });
  const chains: Event[][] = [];
  for (let n = 0; n < count; n += 1) {
    const { value } = await createGeneralRequest(db, metaOf('moses.frase', `submit ${n}`), {
      title: `bench ${n}`,
      amount: { amount: `12000${n % 10}.00`, currency: 'CNY' },
      facts: { category: 'special-price', levels: '2' },
      content: { reason: 'benchmark', note: `case ${n}: 特价申请` },
      approverIds: [],
    });
    for (const username of APPROVERS) {
      const [seat] = await db.query<{ id: string; version: number; hash: string }[]>(
        `SELECT s.id, s.version, d.subject_hash AS hash FROM approval_seat s
         JOIN approval_round d ON d.request_id = s.request_id AND d.round = s.round
         WHERE s.request_id = $1 AND s.state = 'OPEN'`,
        [value.requestId],
      );
      await decideSeat(db, metaOf(username, `decide ${seat!.id}`), {
        seatId: seat!.id,
        action: 'APPROVE',
        expectedSeatVersion: seat!.version,
        subjectHash: seat!.hash,
        comment: 'agreed 同意',
      });
    }
    chains.push(
      await db.query<Event[]>(
        `SELECT seq::float8 AS seq, type, actor, on_behalf_of AS "onBehalfOf", cause, payload,
           to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
         FROM event WHERE aggregate_kind = 'request' AND aggregate_id = $1 ORDER BY seq`,
        [value.requestId],
      ),
    );
  }
  return chains;
}

/** Copies of `samples` under ids of their own, each chained anew, until there are `events`; as the product writes them. */
export async function copyChains(db: DataSource, samples: readonly Event[][], events: number): Promise<void> {
  for (let written = 0, n = 0; written < events;) {
    const rows: object[] = [];
    const heads: object[] = [];
    for (; rows.length < BATCH && written + rows.length < events; n += 1) {
      const chain = chained(uuidv7(), samples[n % samples.length]!);
      rows.push(...chain);
      heads.push(chain.at(-1)!);
    }
    await db.query(`INSERT INTO event SELECT * FROM jsonb_populate_recordset(NULL::event, $1::jsonb)`, [
      JSON.stringify(rows),
    ]);
    await db.query(
      `INSERT INTO event_head SELECT aggregate_kind, aggregate_id, seq, hash FROM jsonb_populate_recordset(NULL::event, $1::jsonb)`,
      [JSON.stringify(heads)],
    );
    written += rows.length;
  }
  await db.query('VACUUM ANALYZE event');
  await db.query('VACUUM ANALYZE event_head');
}

function chained(aggregateId: string, sample: readonly Event[]): object[] {
  let prev: Buffer = Buffer.alloc(32);
  return sample.map((event) => {
    const id = uuidv7();
    const hash = eventDigest(prev, { ...event, id, aggregate: `request/${aggregateId}` });
    const { onBehalfOf, ...columns } = event;
    const row = {
      ...columns,
      id,
      on_behalf_of: onBehalfOf,
      aggregate_kind: 'request',
      aggregate_id: aggregateId,
      prev_hash: `\\x${prev.toString('hex')}`,
      hash: `\\x${hash.toString('hex')}`,
    };
    prev = hash;
    return row;
  });
}
