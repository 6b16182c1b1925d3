import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { loadCalendar, seedCalendar } from '../../src/commands/calendar.js';
import { loadDirectory } from '../../src/commands/org/directory.js';
import { addDuration } from '../../src/domain/calendar.js';
import type { DirectorySnapshot } from '../../src/domain/org/directory.js';
import { managersAbove } from '../../src/domain/approval/authority.js';
import { seedDemo } from '../../src/launcher/demo/seed.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let unit: string;
let other: string;
let person: string;
let colleague: string;

const sql = (text: string, params: unknown[] = []) =>
  database.dataSource.query<Record<string, unknown>[]>(text, params);
const AT = '2026-11-24T02:00:00.000Z';

beforeAll(async () => {
  database = await testDatabase({ seeded: true });
});
afterAll(() => database.close());

beforeEach(async () => {
  [unit, other, person, colleague] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  for (const id of [unit, other])
    await sql(`INSERT INTO org_unit (id, code, kind, name) VALUES ($1, $2, 'DEPT', 'A unit')`, [
      id,
      `u-${id}`,
    ]);
  for (const id of [person, colleague])
    await sql(
      `INSERT INTO employee (id, username, name, office_key, zone, identity) VALUES ($1, $2, 'A person', 'CN', 'Asia/Shanghai', $1)`,
      [id, id],
    );
});

const EDGE = `INSERT INTO org_edge (id, hierarchy, parent_id, child_id, valid) VALUES ($1, $2, $3, $4, $5::tstzrange)`;
const POST = `INSERT INTO assignment (id, employee_id, unit_id, position, is_primary, valid) VALUES ($1, $2, $3, $4, $5, $6::tstzrange)`;
const GRANT = `INSERT INTO role_grant (id, employee_id, role, unit_id, money_limit, currency, valid, granted_by) VALUES ($1, $2, 'FINANCE', $3, $4, $5, $6::tstzrange, 'test')`;
const AWAY = `INSERT INTO absence (id, employee_id, delegate_id, during, created_by) VALUES ($1, $2, $3, $4::tstzrange, 'test')`;

describe('the tables refuse', () => {
  it('two parents at once in one hierarchy; one after another and in two hierarchies are fine', async () => {
    const [company] = await sql(`SELECT id FROM org_unit WHERE code = 'company'`);
    await sql(EDGE, [uuidv7(), 'REPORTING', unit, other, '[2026-01-01,2026-06-01)']);
    await sql(EDGE, [uuidv7(), 'REPORTING', company!['id'], other, '[2026-06-01,)']);
    await sql(EDGE, [uuidv7(), 'PRODUCT', unit, other, '[2026-01-01,)']);
    await expect(sql(EDGE, [uuidv7(), 'REPORTING', unit, other, '[2026-07-01,)'])).rejects.toThrow(
      'org_edge_one_parent',
    );
  });

  it('a unit above itself, at any time and any depth', async () => {
    const third = uuidv7();
    await sql(`INSERT INTO org_unit (id, code, kind, name) VALUES ($1, $2, 'DEPT', 'Third')`, [
      third,
      `u-${third}`,
    ]);
    await sql(EDGE, [uuidv7(), 'REPORTING', unit, other, '[2026-01-01,)']);
    await sql(EDGE, [uuidv7(), 'REPORTING', other, third, '[2026-01-01,)']);
    await expect(sql(EDGE, [uuidv7(), 'REPORTING', third, unit, '[2027-01-01,)'])).rejects.toThrow(
      'a unit cannot be above itself',
    );
    await expect(sql(EDGE, [uuidv7(), 'REPORTING', unit, unit, '[2027-01-01,)'])).rejects.toThrow();
    await sql(EDGE, [uuidv7(), 'REPORTING', third, unit, '[2025-01-01,2026-01-01)']);
  });

  it('two heads of a unit, two main units of a person', async () => {
    await sql(POST, [uuidv7(), person, unit, 'HEAD', true, '[2026-01-01,)']);
    await expect(sql(POST, [uuidv7(), colleague, unit, 'HEAD', true, '[2026-03-01,)'])).rejects.toThrow(
      'assignment_one_head',
    );
    await expect(sql(POST, [uuidv7(), person, other, 'MEMBER', true, '[2026-03-01,)'])).rejects.toThrow(
      'assignment_one_primary',
    );
    await sql(POST, [uuidv7(), person, other, 'MEMBER', false, '[2026-03-01,)']);
  });

  it('the same grant twice, a limit without currency, a negative limit', async () => {
    await sql(GRANT, [uuidv7(), person, null, '1000.0001', 'CNY', '[2026-01-01,)']);
    await expect(sql(GRANT, [uuidv7(), person, null, '5', 'CNY', '[2026-02-01,)'])).rejects.toThrow(
      'role_grant_once',
    );
    await expect(sql(GRANT, [uuidv7(), person, unit, '5', null, '[2026-02-01,)'])).rejects.toThrow(
      'check constraint',
    );
    await expect(sql(GRANT, [uuidv7(), person, unit, '-1', 'CNY', '[2026-02-01,)'])).rejects.toThrow(
      'check constraint',
    );
    await sql(GRANT, [uuidv7(), person, unit, '5', 'CNY', '[2026-02-01,)']);
  });

  it('overlapping absences, an open end, standing in for oneself', async () => {
    await sql(AWAY, [uuidv7(), person, colleague, '[2026-12-01,2026-12-05)']);
    await expect(sql(AWAY, [uuidv7(), person, null, '[2026-12-04,2026-12-06)'])).rejects.toThrow(
      'absence_no_overlap',
    );
    await expect(sql(AWAY, [uuidv7(), person, null, '[2027-12-04,)'])).rejects.toThrow('check constraint');
    await expect(sql(AWAY, [uuidv7(), person, person, '[2027-12-04,2027-12-05)'])).rejects.toThrow(
      'check constraint',
    );
    await sql(`UPDATE absence SET cancelled_at = now() WHERE employee_id = $1`, [person]);
    await sql(AWAY, [uuidv7(), person, null, '[2026-12-04,2026-12-06)']);
  });
});

