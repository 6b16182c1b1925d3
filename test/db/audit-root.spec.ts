import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createAuditActivities } from '../../src/activities/audit.activities.js';
import { brokenRoots, takeAuditRoot } from '../../src/commands/audit/root.js';
import { chainRanges, verifyEverything, verifyRange } from '../../src/commands/audit/verify.js';
import { anchorFile, anchorUrl } from '../../src/integrations/audit-anchor.client.js';
import { Desk } from '../builders/approval-desk.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let desk: Desk;
let requestId: string;
const folder = mkdtempSync(join(tmpdir(), 'sealflow-roots-'));
beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  desk = await Desk.over(database.dataSource);
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  requestId = await desk.pending([desk.seats('LEAD', ['dustin.brinkmann'])]);
  await desk.vote(requestId, 'dustin.brinkmann', 'APPROVE');
});

/** As the owner of the database: without triggers, and with whatever else has to fit. */
async function rewrite(...statements: readonly string[]): Promise<void> {
  await desk.db.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = replica`);
    for (const sql of statements) await tx.query(sql, [requestId]);
  });
}

/** Everything inside the database that could show it: the last event, the head, every anchor. */
const HIDE_THE_LAST_EVENT = [
  `DELETE FROM event WHERE aggregate_id = $1 AND seq = (SELECT max(seq) FROM event WHERE aggregate_id = $1)`,
  `UPDATE event_head SET (seq, hash) = (SELECT seq, hash FROM event WHERE aggregate_id = $1 ORDER BY seq DESC LIMIT 1) WHERE aggregate_id = $1`,
  `DELETE FROM audit_anchor WHERE $1::uuid IS NOT NULL`,
];

const sealflow = (...args: string[]) =>
  spawnSync(process.execPath, ['bin/sealflow.mjs', ...args], {
    env: { ...process.env, DATABASE_URL: database.url },
    encoding: 'utf8',
  });

describe('a root of all audit chains', () => {
  it('AE-AUD-2 finds a tail that was cut together with its head and every anchor', async () => {
    const { id: _, ...root } = await desk.db.transaction(takeAuditRoot);
    expect(await brokenRoots(desk.db, [root])).toEqual([]);
    await rewrite(...HIDE_THE_LAST_EVENT);
    expect(await verifyEverything(desk.db)).toMatchObject({ bad: [], badAnchors: [] });
    expect(await brokenRoots(desk.db, [root])).toMatchObject([
      { published: root, found: { at: root.at, chains: root.chains, events: root.events - 1 } },
    ]);
  });

  it('still holds after more has been written', async () => {
    const { id: _, ...root } = await desk.db.transaction(takeAuditRoot);
    await desk.pending([desk.seats('LEAD', ['dustin.brinkmann'])]);
    expect(await brokenRoots(desk.db, [root])).toEqual([]);
  });

  it('goes to a file and to an address outside, and the row says where', async () => {
    const file = join(folder, 'roots.jsonl');
    const { publishAuditRoot } = createAuditActivities({
      dataSource: desk.db,
      anchorTargets: [anchorFile(file)],
    });
    const { root, publishedTo } = await publishAuditRoot();
    expect(publishedTo).toEqual([`file:${file}`]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ root, at: expect.any(String) });
    const [row] = await desk.db.query<{ published_to: string }[]>(
      `SELECT published_to FROM audit_root WHERE root = $1 ORDER BY id DESC`,
      [root],
    );
    expect(row).toEqual({ published_to: `file:${file}` });
  });

  it('that cannot be published fails, so that it is tried again, and is not called published', async () => {
    const { publishAuditRoot } = createAuditActivities({
      dataSource: desk.db,
      anchorTargets: [anchorUrl('http://127.0.0.1:9/roots')],
    });
    await expect(publishAuditRoot()).rejects.toThrow();
    const [row] = await desk.db.query<{ published_at: Date | null }[]>(
      `SELECT published_at FROM audit_root ORDER BY id DESC LIMIT 1`,
    );
    expect(row).toEqual({ published_at: null });
  });
});

describe('every column of an event', () => {
  it.each([
    ['aggregate_kind', `aggregate_kind = 'other'`],
    ['aggregate_id', `aggregate_id = gen_random_uuid()`],
    ['id', `id = gen_random_uuid()`],
    ['type', `type = type || '"'`],
    ['actor', `actor = 'system:timeout'`],
    ['on_behalf_of', `on_behalf_of = gen_random_uuid()`],
    ['cause', `cause = coalesce(cause, '') || ' '`],
    ['a key of payload', `payload = payload - 'at' || jsonb_build_object('At', payload->'at')`],
    ['a value of payload', `payload = jsonb_set(payload, '{seats,0,weight}', '2')`],
    ['the order of a list in payload', `payload = jsonb_set(payload, '{seats,0,rungs}', '[]')`],
    ['at, by a microsecond', `at = at + interval '1 microsecond'`],
    ['at, by a millisecond', `at = at + interval '1 millisecond'`],
    ['prev_hash', `prev_hash = sha256(prev_hash)`],
    ['hash', `hash = sha256(hash)`],
    ['hash, cut', `hash = substr(hash, 1, 31)`],
  ])('AE-AUD-2 is covered by its hash: %s', async (_column, change) => {
    const before = await desk.db.query<object[]>(`SELECT * FROM event WHERE aggregate_id = $1 AND seq = 2`, [
      requestId,
    ]);
    await rewrite(`UPDATE event SET ${change} WHERE aggregate_id = $1 AND seq = 2`);
    const { bad } = await verifyEverything(desk.db);
    expect(bad).toContainEqual({ kind: 'request', id: requestId, firstBadSeq: 2 });
    await rewrite(
      `DELETE FROM event WHERE id = '${(before[0] as { id: string }).id}' OR (aggregate_id = $1 AND seq = 2)`,
    );
    await desk.db.query(`INSERT INTO event SELECT * FROM jsonb_populate_recordset(NULL::event, $1::jsonb)`, [
      JSON.stringify(before.map(hexed)),
    ]);
    expect((await verifyEverything(desk.db)).bad).toEqual([]);
  });

  function hexed(row: object): object {
    const hex = (value: unknown) => (Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value);
    return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, hex(value)]));
  }
});

describe('ranges of chains', () => {
  it.each([1, 2, 3, 7])('cut in %i cover each chain once', async (parts) => {
    const whole = await verifyEverything(desk.db);
    const ranges = await chainRanges(desk.db, parts);
    const reports = await Promise.all(ranges.map((range) => verifyRange(desk.db, range)));
    expect(reports.reduce((sum, { aggregates }) => sum + aggregates, 0)).toBe(whole.aggregates);
    expect(reports.reduce((sum, { events }) => sum + events, 0)).toBe(whole.events);
  });

  it('name a chain whose events are all gone', async () => {
    await rewrite(`DELETE FROM event WHERE aggregate_id = $1`);
    const { bad } = await verifyEverything(desk.db);
    expect(bad).toEqual([{ kind: 'request', id: requestId, firstBadSeq: 1 }]);
    await rewrite(`DELETE FROM event_head WHERE aggregate_id = $1`);
  });
});

describe('npx sealflow verify-audit', () => {
  it('ends with 0 when all is what was written', () => {
    const { status, stdout } = sealflow('verify-audit');
    expect(stdout).toContain('all is what was written');
    expect(status).toBe(0);
  });

  it('names the first bad seq of a row with one byte changed, and ends with 1', async () => {
    await rewrite(
      `UPDATE event SET payload = jsonb_set(payload, '{at}', to_jsonb(replace(payload->>'at', 'Z', 'z'))) WHERE aggregate_id = $1 AND seq = 2`,
    );
    const { status, stdout } = sealflow('verify-audit');
    expect(stdout).toContain(`BAD request/${requestId}: first bad seq 2`);
    expect(status).toBe(1);
    await rewrite(
      `UPDATE event SET payload = jsonb_set(payload, '{at}', to_jsonb(replace(payload->>'at', 'z', 'Z'))) WHERE aggregate_id = $1 AND seq = 2`,
    );
  });

  it('compares with the roots that were published outside', async () => {
    const { id: _, ...root } = await desk.db.transaction(takeAuditRoot);
    const file = join(folder, 'published.jsonl');
    writeFileSync(file, `${JSON.stringify(root)}\n`);
    expect(sealflow('verify-audit', '--roots', file).status).toBe(0);
    await rewrite(...HIDE_THE_LAST_EVENT);
    const { status, stdout } = sealflow('verify-audit', '--roots', file);
    expect(stdout).toContain(`BAD root of ${root.at}`);
    expect(status).toBe(1);
  });

  it.each([
    [['verify-audit', '--rots', 'x'], 'does not know'],
    [['verify-everything'], 'npx sealflow <command>'],
  ])('refuses %j with usage', (args, text) => {
    const { status, stderr } = sealflow(...args);
    expect(stderr).toContain(text);
    expect(status).toBe(2);
  });
});
