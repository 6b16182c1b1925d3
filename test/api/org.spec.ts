import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadRights, RightsCache } from '../../src/queries/org/rights.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Person {
  id: string;
  name: string;
  manager: { name: string } | null;
  unit: { name: string; kind: string } | null;
  roles: {
    role: string;
    unit: { name: string } | null;
    limit: { amount: string; currency: string } | null;
  }[];
}
interface Node {
  id: string;
  name: string;
  head: { name: string } | null;
  children: Node[];
}

let api: TestApi;
let admin: ApiClient;
let hr: ApiClient;

beforeAll(async () => {
  api = await startApi();
  admin = await api.as('admin');
  hr = await api.as('hr');
});
afterAll(() => api.close());

const people = async (client: ApiClient, query = '') =>
  (await client.get<{ items: Person[] }>(`/org/people?limit=100${query}`)).body.items;
const scope = (role: string, to: string) =>
  api.dataSource.query(`UPDATE role_permission SET scope = $2 WHERE role = $1 AND permission = 'org:read'`, [
    role,
    to,
  ]);

describe('the list of people', () => {
  it.each([
    ['REP', 'moses.frase', 'OWN', 1],
    ['REP', 'moses.frase', 'TEAM', 6],
    ['REP', 'moses.frase', 'REGION', 14],
    ['TEAM_LEAD', 'cara.losch', 'TEAM', 7],
    ['TEAM_LEAD', 'cara.losch', 'REGION', 15],
    ['REGIONAL_DIRECTOR', 'director.west', 'TEAM', 15],
    ['REGIONAL_DIRECTOR', 'director.west', 'REGION', 15],
    ['REP', 'moses.frase', 'ALL', 60],
  ])('shows a %s (%s) with scope %s %i people', async (role, username, wide, expected) => {
    await scope(role, wide);
    expect(await people(await api.as(username))).toHaveLength(expected);
    await scope(role, 'ALL');
  });

  it('is refused without org:read', async () => {
    await api.dataSource.query(
      `DELETE FROM role_permission WHERE role = 'SEAL_KEEPER' AND permission = 'org:read'`,
    );
    expect((await (await api.as('seal')).get('/org/people')).status).toBe(403);
  });

  it('names unit, manager, roles and limits; the head of a team reports to the head of the region', async () => {
    const [lead] = await people(admin, '&search=brinkmann');
    expect(lead).toMatchObject({
      name: 'Dustin Brinkmann',
      unit: { name: 'Team Dustin Brinkmann', kind: 'TEAM' },
      manager: { name: 'Grace Chen' },
      roles: [
        {
          role: 'TEAM_LEAD',
          unit: { name: 'Team Dustin Brinkmann' },
          limit: { amount: '500000', currency: 'CNY' },
        },
      ],
    });
    expect((await people(admin, '&search=helen'))[0]!.manager).toBeNull();
  });

  it('takes search as text, not as a pattern', async () => {
    expect(await people(admin, `&search=${encodeURIComponent('%')}`)).toEqual([]);
    expect(await people(admin, `&search=${encodeURIComponent("' OR 1=1 --")}`)).toEqual([]);
  });
});

describe('the units', () => {
  it('form two hierarchies, readable as of a date', async () => {
    const [company] = (await admin.get<Node[]>('/org/units')).body;
    expect(company).toMatchObject({ name: 'Sealflow Trading', head: { name: 'Helen Zhou' } });
    const sales = company!.children.find(({ name }) => name === 'Sales')!;
    expect(sales.children.map(({ name, children }) => [name, children.length])).toEqual([
      ['Central', 2],
      ['East', 2],
      ['West', 2],
    ]);
    const [products] = (await admin.get<Node[]>('/org/units?hierarchy=PRODUCT')).body;
    expect(products!.children.map(({ name }) => name)).toEqual(['GTK', 'GTX', 'MG']);
    const before = (await admin.get<Node[]>('/org/units?asOf=2019-12-31T00:00:00Z')).body;
    expect(before.every(({ children }) => children.length === 0)).toBe(true);
  });

  it('are made, moved and closed by the administrator only; never below themselves', async () => {
    const rep = await api.as('darcel.schlecht');
    const unit = { code: 'pilot', name: 'Pilot', kind: 'DEPT', hierarchy: 'REPORTING' };
    expect((await rep.post('/org/units', unit)).status).toBe(403);
    const top = (await admin.post<{ id: string }>('/org/units', unit)).body.id;
    expect((await admin.post('/org/units', unit)).body['code']).toBe('ALREADY_EXISTS');
    const below = (
      await admin.post<{ id: string }>('/org/units', { ...unit, code: 'pilot-2', parentId: top })
    ).body.id;
    const cycle = await admin.put(`/org/units/${top}/parent`, { hierarchy: 'REPORTING', parentId: below });
    expect([cycle.status, cycle.body['code']]).toEqual([422, 'ORG_CYCLE']);
    const used = await admin.delete(`/org/units/${top}`);
    expect(used.body).toMatchObject({ status: 422, code: 'ORG.UNIT_IN_USE', title: 'The unit is in use' });
    expect((await admin.delete(`/org/units/${below}`)).status).toBe(204);
    expect((await admin.delete(`/org/units/${top}`)).status).toBe(204);
  });
});

