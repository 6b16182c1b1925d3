import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadCalendar } from '../../src/commands/calendar.js';
import { contractSubject } from '../../src/commands/contract/contract.subject.js';
import { expireContract } from '../../src/commands/contract/life.js';
import { openContracts } from '../../src/commands/contract/open-contracts.source.js';
import { exitFactsOf } from '../../src/db/exit-facts.js';
import { contractLifeProcess } from '../../src/queries/process/contract-life.js';
import { effectiveContract, write, type Contract } from '../builders/contract.js';
import { versions } from '../builders/contract-change.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const inForce = (): Promise<Contract> => effectiveContract(api, rep);
const put = (id: string, set: string) =>
  api.dataSource.query(`UPDATE contract SET ${set} WHERE id = $1`, [id]);
const SUSPENDED = `state = 'SUSPENDED', suspended_for = 'DISPUTE'`;
const CHANGING = `state = 'CHANGE_PENDING', suspended_for = NULL, changing = true`;

describe('what a contract in force counts for', () => {
  it('is exposure of its customer until it ends, however it stands', async () => {
    const { id, total } = await inForce();
    const subject = await contractSubject.load(api.dataSource.manager, id);
    const openBut = async (but: string) =>
      Number((await openContracts(api.dataSource.manager, { ...subject, id: but })).openContracts);
    const counts = async () => (await openBut(randomUUID())) - (await openBut(id));
    expect(await counts()).toBeCloseTo(Number(total.amount), 2);
    for (const set of [`state = 'PERFORMING', base = 'PERFORMING'`, SUSPENDED, CHANGING]) {
      await put(id, set);
      expect([set, await counts()]).toEqual([set, expect.closeTo(Number(total.amount), 2)]);
    }
    await put(id, `state = 'TERMINATED', changing = false, ended_at = now()`);
    expect(await counts()).toBeCloseTo(0, 2);
  });

  it('meets the last criterion of its deal from its first day on, whatever becomes of it', async () => {
    const { id } = await inForce();
    const [[deal]] = await api.dataSource.query<[{ id: string }[], number]>(
      `UPDATE quote q SET opportunity_id = (SELECT o.id FROM opportunity o WHERE NOT EXISTS (
         SELECT 1 FROM quote x JOIN contract k ON k.quote_id = x.id WHERE x.opportunity_id = o.id) LIMIT 1)
       FROM contract k WHERE k.id = $1 AND q.id = k.quote_id RETURNING q.opportunity_id AS id`,
      [id],
    );
    const met = async () => (await exitFactsOf(api.dataSource, deal!.id)).met.has('CONTRACT_EFFECTIVE');
    expect(await met()).toBe(true);
    for (const set of [SUSPENDED, CHANGING, `state = 'EXPIRED', changing = false, ended_at = now()`]) {
      await put(id, set);
      expect([set, await met()]).toEqual([set, true]);
    }
  });
});

describe('what the console says of it', () => {
  it('of an archived contract no version is in force: the last one was until the contract ended', async () => {
    const { id } = await inForce();
    expect(await versions(rep, id)).toMatchObject([{ version: 1, state: 'IN_FORCE', inForceUntil: null }]);
    await put(id, `state = 'EXPIRED', ended_at = '2026-11-20T16:00:00Z'`);
    expect((await write(rep, `/contracts/${id}/archive`)).state).toBe('ARCHIVED');
    expect(await versions(rep, id)).toMatchObject([
      { version: 1, state: 'ENDED', inForceUntil: '2026-11-20T16:00:00.000Z' },
    ]);
  });

  const view = async (id: string) =>
    (await contractLifeProcess(api.dataSource, id, await loadCalendar(api.dataSource.manager)))!;

  it('a day is over when it is over where its owner works', async () => {
    const { id } = await inForce();
    await api.dataSource.query(`UPDATE milestone SET due_on = '2027-03-31' WHERE contract_id = $1`, [id]);
    await api.dataSource.query(
      `UPDATE employee SET zone = 'Asia/Shanghai' WHERE id = (SELECT owner_id FROM contract WHERE id = $1)`,
      [id],
    );
    const seen = await view(id);
    expect(seen.dueAt).toBe('2027-03-31T15:59:59.999Z');
    expect(seen.sentence).toContain('2027-03-31 23:59');
  });

  it('after its end nobody is waited for and nothing is due', async () => {
    const { id } = await inForce();
    await put(id, `ends_on = current_date - 2`);
    await expireContract(api.dataSource, { key: `test-${randomUUID()}`, correlationId: null }, id);
    expect(await view(id)).toMatchObject({
      stage: 'CONTRACT_EXPIRED',
      waitingOn: [],
      dueAt: null,
      sentence: expect.stringMatching(/^contract .* is expired$/) as unknown,
      next: { kind: 'ARCHIVE_CONTRACT' },
      outcome: null,
    });
  });
});

