import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { alertContract, archiveByTime, expireContract } from '../../src/commands/contract/life.js';
import { contractLifeProcess } from '../../src/queries/process/contract-life.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { openProcesses } from '../../src/queries/ops/open-processes.js';
import {
  draftedContract,
  effectiveContract,
  everybodyApproves,
  readContract,
  signedCopy,
  write,
  type Contract,
} from '../builders/contract.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const by = () => ({ key: `test-${randomUUID()}`, correlationId: null });
const inForce = (): Promise<Contract> => effectiveContract(api, rep);

async function delivered({ id, milestones }: Contract): Promise<Contract> {
  for (const { id: mid } of milestones)
    await write(rep, `/contracts/${id}/milestones/${mid}/done`, { doneOn: '2026-11-25' });
  return readContract(rep, id);
}

async function view(id: string) {
  return (await contractLifeProcess(api.dataSource, id, await loadCalendar(api.dataSource.manager)))!;
}

describe('a contract that took effect (processes 3.2, K3)', () => {
  it('is performed with its first milestone, completed with all, and archived with a date until which it is kept', async () => {
    const contract = await inForce();
    expect(contract.state).toBe('EFFECTIVE');
    const [first] = contract.milestones;
    const performing = await write(rep, `/contracts/${contract.id}/milestones/${first!.id}/done`, {
      doneOn: '2026-11-25',
    });
    expect(performing.state).toBe('PERFORMING');
    expect(await rep.post(`/contracts/${contract.id}/complete`, {})).toMatchObject({
      status: 409,
      body: { code: 'OPEN_OBLIGATIONS', open: ['milestone ACCEPTANCE'] },
    });
    await write(rep, `/contracts/${contract.id}/milestones/${contract.milestones[1]!.id}/done`, {
      doneOn: '2026-11-26',
    });
    expect((await write(rep, `/contracts/${contract.id}/complete`, { note: 'all paid' })).state).toBe(
      'COMPLETED',
    );
    const kept = await write(rep, `/contracts/${contract.id}/archive`);
    expect(kept).toMatchObject({ state: 'ARCHIVED', actions: [] });
    expect(kept.retentionUntil).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Number(kept.retentionUntil!.slice(0, 4)) - new Date().getUTCFullYear()).toBeGreaterThanOrEqual(10);
  });

  it('is not archived, by hand or by time, before its orders, disputes and changes are settled; then it is', async () => {
    const contract = await inForce();
    const path = `/contracts/${contract.id}`;
    const order = { lines: [{ no: 1, qty: '1' }], deliverBy: '2027-03-01' };
    const placed = await rep.post<{ orders: { id: string }[] }>(`${path}/orders`, order);
    const dispute = { reason: 'QUALITY', text: 'three leak', amount: '30.00', suspends: false };
    const disputed = await rep.post<{ disputes: { id: string }[] }>(`${path}/disputes`, dispute);
    await write(rep, `${path}/changes`, { kind: 'AMENDMENT', reason: 'they pay later', termDays: 90 });
    await write(rep, `${path}/changes/2/submit`);
    await api.dataSource.query(`UPDATE contract SET ends_on = current_date - 2 WHERE id = $1`, [contract.id]);
    await expireContract(api.dataSource, by(), contract.id);
    await api.dataSource.query(`UPDATE contract SET ended_at = now() - interval '400 days' WHERE id = $1`, [
      contract.id,
    ]);
    const step = by();
    const byTime = () => archiveByTime(api.dataSource, step, contract.id);

    const open = ['change 2', 'dispute QUALITY', 'order 1'];
    expect((await rep.post(`${path}/archive`)).body).toMatchObject({ code: 'OPEN_OBLIGATIONS', open });
    await expect(byTime()).rejects.toMatchObject({ code: 'OPEN_OBLIGATIONS', details: { open } });
    expect((await view(contract.id)).next).toMatchObject({ kind: 'ARCHIVE_CONTRACT' });

    await rep.post(`${path}/orders/${placed.body.orders[0]!.id}/cancel`, {});
    await rep.post(`${path}/disputes/${disputed.body.disputes[0]!.id}/close`, {
      outcome: 'SETTLED',
      text: 'paid',
    });
    await expect(byTime()).rejects.toMatchObject({ details: { open: ['change 2'] } });
    await write(rep, `${path}/changes/2/drop`, { reason: 'it is over' });
    expect((await byTime()).value.state).toBe('ARCHIVED');
  });

  it('K4 what is archived does not change, whoever writes', async () => {
    const contract = await delivered(await inForce());
    const orders = `/contracts/${contract.id}/orders`;
    const order = { lines: [{ no: 1, qty: '1' }], deliverBy: '2027-03-01' };
    const placed = await rep.post<{ orders: { id: string }[] }>(orders, order);
    await rep.post(`${orders}/${placed.body.orders[0]!.id}/cancel`, {});
    await write(rep, `/contracts/${contract.id}/complete`);
    await write(rep, `/contracts/${contract.id}/archive`);
    const ofIt = `(SELECT id FROM contract_order WHERE contract_id = $1)`;
    const attempts = [
      `UPDATE contract SET text = 'x' WHERE id = $1`,
      `DELETE FROM contract WHERE id = $1`,
      `UPDATE contract_file SET name = 'x' WHERE contract_id = $1`,
      `DELETE FROM contract_file WHERE contract_id = $1`,
      `UPDATE milestone SET note = 'x' WHERE contract_id = $1`,
      `UPDATE contract SET end_reason = 'x' WHERE id = $1`,
      `UPDATE payment_plan_row SET due_on = current_date WHERE contract_id = $1`,
      `DELETE FROM payment_plan_row WHERE contract_id = $1`,
      `UPDATE contract_order SET deliver_by = current_date WHERE contract_id = $1`,
      `UPDATE contract_order_line SET qty = 9 WHERE order_id IN ${ofIt}`,
      `DELETE FROM contract_order_line WHERE order_id IN ${ofIt}`,
      `INSERT INTO contract_order_line (order_id, line_no, qty) SELECT id, 2, 1 FROM contract_order WHERE contract_id = $1`,
    ];
    for (const sql of attempts)
      await expect(api.dataSource.query(sql, [contract.id])).rejects.toThrow('is archived');
    expect(
      refusal(
        await (
          await api.as('legal')
        ).post(`/contracts/${contract.id}/suspend`, {
          cause: 'DISPUTE',
          reason: 'late',
        }),
      ),
    ).toEqual([409, 'CONTRACT_STATE']);
  });

  it('suspended, nothing is performed; resumed, it stands where it stood', async () => {
    const contract = await inForce();
    const credit = await api.as('credit');
    const held = await write(credit, `/contracts/${contract.id}/suspend`, {
      cause: 'CREDIT_HOLD',
      reason: 'invoice overdue',
    });
    expect(held).toMatchObject({ state: 'SUSPENDED', suspendedFor: 'CREDIT_HOLD', holds: ['CREDIT_HOLD'] });
    expect(held.actions).toEqual(['RESUME']);
    const done = { doneOn: '2026-11-25' };
    expect(
      refusal(
        await rep.post(`/contracts/${contract.id}/milestones/${contract.milestones[0]!.id}/done`, done),
      ),
    ).toEqual([409, 'CONTRACT_SUSPENDED']);
    expect(await write(credit, `/contracts/${contract.id}/resume`, { reason: 'paid' })).toMatchObject({
      state: 'EFFECTIVE',
      suspendedFor: null,
    });
  });

  it('a hold is lifted by whoever holds contracts for that cause, and by nobody else (processes 3.8)', async () => {
    const contract = await inForce();
    const [credit, legal] = [await api.as('credit'), await api.as('legal')];
    const path = `/contracts/${contract.id}`;
    const hold = { cause: 'CREDIT_HOLD', reason: 'invoice overdue' };
    expect(refusal(await rep.post(`${path}/suspend`, hold))).toEqual([403, 'FORBIDDEN']);
    expect(refusal(await legal.post(`${path}/suspend`, hold))).toEqual([403, 'FORBIDDEN']);
    await write(credit, `${path}/suspend`, hold);
    for (const other of [rep, legal, await api.as('backoffice')])
      expect(refusal(await other.post(`${path}/resume`, { reason: 'paid, they say' }))).toEqual([
        403,
        'FORBIDDEN',
      ]);
    expect((await readContract(rep, contract.id)).actions).not.toContain('RESUME');
    expect((await write(credit, `${path}/resume`, { reason: 'paid' })).state).toBe('EFFECTIVE');
  });

  it('its approval is not revoked any more, however it stands (AE-RV-1)', async () => {
    const contract = await inForce();
    await write(await api.as('legal'), `/contracts/${contract.id}/suspend`, {
      cause: 'DISPUTE',
      reason: 'quality',
    });
    const [row] = await api.dataSource.query<{ effect: string }[]>(
      `SELECT effect FROM subject_effect WHERE kind = 'CONTRACT' AND subject_id = $1`,
      [contract.id],
    );
    expect(row!.effect).toBe('SUSPENDED');
    const { version } = (await rep.get<{ version: number }>(`/requests/${contract.requestId}`)).body;
    const asked = { reason: 'changed my mind', expectedVersion: version };
    const { body } = await rep.post<{ code: string }>(`/requests/${contract.requestId}/revoke`, asked);
    expect(body.code).toBe('EFFECT_IRREVERSIBLE');
  });

  it('is what its process waits for until the archive', async () => {
    const contract = await inForce();
    await api.dataSource.query(`UPDATE contract SET updated_at = now() - interval '1 minute' WHERE id = $1`, [
      contract.id,
    ]);
    const open = (await openProcesses(api.dataSource)).filter(({ id }) => id === contract.id);
    expect(open).toMatchObject([{ kind: 'CONTRACT' }]);
    const seen = await view(contract.id);
    expect(seen).toMatchObject({
      stage: 'CONTRACT_EFFECTIVE',
      outcome: null,
      next: { kind: 'ALERT_CONTRACT', days: -7 },
    });
  });
});