describe('an absence', () => {
  const FROM = '2027-03-01T09:00:00+08:00';
  const TO = '2027-03-05T18:00:00+08:00';

  it('is entered for oneself, seen by others, cancelled; a second one may not overlap', async () => {
    const rep = await api.as('moses.frase');
    const delegateId = await api.personId('anna.snelling');
    const made = await rep.post<{ id: string }>('/org/absences', {
      from: FROM,
      to: TO,
      delegateId,
      note: '年假',
    });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      person: { name: 'Moses Frase' },
      delegate: { name: 'Anna Snelling' },
      from: '2027-03-01T01:00:00.000Z',
      to: '2027-03-05T10:00:00.000Z',
      note: '年假',
    });
    const overlap = await rep.post('/org/absences', {
      from: '2027-03-05T00:00:00Z',
      to: '2027-03-09T00:00:00Z',
    });
    expect([overlap.status, overlap.body['code']]).toEqual([409, 'ORG.OVERLAP']);
    expect(
      (await (await api.as('anna.snelling')).get<{ items: unknown[] }>('/org/absences')).body.items,
    ).toHaveLength(1);
    expect((await (await api.as('carl.lin')).delete(`/org/absences/${made.body.id}`)).status).toBe(404);
    expect((await rep.delete(`/org/absences/${made.body.id}`)).status).toBe(204);
    expect((await rep.delete(`/org/absences/${made.body.id}`)).status).toBe(404);
    expect((await rep.get<{ items: unknown[] }>('/org/absences')).body.items).toEqual([]);
  });

  it('of somebody else is for HR and administrators', async () => {
    const personId = await api.personId('carl.lin');
    const body = { personId, from: FROM, to: TO };
    expect((await (await api.as('summer.sewald')).post('/org/absences', body)).status).toBe(404);
    expect((await hr.post('/org/absences', body)).status).toBe(201);
  });

  it.each([
    ['before it begins', { from: TO, to: FROM }, '/to'],
    ['in the past', { from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' }, '/to'],
    ['without a zone', { from: '2027-01-01T00:00:00', to: TO }, '/from'],
    [
      'with a stranger as delegate',
      { from: FROM, to: TO, delegateId: '01890000-0000-7000-8000-000000000000' },
      '/delegateId',
    ],
  ])('does not end %s', async (_what, body, pointer) => {
    const answer = await (await api.as('zane.levy')).post('/org/absences', body);
    expect(answer.status).toBe(400);
    expect((answer.body['errors'] as { pointer: string }[])[0]!.pointer).toBe(pointer);
  });

  it('with a used key gives the first answer, with another body a refusal, and the attempt is on record', async () => {
    const rep = await api.as('kami.bicknell');
    const body = { from: FROM, to: TO };
    const first = await rep.post('/org/absences', body, { key: 'same' });
    const again = await rep.post('/org/absences', { to: TO, from: FROM }, { key: 'same' });
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    const other = await rep.post('/org/absences', { ...body, note: 'other' }, { key: 'same' });
    expect([other.status, other.body['code']]).toEqual([422, 'KEY_REUSED']);
    const [attempt] = await api.dataSource.query<{ code: string; trace: string }[]>(
      `SELECT payload->>'code' AS code, payload->>'correlationId' AS trace FROM event WHERE aggregate_kind = 'attempt' AND actor = $1`,
      [await api.personId('kami.bicknell')],
    );
    expect(attempt).toEqual({ code: 'KEY_REUSED', trace: other.body['requestId'] });
  });
});