describe('AE-AUD-3 free text of a contract', () => {
  it('is erased with the rest of what its author wrote, in the archive as well', async () => {
    const contract = await inForce();
    const secret = `王女士的电话是 ${randomUUID()}`;
    const path = `/contracts/${contract.id}`;
    for (const { id } of contract.milestones)
      await write(rep, `${path}/milestones/${id}/done`, { doneOn: '2026-11-25', note: secret });
    await write(rep, `${path}/complete`, { note: secret });
    await write(rep, `${path}/archive`);
    const [owner] = await api.dataSource.query<{ id: string }[]>(
      `SELECT owner_id AS id FROM contract WHERE id = $1`,
      [contract.id],
    );
    const asked = { personId: owner!.id, reason: 'asked for by the person' };
    const { status } = await (await api.as('admin')).post('/audit/erasures', asked);
    expect(status).toBeLessThan(300);
    for (const table of ['contract', 'milestone', 'personal_text', 'event'])
      expect([
        table,
        await api.dataSource.query<unknown[]>(
          `SELECT 1 FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`,
          [secret],
        ),
      ]).toEqual([table, []]);
  });

  it('of orders, disputes and changes is erased as well, in the archive too', async () => {
    const contract = await inForce();
    const secret = `李先生的电话是 ${randomUUID()}`;
    const path = `/contracts/${contract.id}`;
    const legal = await api.as('legal');
    await write(rep, `${path}/orders`, {
      lines: [{ no: 1, qty: '1' }],
      deliverBy: '2027-03-01',
      note: secret,
    });
    const about = { reason: 'QUALITY', text: secret, amount: '1.00', suspends: false };
    const { disputes } = (await legal.post<{ disputes: { id: string }[] }>(`${path}/disputes`, about)).body;
    await write(legal, `${path}/disputes/${disputes[0]!.id}/close`, { outcome: 'SETTLED', text: secret });
    await write(rep, `${path}/changes`, { kind: 'AMENDMENT', reason: secret, warrantyMonths: 36 });
    await write(rep, `${path}/changes/2/drop`, { reason: secret });
    await api.dataSource.query(`UPDATE contract_order SET state = 'CANCELLED' WHERE contract_id = $1`, [
      contract.id,
    ]);
    await put(
      contract.id,
      `state = 'ARCHIVED', ended_at = now(), archived_at = now(), retention_until = current_date`,
    );
    const admin = await api.as('admin');
    const authors = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM employee WHERE username IN ('legal', 'moses.frase')`,
    );
    for (const { id: personId } of authors)
      expect((await admin.post('/audit/erasures', { personId, reason: 'asked for' })).status).toBeLessThan(
        300,
      );
    for (const table of ['contract_order', 'contract_dispute', 'contract_version', 'personal_text', 'event'])
      expect([
        table,
        await api.dataSource.query<unknown[]>(
          `SELECT 1 FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`,
          [secret],
        ),
      ]).toEqual([table, []]);
  });
});