describe('the revision', () => {
  it('moves with every change of the organisation, and never comes back after a rollback', async () => {
    const read = async () => String((await sql(`SELECT revision FROM org_revision`))[0]!['revision']);
    const before = await read();
    let inside = '';
    await database.dataSource
      .transaction(async (tx) => {
        await tx.query(`UPDATE org_unit SET name = 'Renamed' WHERE id = $1`, [unit]);
        inside = String(
          (await tx.query<{ revision: string }[]>(`SELECT revision FROM org_revision`))[0]!.revision,
        );
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(await read()).toBe(before);
    await sql(`UPDATE org_unit SET name = 'Renamed again' WHERE id = $1`, [unit]);
    expect([before, inside]).not.toContain(await read());
  });
});

describe('the directory', () => {
  const idOf = async (username: string) =>
    String((await sql(`SELECT id FROM employee WHERE username = $1`, [username]))[0]!['id']);
  const load = (personIds: string[], at = AT): Promise<DirectorySnapshot> =>
    database.dataSource.transaction((tx) => loadDirectory(tx, { personIds, at }));

  it('holds the reporting line of a rep up to the general manager, with limits', async () => {
    const rep = await idOf('moses.frase');
    const directory = await load([rep]);
    const line = managersAbove(rep, directory).map(({ name, grants }) => [
      name,
      grants[0]?.role,
      grants[0]?.limit,
    ]);
    expect(line).toEqual([
      ['Dustin Brinkmann', 'TEAM_LEAD', '500000'],
      ['Grace Chen', 'REGIONAL_DIRECTOR', '1000000'],
      ['Victor Liang', 'SALES_MANAGER', '5000000'],
      ['Helen Zhou', 'GENERAL_MANAGER', '99999999999'],
    ]);
    expect(directory.people[rep]!.unitIds.map((id) => directory.units[id])).toEqual([
      'Team Dustin Brinkmann',
      'Central',
      'Sales',
      'Sealflow Trading',
    ]);
  });

  it('holds those with a role everywhere, not those of other regions; equal inputs give equal bytes', async () => {
    const rep = await idOf('moses.frase');
    const directory = await load([rep]);
    const names = Object.values(directory.people).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['Fiona Gao', 'Oscar Feng', 'Martin Xu', 'Laura Shen', 'Clara Yin']),
    );
    expect(names).not.toContain('Daniel Wu');
    expect(JSON.stringify(await load([rep]))).toBe(JSON.stringify(directory));
  });

  it('sees an absence, its delegate, and a delegation where the absence names nobody', async () => {
    const [rep, lead, mate, director] = await Promise.all(
      ['reed.clapper', 'rocco.neubert', 'boris.faz', 'director.east'].map(idOf),
    );
    await sql(AWAY, [uuidv7(), lead, null, '[2026-12-01T00:00:00Z,2026-12-05T00:00:00Z)']);
    expect((await load([rep!], '2026-11-30T23:59:59.999Z')).people[lead!]!.away).toBeNull();
    expect((await load([rep!], '2026-12-01T00:00:00.000Z')).people[lead!]!.away).toMatchObject({
      until: '2026-12-05T00:00:00.000Z',
      delegateId: null,
    });
    await sql(
      `INSERT INTO delegation (id, from_id, to_id, role, valid, reason, created_by) VALUES ($1, $2, $3, 'TEAM_LEAD', '[2026-11-01,2027-01-01)', 'cover', 'test')`,
      [uuidv7(), lead, mate],
    );
    const directory = await load([rep!], '2026-12-04T23:59:59.999Z');
    expect(directory.people[lead!]!.away!.delegateId).toBe(mate);
    expect(directory.people[mate!]!.grants.map(({ role }) => role)).toEqual(['REP']);
    expect(directory.people[rep!]!.managerId).toBe(lead);
    expect((await load([rep!], '2026-12-05T00:00:00.000Z')).people[lead!]!.away).toBeNull();
    expect(directory.people[director!]!.active).toBe(true);
  });

  it('follows a change at once: a vacant head is passed over, a deputy fills in', async () => {
    const [rep, lead, mate, director] = await Promise.all(
      ['james.ascencio', 'summer.sewald', 'kary.hendrixson', 'director.west'].map(idOf),
    );
    expect((await load([rep!])).people[rep!]!.managerId).toBe(lead);
    const [team] = await sql(`SELECT unit_id FROM assignment WHERE employee_id = $1`, [lead]);
    await sql(`DELETE FROM assignment WHERE employee_id = $1`, [lead]);
    expect((await load([rep!])).people[rep!]!.managerId).toBe(director);
    await sql(`UPDATE assignment SET position = 'DEPUTY' WHERE employee_id = $1 AND unit_id = $2`, [
      mate,
      team!['unit_id'],
    ]);
    expect((await load([rep!])).people[rep!]!.managerId).toBe(mate);
    expect((await load([mate!])).people[mate!]!.managerId).toBe(director);
  });
});

