import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sumAmounts } from '../../src/domain/money.js';
import { expireContract } from '../../src/commands/contract/life.js';
import { contractLifeProcess } from '../../src/queries/process/contract-life.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { decide } from '../builders/approval-client.js';
import {
  effectiveContract,
  everybodyApproves,
  longAgo,
  readContract,
  signedCopy,
  write,
  type Contract,
} from '../builders/contract.js';
import {
  asked,
  askedStages,
  intoForce,
  propose,
  submitChange,
  versions,
} from '../builders/contract-change.js';
import { refusal } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
beforeAll(async () => {
  api = await startApi();
  rep = await api.as('moses.frase');
});
afterAll(() => api.close());

const PLAN = ['30', '30', '40'].map((pct, index) => ({ trigger: 'DATE', pct, days: 30 * index }));
async function inForce(): Promise<Contract> {
  await longAgo(api);
  return effectiveContract(api, rep, { instalments: PLAN });
}

async function linesOf(contract: Contract): Promise<{ name: string; qty: string; unitNet: string }[]> {
  const [now] = await versions(rep, contract.id);
  return now!.lines.map(({ name, qty, unitNet }) => ({ name, qty, unitNet }));
}

describe('a change of a contract in force (processes 3.2: CHANGE_PENDING, AE-ENV-3)', () => {
  it('the old version stays in force until the new one is approved, sealed and counter-signed; then it is kept', async () => {
    const before = await inForce();
    const [line] = await linesOf(before);
    const more = { ...line!, qty: String(Number(line!.qty) + 1) };
    const proposed = await propose(rep, before, { lines: [more] });
    expect(proposed).toMatchObject({
      state: 'CHANGE_PENDING',
      version: 1,
      textHash: before.textHash,
      change: { version: 2, state: 'DRAFT' },
    });

    const pending = await submitChange(rep, proposed);
    expect(pending).toMatchObject({
      state: 'CHANGE_PENDING',
      total: before.total,
      change: { state: 'IN_REVIEW' },
    });
    const view = await contractLifeProcess(
      api.dataSource,
      before.id,
      await loadCalendar(api.dataSource.manager),
    );
    expect(view!.stage).toMatch(/^CONTRACT_CHANGE:/);

    const after = await intoForce(api, rep, pending);
    expect(after).toMatchObject({ state: 'EFFECTIVE', version: 2, change: null, hashMatches: true });
    const [now, first] = await versions(rep, before.id);
    expect([now!.state, first!.state]).toEqual(['IN_FORCE', 'SUPERSEDED']);
    expect(first).toMatchObject({ textHash: before.textHash, inForceUntil: now!.inForceAt });
    expect(now!.differences.map(({ field }) => field)).toEqual(['total', 'line 1']);
    expect(now!.textChanges.length).toBeGreaterThan(0);
    expect(sumAmounts(after.plan.map(({ amount }) => amount.amount)).toFixed(2)).toBe(after.total.amount);
  });

  it('asks exactly those whose yes it breaks: a longer delivery asks delivery, other words ask legal', async () => {
    const contract = await inForce();
    const later = await asked(rep, contract, { deliveryDays: 77 });
    expect(await askedStages(api, later.requestId!)).toEqual(['DELIVERY']);
    await intoForce(api, rep, later);

    const clauses = contract.clauses.map(({ key, title, text }) => ({ key, title, text }));
    clauses[0] = { ...clauses[0]!, text: '货物质量以样品为准。' };
    const worded = await asked(rep, await readContract(rep, contract.id), { clauses });
    expect(await askedStages(api, worded.requestId!)).toEqual(['LEGAL']);
  });

  it('copies go to whom the submitter names, in the first round of a change and in the next (AE-CC-1)', async () => {
    const contract = await inForce();
    const watchers = await Promise.all(['vicki.laflamme', 'donn.cantrell'].map((name) => api.personId(name)));
    const copied = async () =>
      (
        await rep.get<{ copies: { person: { id: string } }[] }>(`/requests/${contract.requestId}`)
      ).body.copies.map(({ person }) => person.id);
    const { change } = await propose(rep, contract, { termDays: 90 });
    const submit = `/contracts/${contract.id}/changes/${change!.version}/submit`;
    await write(rep, submit, { ccPersonIds: [watchers[0]] });
    expect(await copied()).toEqual([watchers[0]]);
    const [seat] = await api.dataSource.query<{ username: string }[]>(
      `SELECT e.username FROM approval_seat s JOIN employee e ON e.id = s.holder_id
       WHERE s.request_id = $1 AND s.state = 'OPEN' LIMIT 1`,
      [contract.requestId],
    );
    await decide(await api.as(seat!.username), contract.requestId!, 'RETURN');
    await write(rep, submit, { ccPersonIds: [watchers[1]] });
    expect((await copied()).sort()).toEqual([...watchers].sort());
  });

  it('moves milestones that are not reached, and leaves those that are', async () => {
    const contract = await inForce();
    const [delivery, acceptance] = contract.milestones;
    await write(rep, `/contracts/${contract.id}/milestones/${delivery!.id}/done`, { doneOn: '2026-11-20' });
    const after = await intoForce(api, rep, await asked(rep, contract, { deliveryDays: 200 }));
    expect(after.state).toBe('PERFORMING');
    expect(after.milestones.find(({ id }) => id === delivery!.id)!.dueOn).toBe(delivery!.dueOn);
    expect(after.milestones.find(({ id }) => id === acceptance!.id)!.dueOn > acceptance!.dueOn).toBe(true);
  });

  it('is judged on the new total, whole: a contract grown past the limit in small steps asks the next one up (erpnext#32671)', async () => {
    const contract = await inForce();
    const [line] = await linesOf(contract);
    const unit = (amount: number) => [{ ...line!, qty: '1', unitNet: String(amount) }];
    const first = await asked(rep, contract, { lines: unit(999_000) });
    expect(await askedStages(api, first.requestId!)).not.toContain('SALES_MANAGER');
    const grown = await intoForce(api, rep, first);
    const second = await asked(rep, grown, { lines: unit(1_001_000) });
    expect(await askedStages(api, second.requestId!)).toContain('SALES_MANAGER');
  });

  it('the plan is made anew around what is settled, to the cent; less than is settled is refused', async () => {
    const contract = await inForce();
    await api.dataSource.query(
      `UPDATE payment_plan_row SET state = 'PAID' WHERE contract_id = $1 AND seq = 1`,
      [contract.id],
    );
    const paid = contract.plan[0]!;
    const [line] = await linesOf(contract);
    const grown = await intoForce(
      api,
      rep,
      await asked(rep, contract, { lines: [{ ...line!, unitNet: '7777.77' }] }),
    );
    expect(grown.plan[0]).toMatchObject({ seq: 1, amount: paid.amount, pct: paid.pct, state: 'PAID' });
    expect(sumAmounts(grown.plan.map(({ amount }) => amount.amount)).toFixed(2)).toBe(grown.total.amount);

    const tiny = {
      kind: 'AMENDMENT',
      reason: 'next to nothing',
      lines: [{ ...line!, qty: '1', unitNet: '0.01' }],
    };
    expect(refusal(await rep.post(`/contracts/${grown.id}/changes`, tiny))).toEqual([
      409,
      'PLAN_BELOW_SETTLED',
      '/lines',
    ]);
    const short = { kind: 'AMENDMENT', reason: 'a part of it', instalments: PLAN.slice(1) };
    expect(refusal(await rep.post(`/contracts/${grown.id}/changes`, short))).toEqual([
      400,
      'VALIDATION',
      '/instalments',
    ]);
    expect(await readContract(rep, grown.id)).toMatchObject({ total: grown.total, change: null });

    const less = await asked(rep, grown, { lines: [{ ...line!, unitNet: '7000.00' }] });
    await api.dataSource.query(
      `UPDATE payment_plan_row SET state = 'PAID' WHERE contract_id = $1 AND state = 'PLANNED'`,
      [grown.id],
    );
    await everybodyApproves(api, less.requestId!);
    await write(await api.as('seal'), `/contracts/${less.id}/seal`);
    const [row] = await api.dataSource.query<{ text: string }[]>(
      `SELECT text FROM contract_version WHERE contract_id = $1 AND state = 'SEALED'`,
      [less.id],
    );
    const office = await api.as('backoffice');
    expect(refusal(await office.post(`/contracts/${less.id}/counter-signed`, signedCopy(row!.text)))).toEqual(
      [409, 'PLAN_BELOW_SETTLED', '/lines'],
    );
    expect((await readContract(rep, less.id)).total).toEqual(grown.total);
  });

  it('refused, the contract is what it was; the next change is v3, asked anew', async () => {
    const contract = await inForce();
    const change = { termDays: 90 };
    const { requestId } = await asked(rep, contract, change);
    const [seat] = await api.dataSource.query<{ username: string }[]>(
      `SELECT e.username FROM approval_seat s JOIN employee e ON e.id = s.holder_id WHERE s.request_id = $1 AND s.state = 'OPEN' LIMIT 1`,
      [requestId],
    );
    await decide(await api.as(seat!.username), requestId!, 'REJECT', { comment: 'too long' });
    for (let [next] = await open(requestId!); next; [next] = await open(requestId!))
      await decide(await api.as(next.username), requestId!, 'REJECT', { comment: 'too long' });
    const after = await readContract(rep, contract.id);
    expect(after).toMatchObject({
      state: 'EFFECTIVE',
      version: 1,
      textHash: contract.textHash,
      change: null,
    });
    expect((await versions(rep, contract.id))[0]).toMatchObject({ version: 2, state: 'REFUSED' });
    const again = await asked(rep, after, change);
    expect(again.change).toMatchObject({ version: 3, state: 'IN_REVIEW' });
    expect(await askedStages(api, again.requestId!)).not.toEqual([]);
  });

  const open = (requestId: string) =>
    api.dataSource.query<{ username: string }[]>(
      `SELECT e.username FROM approval_seat s JOIN employee e ON e.id = s.holder_id
       JOIN approval_request r ON r.id = s.request_id AND r.state = 'PENDING'
       WHERE s.request_id = $1 AND s.state = 'OPEN' LIMIT 1`,
      [requestId],
    );

  it('one at a time, locked while people decide, and given up at any time before it is in force', async () => {
    const contract = await inForce();
    const pending = await asked(rep, contract, { termDays: 95 });
    const again = { kind: 'AMENDMENT', reason: 'another', termDays: 96 };
    expect(refusal(await rep.post(`/contracts/${contract.id}/changes`, again))).toEqual([
      409,
      'CHANGE_PENDING',
    ]);
    expect(
      refusal(
        await rep.put(`/contracts/${contract.id}/changes/2`, {
          reason: 'quietly',
          termDays: 300,
          basedOn: contract.textHash,
        }),
      ),
    ).toEqual([423, 'LOCKED_BY_APPROVAL']);
    const dropped = await write(rep, `/contracts/${contract.id}/changes/2/drop`, {
      reason: 'customer agrees to the old one',
    });
    expect(dropped).toMatchObject({ state: 'EFFECTIVE', change: null, version: 1 });
    expect(pending.requestId).toBe(dropped.requestId);
  });

  it('K3 a termination has a reason and its own approval by everybody, and ends the contract', async () => {
    const contract = await inForce();
    const end = { kind: 'TERMINATION', reason: 'the buyer is insolvent' };
    expect(refusal(await rep.post(`/contracts/${contract.id}/changes`, end))).toEqual([
      400,
      'VALIDATION',
      '/terminatesOn',
    ]);
    const pending = await asked(rep, contract, { ...end, terminatesOn: '2026-12-31' });
    expect(await askedStages(api, pending.requestId!)).toEqual(['CREDIT', 'DELIVERY', 'FINANCE', 'LEGAL']);
    await everybodyApproves(api, pending.requestId!);
    expect(await readContract(rep, contract.id)).toMatchObject({
      state: 'CHANGE_PENDING',
      endsOn: '2026-12-31',
      change: { kind: 'TERMINATION', state: 'APPROVED' },
    });
    expect(refusal(await (await api.as('seal')).post(`/contracts/${contract.id}/seal`, {}))).toEqual([
      409,
      'CONTRACT_STATE',
    ]);
    await dayIsOver(contract.id);
    expect(await readContract(rep, contract.id)).toMatchObject({
      state: 'TERMINATED',
      change: null,
      endReason: 'the buyer is insolvent',
    });
    expect((await versions(rep, contract.id)).map(({ state }) => state)).toEqual(['EFFECTIVE', 'ENDED']);
  });

  it('a termination given up leaves the term as it was', async () => {
    const contract = await inForce();
    const end = { kind: 'TERMINATION', reason: 'the buyer is insolvent', terminatesOn: '2026-12-31' };
    const { requestId } = await asked(rep, contract, end);
    await everybodyApproves(api, requestId!);
    const after = await write(rep, `/contracts/${contract.id}/changes/2/drop`, { reason: 'they paid' });
    expect(after).toMatchObject({ state: 'EFFECTIVE', endsOn: contract.endsOn, change: null });
  });

  it('approved after the term has ended, a change changes nothing', async () => {
    const contract = await inForce();
    const { requestId } = await asked(rep, contract, { termDays: 97 });
    await dayIsOver(contract.id);
    await everybodyApproves(api, requestId!);
    expect(await readContract(rep, contract.id)).toMatchObject({
      state: 'EXPIRED',
      version: 1,
      change: null,
    });
    expect((await versions(rep, contract.id))[0]).toMatchObject({ version: 2, state: 'REFUSED' });
  });
});

async function dayIsOver(id: string): Promise<void> {
  await api.dataSource.query(`UPDATE contract SET ends_on = current_date - 2 WHERE id = $1`, [id]);
  await expireContract(api.dataSource, { key: `over-${randomUUID()}`, correlationId: null }, id);
}
