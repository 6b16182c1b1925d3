import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { everybodyApproves, readContract } from '../builders/contract.js';
import { EventsDesk } from '../builders/events-desk.js';
import { act, read, submit, draft } from '../builders/quotation.js';
import type { ApiClient } from '../support/api.js';
import { until } from '../support/until.js';

let desk: EventsDesk;
let admin: ApiClient;
beforeAll(async () => {
  desk = await EventsDesk.open();
  admin = await desk.api.as('admin');
}, 120_000);
afterAll(() => desk?.close());

const LEAD = 'dustin.brinkmann';
const body = () => desk.goods.body({ discountPct: '8' });
const waitsFor = (quoteId: string, username: string) =>
  until(async () => (await desk.shown(quoteId)).waitingOn?.includes(username));
const ok = ({ status, body: answer }: { status: number; body: unknown }) => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(answer)}`);
};
const personId = (username: string) => desk.api.personId(username);

describe('processes 3.7 Q on the running process', () => {
  it('calendar notice loaded ●: what is due moves by the working time that is lost', async () => {
    const { id } = await desk.inApproval(body());
    const due = async () => {
      const [seat] = await desk.api.dataSource.query<{ at: Date }[]>(
        `SELECT s.due_at AS at FROM approval_seat s JOIN approval_request r ON r.id = s.request_id
         WHERE r.subject_id = $1 AND s.state = 'OPEN'`,
        [id],
      );
      return seat!.at.getTime();
    };
    const first = await due();
    const days = Array.from({ length: 21 }, (_, n) => {
      const day = new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
      return { day, kind: 'HOLIDAY', name: 'notice' };
    });
    ok(await admin.put('/org/offices/CN/calendar', { days }));
    await until(async () => (await due()) > first + 14 * 86_400_000);
    const later = await due();
    await until(async () => (await desk.shown(id)).dueAt?.getTime() === later);
    expect(await desk.stage(id)).toBe('QUOTE_APPROVAL:TEAM_LEAD');
    ok(
      await admin.put('/org/offices/CN/calendar', {
        days: days.map(({ day }) => ({ day, kind: 'WORKDAY', name: 'taken back' })),
      }),
    );
    await until(async () => (await due()) < later);
  }, 60_000);

  it('approver on leave ●: their stand-in is waited for, nobody else', async () => {
    const { id } = await desk.inApproval(body());
    const lead = await desk.api.as(LEAD);
    const from = new Date(Date.now() - 1000).toISOString();
    const to = new Date(Date.now() + 86_400_000).toISOString();
    ok(
      await lead.post('/org/absences', {
        from,
        to,
        delegateId: await personId('melvin.marxen'),
        includeOpen: true,
      }),
    );
    await waitsFor(id, 'melvin.marxen');
    expect((await desk.shown(id)).waitingOn).not.toContain(LEAD);
  }, 60_000);

  it('customer declines: the process ends, and nothing of it is open', async () => {
    const quote = await desk.inApproval(body());
    await everybodyApproves(desk.api, quote.requestId!);
    await act(desk.rep, quote.id, 'send');
    await until(async () => (await desk.stage(quote.id)) === 'QUOTE_SENT');
    await act(desk.rep, quote.id, 'decline', { reason: 'bought elsewhere' });
    expect(await desk.handle(quote.id).result()).toBe('DECLINED');
  }, 60_000);

  it('validity passes while people decide: nobody is asked any more, the quotation expires', async () => {
    const { id } = await draft(desk.rep, body());
    await desk.api.dataSource.query(
      `UPDATE quote SET expires_at = now() + interval '3 seconds' WHERE id = $1`,
      [id],
    );
    const { requestId } = await submit(desk.rep, id);
    expect((await read(desk.rep, id)).state).toBe('IN_APPROVAL');
    expect(await desk.handle(id).result()).toBe('EXPIRED');
    const seats = await desk.api.dataSource.query<{ state: string; reason: string }[]>(
      `SELECT DISTINCT s.state, r.state AS request FROM approval_seat s JOIN approval_request r ON r.id = s.request_id
       WHERE r.id = $1`,
      [requestId],
    );
    expect(seats).toEqual([{ state: 'CANCELLED', request: 'EXPIRED' }]);
    expect((await read(desk.rep, id)).state).toBe('EXPIRED');
  }, 60_000);

  it('initiator leaves ●: what is decided stays whose it was until it is; then it goes to whoever was named, with its contract', async () => {
    const [leaverId, heirId] = [await personId('anna.snelling'), await personId('versie.hillebrand')];
    const rep = await desk.api.as('anna.snelling');
    const inApproval = await submit(rep, (await draft(rep, body())).id);
    const open = await draft(rep, body());
    const contractId = await desk.contractOf(body(), rep);
    ok(await admin.delete(`/org/people/${leaverId}?successorId=${heirId}`));

    const heir = await desk.api.as('versie.hillebrand');
    await until(async () => (await readContract(heir, contractId)).owner.id === heirId);
    await until(async () => (await read(heir, open.id)).owner.id === heirId);
    const director = await desk.api.as('director.central');
    expect((await read(director, inApproval.id)).owner.id).toBe(leaverId);
    await everybodyApproves(desk.api, inApproval.requestId!);
    await until(async () => (await read(heir, inApproval.id)).owner.id === heirId);
    await act(heir, inApproval.id, 'send');
    expect((await desk.shown(inApproval.id)).waitingOn).toEqual(['versie.hillebrand']);
    const told = await desk.api.dataSource.query<{ kind: string }[]>(
      `SELECT kind FROM notification WHERE person_id = $1 AND kind LIKE '%HANDED_OVER' ORDER BY kind`,
      [heirId],
    );
    expect(told.map(({ kind }) => kind)).toEqual([
      'CONTRACT_HANDED_OVER',
      'OFFER_HANDED_OVER',
      'OFFER_HANDED_OVER',
    ]);
  }, 90_000);

  it('org redraw ●: the chain stays as it was pinned; approver leaves ●: whoever they reported to is waited for', async () => {
    const rep = await desk.api.as('cecily.lampkin');
    const quote = await submit(rep, (await draft(rep, body())).id);
    const before = await until(async () => {
      const now = (await desk.shown(quote.id)).waitingOn;
      return now && now.length > 0 && now;
    });
    const [other] = await desk.api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM org_unit WHERE name = 'Team Summer Sewald'`,
    );
    ok(
      await admin.put(`/org/people/${await personId('cecily.lampkin')}/post`, {
        unitId: other!.id,
        position: 'MEMBER',
      }),
    );
    expect((await desk.shown(quote.id)).waitingOn).toEqual(before);
    const holder = before[0]!;
    ok(await admin.delete(`/org/people/${await personId(holder)}`));
    await until(async () => {
      const now = (await desk.shown(quote.id)).waitingOn;
      return now && now.length > 0 && !now.includes(holder);
    });
    expect((await read(rep, quote.id)).state).toBe('IN_APPROVAL');
  }, 60_000);
});