describe('the dates of a contract (processes 3.2)', () => {
  async function lateBy(days: number): Promise<Contract> {
    const contract = await inForce();
    await api.dataSource.query(
      `UPDATE contract SET effective_at = now() - interval '90 days' WHERE id = $1`,
      [contract.id],
    );
    await api.dataSource.query(
      `UPDATE milestone SET due_on = current_date - $2::int WHERE contract_id = $1 AND kind = 'DELIVERY'`,
      [contract.id, days],
    );
    return contract;
  }
  const told = (id: string) =>
    api.dataSource.query<{ username: string; kind: string }[]>(
      `SELECT e.username, n.kind FROM notification n JOIN employee e ON e.id = n.person_id WHERE n.contract_id = $1 ORDER BY 1`,
      [id],
    );

  it('a late delivery: once, its owner and their manager hear of it and find the contract behind it', async () => {
    const { id, number } = await lateBy(2);
    const { next } = await view(id);
    expect(next).toMatchObject({ kind: 'ALERT_CONTRACT', days: 1 });
    await alertContract(api.dataSource, by(), id, next!.key);
    await alertContract(api.dataSource, by(), id, next!.key);
    const news = await told(id);
    expect(news.map(({ kind }) => kind)).toEqual(['CONTRACT_LATE', 'CONTRACT_LATE']);
    const { body } = await (
      await api.as(news[0]!.username)
    ).get<{ items: { contractId: string | null; number: string }[] }>('/me/notifications');
    expect(body.items.find(({ contractId }) => contractId === id)?.number).toBe(number);
    expect((await view(id)).next?.key).not.toBe(next!.key);
  });

  it('the end of its term, by the calendar of its owner; before that nothing happens', async () => {
    const contract = await inForce();
    await expireContract(api.dataSource, by(), contract.id);
    expect((await readContract(rep, contract.id)).state).toBe('EFFECTIVE');
    await api.dataSource.query(`UPDATE contract SET ends_on = current_date - 2 WHERE id = $1`, [contract.id]);
    await expireContract(api.dataSource, by(), contract.id);
    expect((await readContract(rep, contract.id)).state).toBe('EXPIRED');
    await archiveByTime(api.dataSource, by(), contract.id);
    expect((await readContract(rep, contract.id)).state).toBe('EXPIRED');
    await api.dataSource.query(`UPDATE contract SET ended_at = now() - interval '31 days' WHERE id = $1`, [
      contract.id,
    ]);
    await archiveByTime(api.dataSource, by(), contract.id);
    expect((await readContract(rep, contract.id)).state).toBe('ARCHIVED');
  });

  it('a term of months is part of the text, and ends the day before its anniversary', async () => {
    const draft = await draftedContract(api, rep);
    const clauses = draft.clauses.map(({ key, title, text }) => ({ key, title, text }));
    const { body: edited } = await rep.put<Contract>(
      `/contracts/${draft.id}/text`,
      { clauses, durationMonths: 12 },
      { headers: { 'If-Match': `"${draft.rowVersion}"` } },
    );
    expect(edited.text).toContain('12 个月');
    const { requestId } = await write(rep, `/contracts/${draft.id}/submit`);
    await everybodyApproves(api, requestId!);
    await write(await api.as('seal'), `/contracts/${draft.id}/seal`);
    const signed = await write(
      await api.as('backoffice'),
      `/contracts/${draft.id}/counter-signed`,
      signedCopy(edited.text),
    );
    const anniversary = new Date(`${signed.effectiveOn}T00:00:00Z`);
    anniversary.setUTCFullYear(anniversary.getUTCFullYear() + 1);
    anniversary.setUTCDate(anniversary.getUTCDate() - 1);
    expect(signed.endsOn).toBe(anniversary.toISOString().slice(0, 10));
  });
});