describe('the seeded calendar', () => {
  it('knows the make-up Saturday of the specification and calls 2027 provisional', async () => {
    const calendar = await database.dataSource.transaction((tx) => loadCalendar(tx));
    const four = { unit: 'workMinutes', n: 240 } as const;
    expect(addDuration(calendar, '2026-02-13T17:30:00+08:00', four)).toEqual({
      at: '2026-02-14T06:00:00.000Z',
      provisional: false,
    });
    expect(addDuration(calendar, '2026-09-30T17:30:00+08:00', four)).toEqual({
      at: '2026-10-08T06:00:00.000Z',
      provisional: false,
    });
    expect(addDuration(calendar, '2027-02-12T17:30:00+08:00', four).provisional).toBe(true);
  });

  it('is read again after an edit, and seeding again changes nothing', async () => {
    await sql(
      `INSERT INTO calendar_day (region, day, kind, source) VALUES ('CN', '2026-11-25', 'HOLIDAY', 'test')`,
    );
    const calendar = await database.dataSource.transaction((tx) => loadCalendar(tx));
    expect(calendar.days['2026-11-25']).toBe(false);
    const count = async () => (await sql(`SELECT count(*) AS n FROM calendar_day`))[0]!['n'];
    const before = await count();
    await database.dataSource.transaction((tx) => seedCalendar(tx));
    expect(await count()).toBe(before);
  });
});

describe('the demo company', () => {
  it('is 41 sales people in 6 teams and 3 regions, and 19 others; a second seeding changes nothing', async () => {
    const counts = async () =>
      sql(`SELECT (SELECT count(*) FROM employee WHERE username <> id::text)::int AS people, (SELECT count(*) FROM account)::int AS accounts,
             (SELECT count(*) FROM org_unit WHERE kind = 'TEAM')::int AS teams, (SELECT count(*) FROM org_unit WHERE kind = 'REGION')::int AS regions,
             (SELECT count(*) FROM role_grant WHERE role = 'REP')::int AS reps, (SELECT count(*) FROM role_permission)::int AS rights`);
    const before = await counts();
    expect(before[0]).toMatchObject({ people: 60, accounts: 60, teams: 6, regions: 3, reps: 35 });
    await seedDemo(database.dataSource);
    expect(await counts()).toEqual(before);
  });
});
