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

describe('a file that hands a deal over', () => {
  it('does what a person does who hands it over: plans, team, history and the watch go along', async () => {
    await comes('C-4', 'Moses Frase', 'Quoted');
    const { id } = await dealOf('C-4');
    const personId = async (username: string) =>
      (await desk.db.query<{ id: string }[]>(`SELECT id FROM employee WHERE username = $1`, [username]))[0]!
        .id;
    const [from, to] = [await personId('moses.frase'), await personId('darcel.schlecht')];
    for (const state of ['PLANNED', 'DONE'])
      await desk.db.query(
        `INSERT INTO activity (id, opportunity_id, owner_id, kind, subject, state, planned_on, done_at)
         VALUES (gen_random_uuid(), $1, $2, 'CALL', 'ask', $3::varchar, current_date, CASE WHEN $3 = 'DONE' THEN now() END)`,
        [id, from, state],
      );
    await desk.db.query(
      `INSERT INTO opportunity_collaborator (opportunity_id, employee_id) SELECT $1, unnest($2::uuid[])`,
      [id, [to, desk.clerk]],
    );
    const watched = async (person: string) =>
      Number(
        (
          await desk.db.query<{ seq: string }[]>(`SELECT seq FROM deal_watch WHERE owner_id = $1`, [person])
        )[0]?.seq ?? 0,
      );
    const before = [await watched(from), await watched(to)];
    await comes('C-4', 'Darcel Schlecht', 'Quoted');
    expect(
      await desk.db.query<unknown[]>(
        `SELECT state, owner_id AS owner FROM activity WHERE opportunity_id = $1 ORDER BY state`,
        [id],
      ),
    ).toEqual([
      { state: 'DONE', owner: from },
      { state: 'PLANNED', owner: to },
    ]);
    expect(
      await desk.db.query<unknown[]>(
        `SELECT employee_id AS person FROM opportunity_collaborator WHERE opportunity_id = $1`,
        [id],
      ),
    ).toEqual([{ person: desk.clerk }]);
    expect(
      await desk.db.query<unknown[]>(
        `SELECT type, actor, payload - 'reason' AS payload FROM event WHERE aggregate_kind = 'opportunity' AND aggregate_id = $1`,
        [id],
      ),
    ).toEqual([{ type: 'opportunity.handed-over', actor: desk.clerk, payload: { id, from, ownerId: to } }]);
    expect([await watched(from), await watched(to)]).toEqual(before.map((seq) => seq + 1));
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
