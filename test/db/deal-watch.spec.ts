import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../src/commands/calendar.js';
import { createOpportunity } from '../../src/commands/opportunity/create-opportunity.js';
import { tellWhatIsDue } from '../../src/commands/opportunity/attention.js';
import { editOpportunity } from '../../src/commands/opportunity/edit.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import type { DealStep } from '../../src/domain/opportunity/attention.js';
import { dealWatchProcess } from '../../src/queries/process/deal-watch-process.js';
import { inDays } from '../builders/opportunity.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let ownerId: string;
let managerId: string;
let customerId: string;

const sql = <T = Record<string, unknown>>(text: string, ...params: unknown[]): Promise<T[]> =>
  database.dataSource.query<T[]>(text, params);
const personId = async (username: string): Promise<string> =>
  (await sql<{ id: string }>(`SELECT id FROM employee WHERE username = $1`, username))[0]!.id;
const meta = (body: object | null = null): CommandMeta => ({
  actor: { kind: 'PERSON', id: ownerId, permissions: [] },
  key: randomUUID(),
  scope: 'test',
  body: body as never,
  correlationId: null,
});

beforeAll(async () => {
  database = await testDatabase({ seeded: true });
  ownerId = await personId('moses.frase');
  managerId = await personId('dustin.brinkmann');
  customerId = (await sql<{ id: string }>(`SELECT id FROM customer LIMIT 1`))[0]!.id;
});
afterAll(() => database?.close());

async function deal(): Promise<string> {
  const { value } = await createOpportunity(database.dataSource, meta(), {
    customerId,
    productId: null,
    title: null,
    pipeline: 'standard',
    amount: null,
    expectedClose: inDays(30),
    buyingType: null,
    need: null,
    note: null,
    next: { kind: 'CALL', plannedOn: inDays(1), subject: 'Ask' },
  });
  return value.id;
}

const look = async () =>
  (await dealWatchProcess(
    database.dataSource.manager,
    ownerId,
    await loadCalendar(database.dataSource.manager),
  ))!;
/** What the process would do now, step by step, until nothing is due. */
async function catchUp(): Promise<DealStep[]> {
  const steps: DealStep[] = [];
  for (;;) {
    const { next } = await look();
    if (!next || next.inMs > 0) return steps;
    const kind = next.kind as DealStep;
    steps.push(kind);
    await tellWhatIsDue(
      database.dataSource,
      { key: `deals/${ownerId}/${next.key}`, correlationId: null },
      { ownerId, kind },
    );
    if (steps.length > 10) return steps;
  }
}
const noticesOf = (person: string) =>
  sql<{ kind: string; count: string }>(
    `SELECT kind, params->>'count' AS count FROM notification WHERE person_id = $1 AND opportunity_id IS NOT NULL ORDER BY id`,
    person,
  );

