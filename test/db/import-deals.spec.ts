import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { splitsOf } from '../../src/db/deal-splits.js';
import { competitorNamed } from '../../src/commands/opportunity/competitor.js';
import { ImportDesk } from '../builders/import-desk.js';

const HEADER =
  'opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value,lost_reason\n';
let desk: ImportDesk;

beforeAll(async () => {
  desk = await ImportDesk.open();
}, 120_000);
afterAll(() => desk.close());

const comes = async (number: string, agent: string, stage: string) => {
  const closed = stage === 'Won' || stage === 'Lost' ? '01-03-2017,540' : ',540';
  const row = `${number},${agent},GTX Basic,Cancity,${stage},20-10-2016,${closed},${stage === 'Lost' ? 'PRICE' : ''}\n`;
  const { errors } = await desk.importFile('opportunities', HEADER + row);
  expect(errors).toEqual([]);
};
const dealOf = async (number: string) =>
  (
    await desk.db.query<{ id: string; owner: string }[]>(
      `SELECT o.id, e.username AS owner FROM opportunity o JOIN employee e ON e.id = o.owner_id WHERE o.number = $1`,
      [number],
    )
  )[0]!;
const credits = async (number: string) => {
  const splits = await splitsOf(desk.db.manager, (await dealOf(number)).id);
  const people = await desk.db.query<{ id: string; username: string }[]>(`SELECT id, username FROM employee`);
  const nameOf = new Map(people.map(({ id, username }) => [id, username]));
  return splits.map(({ state, validFrom, revenue, givenBy }) => ({
    state,
    validFrom,
    givenBy,
    revenue: revenue.map(({ personId, percent }) => [nameOf.get(personId), percent]),
  }));
};

describe('a file that gives deals to somebody else', () => {
  it('leaves the credit of a won one with whoever won it, once', async () => {
    await comes('C-1', 'Moses Frase', 'Won');
    await comes('C-1', 'Darcel Schlecht', 'Won');
    const kept = [
      { state: 'SET', validFrom: '2016-10-20', givenBy: desk.clerk, revenue: [['moses.frase', '100']] },
    ];
    expect((await dealOf('C-1')).owner).toBe('darcel.schlecht');
    expect(await credits('C-1')).toEqual(kept);
    await comes('C-1', 'Moses Frase', 'Won');
    await comes('C-1', 'Darcel Schlecht', 'Won');
    expect(await credits('C-1')).toEqual(kept);
  });

  it('credits one that is won on the way to whoever the file says', async () => {
    await comes('C-2', 'Moses Frase', 'Quoted');
    await comes('C-2', 'Darcel Schlecht', 'Won');
    expect(await credits('C-2')).toEqual([]);
  });
});

describe('a file that ends deals', () => {
  it('they are won against every competitor, lost to none it names, and open again without an outcome', async () => {
    await comes('C-3', 'Moses Frase', 'Quoted');
    const { id } = await dealOf('C-3');
    await desk.db.transaction(async (tx) => {
      for (const name of ['Rival A', 'Rival B'])
        await tx.query(`INSERT INTO opportunity_competitor (opportunity_id, competitor_id) VALUES ($1, $2)`, [
          id,
          await competitorNamed(tx, name),
        ]);
    });
    const outcomes = async () =>
      (
        await desk.db.query<{ outcome: string | null }[]>(
          `SELECT outcome FROM opportunity_competitor WHERE opportunity_id = $1`,
          [id],
        )
      ).map(({ outcome }) => outcome);
    const steps: [stage: string, outcome: string | null][] = [
      ['Won', 'WON_AGAINST'],
      ['Quoted', null],
      ['Won', 'WON_AGAINST'],
      ['Lost', null],
    ];
    for (const [stage, outcome] of steps) {
      await comes('C-3', 'Moses Frase', stage);
      expect([stage, await outcomes()]).toEqual([stage, [outcome, outcome]]);
    }
    await desk.db.query(
      `UPDATE opportunity_competitor c SET outcome = 'LOST_TO' FROM competitor k
       WHERE k.id = c.competitor_id AND k.name = 'Rival A' AND c.opportunity_id = $1`,
      [id],
    );
    await comes('C-3', 'Darcel Schlecht', 'Lost');
    expect((await outcomes()).sort()).toEqual(['LOST_TO', null]);
  });
});
