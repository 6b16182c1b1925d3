import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { anchorAudit } from '../../src/commands/audit/anchor.js';
import { verifyChain, verifyEverything } from '../../src/commands/audit/verify.js';
import { decideSeat } from '../../src/commands/approval/decide.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
let requestId: string;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** A closed request: submitted, LEAD opened, decided, passed, DIRECTOR opened, decided, passed, approved = 8 events. */
beforeEach(async () => {
  requestId = await desk.pending([
    desk.seats('LEAD', ['dustin.brinkmann']),
    desk.seats('DIRECTOR', ['director.central'], { block: 2 }),
  ]);
  await desk.vote(requestId, 'dustin.brinkmann', 'APPROVE');
  await desk.vote(requestId, 'director.central', 'APPROVE');
});

/** As somebody with all rights on the database would do it: the append-only triggers are switched off. */
async function tamper(sql: string): Promise<void> {
  await desk.db.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = replica`);
    await tx.query(sql.replaceAll('$id', `'${requestId}'`));
  });
}
const verify = () => verifyChain(desk.db, 'request', requestId);

describe('the chain of a request', () => {
  it('AE-AUD-1 verifies as written, every change one event', async () => {
    expect(await verify()).toEqual({ verified: true, firstBadSeq: null, events: 8 });
  });

  it('cannot be changed by the ordinary way', async () => {
    await expect(
      desk.db.query(`UPDATE event SET actor = 'x' WHERE aggregate_id = $1`, [requestId]),
    ).rejects.toThrow(/append-only/);
    await expect(desk.db.query(`DELETE FROM approval_decision`)).rejects.toThrow(/append-only/);
    await expect(desk.db.query(`TRUNCATE approval_rung`)).rejects.toThrow(/append-only/);
  });

  it.each([
    [
      'a changed payload',
      3,
      `UPDATE event SET payload = jsonb_set(payload, '{decision,comment}', '"never"') WHERE aggregate_id = $id AND seq = 3`,
    ],
    ['a changed actor', 6, `UPDATE event SET actor = 'system:timeout' WHERE aggregate_id = $id AND seq = 6`],
    ['a changed time', 4, `UPDATE event SET at = at - interval '1 day' WHERE aggregate_id = $id AND seq = 4`],
    ['a deleted row', 5, `DELETE FROM event WHERE aggregate_id = $id AND seq = 5`],
    ['a cut tail', 7, `DELETE FROM event WHERE aggregate_id = $id AND seq >= 7`],
    [
      'an inserted row',
      9,
      `INSERT INTO event SELECT aggregate_kind, aggregate_id, 9, gen_random_uuid(), type, actor, on_behalf_of, cause, payload, at, hash, hash
       FROM event WHERE aggregate_id = $id AND seq = 8`,
    ],
    [
      'two swapped rows',
      3,
      `UPDATE event SET seq = CASE seq WHEN 3 THEN 1006 WHEN 6 THEN 1003 END WHERE aggregate_id = $id AND seq IN (3, 6);
       UPDATE event SET seq = seq - 1000 WHERE aggregate_id = $id AND seq > 1000`,
    ],
  ])('AE-AUD-2 shows %s at seq %i', async (_what, firstBadSeq, sql) => {
    await tamper(sql);
    expect(await verify()).toMatchObject({ verified: false, firstBadSeq });
  });

  it('AE-AUD-2 a tail cut together with its head is found by the anchor', async () => {
    const clean = await desk.db.transaction(anchorAudit);
    expect(clean.events).toBeGreaterThan(8);
    expect((await verifyEverything(desk.db)).badAnchors).toEqual([]);
    await tamper(
      `DELETE FROM event WHERE aggregate_id = $id AND seq >= 7;
       UPDATE event_head SET seq = 6, hash = (SELECT hash FROM event WHERE aggregate_id = $id AND seq = 6) WHERE aggregate_id = $id`,
    );
    expect(await verify()).toMatchObject({ verified: true });
    expect((await verifyEverything(desk.db)).badAnchors).toEqual([{ id: clean.id, at: expect.any(String) }]);
  });

  it('verifies everything and names each bad chain', async () => {
    await tamper(`UPDATE event SET cause = 'other' WHERE aggregate_id = $id AND seq = 2`);
    const report = await verifyEverything(desk.db);
    expect(report.bad).toContainEqual({ kind: 'request', id: requestId, firstBadSeq: 2 });
    expect(report.aggregates).toBeGreaterThan(1);
  });

  it('AE-AUD-2 twenty commands in parallel never fork it', async () => {
    const voters = await desk.hire(20);
    const crowd = await desk.pending([desk.seats('CROWD', voters, { quorum: { kind: 'ALL' } })]);
    const ballots = await Promise.all(
      voters.map(async (by) => ({ by, input: await desk.ballot(crowd, by, 'APPROVE') })),
    );
    await Promise.all(ballots.map(({ by, input }) => decideSeat(desk.db, desk.meta(by), input)));
    expect(await verifyChain(desk.db, 'request', crowd)).toEqual({
      verified: true,
      firstBadSeq: null,
      events: 24,
    });
  });

  it('never lets time go backwards, although twenty transactions began before the first of them ended', async () => {
    const voters = await desk.hire(20);
    const crowd = await desk.pending([desk.seats('CROWD', voters, { quorum: { kind: 'ALL' } })]);
    const ballots = await Promise.all(
      voters.map(async (by) => ({ by, input: await desk.ballot(crowd, by, 'APPROVE') })),
    );
    await Promise.all(ballots.map(({ by, input }) => decideSeat(desk.db, desk.meta(by), input)));
    const backwards = await desk.db.query(
      `SELECT seq FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS before FROM event WHERE aggregate_id = $1) e WHERE at < before`,
      [crowd],
    );
    expect(backwards).toEqual([]);
  });

  it('anchors written one after another chain on', async () => {
    const first = await desk.db.transaction(anchorAudit);
    const second = await desk.db.transaction(anchorAudit);
    expect(Number(second.id)).toBeGreaterThan(Number(first.id));
    expect(second.events).toBeGreaterThanOrEqual(first.events);
  });
});