describe('a delegation', () => {
  const TO = '2027-06-01T00:00:00Z';
  const until = (toId: string, role: string) => ({
    toId,
    role,
    from: '2020-01-01T00:00:00Z',
    to: TO,
    reason: 'cover',
  });

  it('gives the role for its time, no further than the delegator, and ends with revocation or the grant', async () => {
    const rep = await api.as('reed.clapper');
    const lead = await api.as('rocco.neubert');
    const repId = await api.personId('reed.clapper');
    const roles = async () => (await rep.get<{ roles: string[] }>('/me')).body.roles;
    const made = await lead.post<{ id: string }>('/org/delegations', until(repId, 'TEAM_LEAD'));
    expect(made.status).toBe(201);
    expect(await roles()).toEqual(['REP', 'TEAM_LEAD']);
    expect((await rep.delete(`/org/delegations/${made.body.id}`)).status).toBe(404);
    expect((await lead.delete(`/org/delegations/${made.body.id}`)).status).toBe(204);
    expect(await roles()).toEqual(['REP']);
    await lead.post('/org/delegations', until(repId, 'TEAM_LEAD'));
    expect(await roles()).toEqual(['REP', 'TEAM_LEAD']);
    await api.dataSource.query(
      `UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE employee_id = $1`,
      [await api.personId('rocco.neubert')],
    );
    expect(await roles()).toEqual(['REP']);
  });

  it('ends at its end for a session that lives on, though nothing in the organisation changes', async () => {
    const [leadId, repId] = [await api.personId('celia.rouche'), await api.personId('hayden.neloms')];
    const lead = await api.as('celia.rouche');
    await lead.post('/org/delegations', until(repId, 'TEAM_LEAD'));
    const end = Date.parse(TO);
    expect((await loadRights(api.dataSource, repId)).untilMs).toBe(end);
    const cache = new RightsCache(api.dataSource);
    expect((await cache.of(repId, 'r1', end - 1)).roles).toEqual(['REP', 'TEAM_LEAD']);
    await api.dataSource.query(`DELETE FROM delegation WHERE from_id = $1`, [leadId]);
    expect((await cache.of(repId, 'r1', end - 1)).roles).toEqual(['REP', 'TEAM_LEAD']);
    expect((await cache.of(repId, 'r1', end)).roles).toEqual(['REP']);
  });

  it.each([
    ['a role one does not hold', 'moses.frase', 'anna.snelling', 'TEAM_LEAD'],
    ['administration', 'admin', 'anna.snelling', 'ADMIN'],
    ['to oneself', 'cfo', 'cfo', 'CFO'],
  ])('is refused for %s', async (_what, from, to, role) => {
    const answer = await (await api.as(from)).post('/org/delegations', until(await api.personId(to), role));
    expect([answer.status, answer.body['code']]).toEqual([403, 'ORG.DELEGATION_FORBIDDEN']);
  });

  it('cannot be passed on', async () => {
    const credit = await api.as('credit');
    const finance = await api.as('finance');
    await finance.post('/org/delegations', until(await api.personId('credit'), 'FINANCE'));
    const answer = await credit.post('/org/delegations', until(await api.personId('credit2'), 'FINANCE'));
    expect(answer.body['code']).toBe('ORG.DELEGATION_FORBIDDEN');
  });
});

describe('rights', () => {
  it('are granted by the administrator, never to oneself', async () => {
    const own = await admin.post(`/org/people/${await api.personId('admin')}/grants`, { role: 'CFO' });
    expect([own.status, own.body['code']]).toEqual([403, 'SOD_VIOLATION']);
    const hrId = await api.personId('hr');
    expect((await hr.post(`/org/people/${hrId}/grants`, { role: 'CFO' })).status).toBe(403);
    const made = await admin.post<{ id: string }>(`/org/people/${hrId}/grants`, {
      role: 'FINANCE',
      limit: { amount: '1000.50', currency: 'CNY' },
    });
    expect(made.status).toBe(201);
    expect((await hr.get<{ permissions: string[] }>('/me')).body.permissions).toContain('cost:read');
    expect((await admin.delete(`/org/grants/${made.body.id}`)).status).toBe(204);
    expect((await hr.get<{ permissions: string[] }>('/me')).body.permissions).not.toContain('cost:read');
  });

  it('make a new person who can log in, and a person who left disappear from lists', async () => {
    const [company] = (await admin.get<Node[]>('/org/units')).body;
    const body = {
      username: 'new.hire',
      name: '王小明',
      unitId: company!.id,
      position: 'MEMBER',
      password: 'correct horse battery',
    };
    const made = await admin.post<{ id: string }>('/org/people', body);
    expect(made.status).toBe(201);
    const session = await api.anonymous.post('/auth/login', {
      username: 'new.hire',
      password: body.password,
    });
    expect(session.status).toBe(200);
    const [{ text }] = (await api.dataSource.query<{ text: string }[]>(
      `SELECT payload::text AS text FROM event WHERE aggregate_kind = 'employee' AND aggregate_id = $1`,
      [made.body.id],
    )) as [{ text: string }];
    expect(text).not.toContain('correct horse');
    expect((await admin.delete(`/org/people/${made.body.id}`)).status).toBe(204);
    expect(await people(admin, `&search=${encodeURIComponent('王小明')}`)).toEqual([]);
    expect((await admin.delete(`/org/people/${await api.personId('admin')}`)).status).toBe(403);
  });
});
