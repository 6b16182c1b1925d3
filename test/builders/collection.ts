import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { DataSource } from 'typeorm';
import type { CollectionPolicy } from '../../src/domain/collection/policy.js';
import { COLLECTION_POLICY } from '../../src/policy/seed/collection-policy.js';
import type { Step } from '../../src/commands/approval/time.js';
import { ledger } from './ledger.js';

const REACH_DAYS = 400;

/** The ledger of one customer whose letters may go out now: every day is worked, and it is noon where the customer is. */
export async function collectionDesk() {
  const books = await ledger();
  await worksEveryDay(books.db);
  const customer = async (): Promise<string> => {
    const [row] = await books.db.query<{ id: string }[]>(
      `SELECT id FROM customer c WHERE NOT EXISTS (SELECT 1 FROM receivable_item i WHERE i.customer_id = c.id) ORDER BY name, id LIMIT 1`,
    );
    await isNoonAt(books.db, row!.id);
    return row!.id;
  };
  const caseOf = async (customerId: string) => {
    const [row] = await books.db.query<{ id: string; state: string }[]>(
      `SELECT id, state FROM collection_case WHERE customer_id = $1`,
      [customerId],
    );
    return row!;
  };
  const letters = (caseId: string) =>
    books.db.query<{ step: string; level: number; amounts: string[]; channel: string }[]>(
      `SELECT l.step, l.level, l.channel, array_agg(trim_scale(n.amount)::text ORDER BY n.amount) AS amounts
       FROM dunning_letter l LEFT JOIN dunning_notice n ON n.letter_id = l.id WHERE l.case_id = $1 GROUP BY l.id ORDER BY l.at, l.id`,
      [caseId],
    );
  /** Another version of the policy, from now on. */
  const publishes = (over: Partial<CollectionPolicy>) =>
    books.db.transaction(async (tx) => {
      // commands read their time in milliseconds: a version that begins inside one would not be seen in it
      const [[before]] = await tx.query<[{ version: number }[]]>(
        `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
         WHERE kind = 'collection' AND upper_inf(valid) RETURNING version`,
      );
      await tx.query(
        `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
         VALUES ($1, 'collection', $2, tstzrange(date_trunc('milliseconds', now()), NULL), $3, sha256('x'), 'test')`,
        [randomUUID(), before!.version + 1, JSON.stringify({ ...COLLECTION_POLICY, ...over })],
      );
    });
  return { ...books, customer, caseOf, letters, publishes };
}

export function step(): Step {
  return { key: `test/${randomUUID()}`, correlationId: null };
}

/** A day so many from today where the company is. */
export function day(offset: number): string {
  return DateTime.now().setZone('Asia/Shanghai').plus({ days: offset }).toISODate()!;
}

async function worksEveryDay(db: DataSource): Promise<void> {
  await db.query(
    `INSERT INTO calendar_day (region, day, kind, name, source)
     SELECT 'CN', now()::date + n, 'WORKDAY', 'test', 'test' FROM generate_series(-$1::int, $1::int) n
     ON CONFLICT (region, day) DO UPDATE SET kind = 'WORKDAY'`,
    [REACH_DAYS],
  );
}

/** Whatever the hour of the machine, letters may go out where it is noon. */
export async function isNoonAt(db: DataSource, customerId: string): Promise<void> {
  const ahead = 12 - new Date().getUTCHours();
  const zone = ahead >= 0 ? `Etc/GMT-${ahead}` : `Etc/GMT+${-ahead}`;
  await db.query(`UPDATE customer SET zone = $2 WHERE id = $1`, [customerId, zone]);
}