describe('processes §3.2 what time says of deals', () => {
  it('the manager hears once of all deals without contact for 14 days; contact takes it back', async () => {
    const [a, b] = [await deal(), await deal()];
    expect(await catchUp()).toEqual([]);
    await sql(`UPDATE opportunity SET contact_at = now() - interval '15 days' WHERE id = ANY($1)`, [a, b]);
    expect(await catchUp()).toEqual(['DEALS_QUIET']);
    expect(await noticesOf(managerId)).toEqual([{ kind: 'DEAL_STUCK', count: '2' }]);
    expect(await catchUp()).toEqual([]);
    const events = await sql(
      `SELECT 1 FROM event WHERE type = 'opportunity.stuck' AND aggregate_id = ANY($1)`,
      [a, b],
    );
    expect(events).toHaveLength(2);
    await sql(`UPDATE opportunity SET contact_at = now(), stuck_at = NULL WHERE id = ANY($1)`, [a, b]);
  });

  it('while it was on hold or closed nobody had to be in contact: those days do not count', async () => {
    const id = await deal();
    const stage = (to: string, daysAgo: number): Promise<unknown> =>
      sql(
        `UPDATE opportunity SET stage = $2, forecast_auto = 'PIPELINE', stage_since = now() - make_interval(days => $3),
           contact_at = now() - interval '20 days', resume_told_at = now() WHERE id = $1`,
        id,
        to,
        daysAgo,
      );
    await sql(
      `UPDATE opportunity_stage_entry SET entered_at = now() - interval '30 days' WHERE opportunity_id = $1`,
      id,
    );
    await stage('ON_HOLD', 12);
    await stage('PROSPECTING', 5);
    expect(await catchUp()).toEqual([]); // 20 days without the 7 on hold
    await sql(`UPDATE opportunity SET contact_at = now() - interval '21 days 1 hour' WHERE id = $1`, id);
    expect(await catchUp()).toEqual(['DEALS_QUIET']);
    await sql(`UPDATE opportunity SET contact_at = now(), stuck_at = NULL WHERE id = $1`, id);
  });

  it('killed between two deals, the notice still tells of both', async () => {
    const ids = [await deal(), await deal()];
    await sql(`UPDATE opportunity SET contact_at = now() - interval '15 days' WHERE id = ANY($1)`, ids);
    const told = (): Promise<number> =>
      sql<{ n: number }>(
        `SELECT coalesce(sum((params->>'count')::int), 0)::int AS n FROM notification WHERE person_id = $1 AND kind = 'DEAL_STUCK'`,
        managerId,
      ).then(([row]) => row!.n);
    const before = await told();
    const step = { key: `deals/${ownerId}/killed`, correlationId: null };
    let seen = 0;
    const killed = tellWhatIsDue(database.dataSource, step, { ownerId, kind: 'DEALS_QUIET' }, () => {
      if ((seen += 1) === 1) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await tellWhatIsDue(database.dataSource, step, { ownerId, kind: 'DEALS_QUIET' })).toBe(2);
    expect((await told()) - before).toBe(2);
    await sql(`UPDATE opportunity SET contact_at = now(), stuck_at = NULL WHERE id = ANY($1)`, ids);
  });

  it('a passed close date: the owner hears of it, three work days later it is PIPELINE, a new date takes it back', async () => {
    const id = await deal();
    await sql(
      `UPDATE opportunity SET expected_close = current_date - 2, forecast_auto = 'COMMIT' WHERE id = $1`,
      id,
    );
    expect(await catchUp()).toEqual(['DEALS_SLIPPED']);
    const standing = async () =>
      (
        await sql(
          `SELECT forecast, slip_dropped_at IS NOT NULL AS dropped FROM opportunity WHERE id = $1`,
          id,
        )
      )[0];
    expect(await standing()).toEqual({ forecast: 'COMMIT', dropped: false });
    await sql(`UPDATE opportunity SET slipped_at = slipped_at - interval '30 days' WHERE id = $1`, id);
    expect(await catchUp()).toEqual(['DEALS_DROPPED']);
    expect(await standing()).toEqual({ forecast: 'PIPELINE', dropped: true });
    expect((await noticesOf(ownerId)).map(({ kind }) => kind)).toEqual(['DEAL_SLIPPED', 'DEAL_DROPPED']);
    const [{ version } = { version: 0 }] = await sql<{ version: number }>(
      `SELECT row_version AS version FROM opportunity WHERE id = $1`,
      id,
    );
    const edit = { expectedClose: inDays(20) };
    await editOpportunity(database.dataSource, meta(edit), { id, expectedVersion: version, edit });
    expect(await standing()).toEqual({ forecast: 'COMMIT', dropped: false });
  });

  it('a deal on hold comes back to mind on its day, and is not stuck meanwhile', async () => {
    const id = await deal();
    await sql(
      `UPDATE opportunity SET stage = 'ON_HOLD', forecast_auto = 'OMITTED', resume_on = current_date - 1,
         contact_at = now() - interval '90 days', expected_close = current_date - 60 WHERE id = $1`,
      id,
    );
    expect(await catchUp()).toEqual(['DEALS_RESUMED']);
    expect(await catchUp()).toEqual([]);
  });

  it('a step that was taken twice, or too early, says nothing', async () => {
    const id = await deal();
    await sql(`UPDATE opportunity SET expected_close = current_date - 2 WHERE id = $1`, id);
    const step = { key: `deals/${ownerId}/again`, correlationId: null };
    const told = (kind: DealStep) => tellWhatIsDue(database.dataSource, step, { ownerId, kind });
    expect(await told('DEALS_SLIPPED')).toBe(1);
    expect(await told('DEALS_SLIPPED')).toBe(0);
    expect(await told('DEALS_DROPPED')).toBe(0);
    expect(await told('DEALS_QUIET')).toBe(0);
  });

  it('every value a deal had is kept, whichever way it changed', async () => {
    const id = await deal();
    await sql(`UPDATE opportunity SET amount = 10, currency = 'CNY', worth = 10 WHERE id = $1`, id);
    await sql(`UPDATE opportunity SET note = 'nothing of value' WHERE id = $1`, id);
    await sql(`UPDATE opportunity SET stage = 'QUALIFIED', stage_since = now() WHERE id = $1`, id);
    const kept = await sql(
      `SELECT stage, worth::int AS worth FROM opportunity_change WHERE opportunity_id = $1 ORDER BY id`,
      id,
    );
    expect(kept).toEqual([
      { stage: 'PROSPECTING', worth: 0 },
      { stage: 'PROSPECTING', worth: 10 },
      { stage: 'QUALIFIED', worth: 10 },
    ]);
    const stages = await sql(
      `SELECT stage, left_at IS NULL AS now FROM opportunity_stage_entry WHERE opportunity_id = $1 ORDER BY no`,
      id,
    );
    expect(stages).toEqual([
      { stage: 'PROSPECTING', now: false },
      { stage: 'QUALIFIED', now: true },
    ]);
  });
});
