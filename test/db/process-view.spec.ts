import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDealActivities, type DealActivities } from '../../src/activities/deal.activities.js';
import { contractSubject } from '../../src/commands/contract/contract.subject.js';
import { loadCalendar } from '../../src/commands/calendar.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import { createProcessActivities } from '../../src/activities/process.activities.js';
import { addDuration } from '../../src/domain/calendar.js';
import type { NextStep, ProcessView } from '../../src/domain/process/view.js';
import { decide } from '../builders/approval-client.js';
import { act, catalogue, draft, submit, type Quote } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let deal: DealActivities;
beforeAll(async () => {
  api = await startApi();
  registerSubjects({ CONTRACT: contractSubject });
  rep = await api.as('anna.snelling');
  deal = createDealActivities({ dataSource: api.dataSource });
}, 60_000);
afterAll(() => api?.close());

async function submitted(discountPct: string): Promise<Quote> {
  const goods = await catalogue(rep);
  const created = await draft(rep, goods.body({ discountPct }));
  return submit(rep, created.id);
}

async function view(quoteId: string): Promise<ProcessView> {
  const found = await deal.readDeal(quoteId);
  if (!found) throw new Error('no such deal');
  return found;
}

/** Whoever is waited for approves, until the approval is over. */
async function approved(quoteId: string, stage: RegExp): Promise<void> {
  for (let seen = await view(quoteId); stage.test(seen.stage); seen = await view(quoteId)) {
    const { requestId } = await requestOf(quoteId);
    await decide(await api.as(seen.waitingOn[0]!), requestId);
  }
}

async function requestOf(quoteId: string): Promise<{ requestId: string }> {
  const [row] = await api.dataSource.query<{ requestId: string }[]>(
    `SELECT coalesce((SELECT k.request_id FROM contract k WHERE k.quote_id = q.id), q.request_id) AS "requestId"
     FROM quote q WHERE q.id = $1`,
    [quoteId],
  );
  return row!;
}

function step(quoteId: string, { key }: NextStep): { key: string; correlationId: null } {
  return { key: `quote-to-contract/${quoteId}/${key}`, correlationId: null };
}

describe('what a process reads of a quotation', () => {
  it('in approval: who is asked for what, until when, and what happens then', async () => {
    const quote = await submitted('8');
    const seen = await view(quote.id);
    expect(seen.stage).toBe('QUOTE_APPROVAL:TEAM_LEAD');
    expect(seen.waitingOn).toEqual(['dustin.brinkmann']);
    expect(seen).toMatchObject({ owner: 'anna.snelling', outcome: null, stuck: null });
    expect(seen.orgPath.length).toBeGreaterThan(1);
    expect(seen.next).toMatchObject({ kind: 'LADDER' });
    expect(seen.next!.inMs).toBeGreaterThan(0);
    expect(Date.parse(seen.next!.at)).toBeLessThan(Date.parse(seen.dueAt!));
    expect(seen.sentence).toMatch(
      new RegExp(
        `^Waits for Dustin Brinkmann.* to approve Cheers · ${quote.number} v1, 88,706\\.40 CNY; ` +
          `due \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d Asia/Shanghai, then .*; discount 8 %$`,
      ),
    );
  });

  it('rejected: is over', async () => {
    const quote = await submitted('8');
    await decide(await api.as('dustin.brinkmann'), quote.requestId!, 'REJECT');
    expect(await view(quote.id)).toMatchObject({ outcome: 'REJECTED', next: null, waitingOn: [] });
  });

  /** Days back from now that hold so many working days of the office, whatever weekends and holidays lie between. */
  async function daysHolding(workDays: number): Promise<number> {
    const calendar = await loadCalendar(api.dataSource.manager);
    for (let days = workDays; ; days += 1) {
      const since = new Date(Date.now() - days * 86_400_000).toISOString();
      const { at } = addDuration(calendar, since, { unit: 'workDays', n: workDays });
      if (Date.parse(at) < Date.now()) return days;
    }
  }

  it('returned: waits for the initiator, reminds once after fifteen, and expires when nobody touched it for twenty working days (AE-RES-2)', async () => {
    const quote = await submitted('8');
    await decide(await api.as('dustin.brinkmann'), quote.requestId!, 'RETURN', {
      returnTo: 'INITIATOR',
      resume: 'NEXT',
    });
    const { next, ...seen } = await view(quote.id);
    expect(seen).toMatchObject({ stage: 'QUOTE_RETURNED', waitingOn: ['anna.snelling'], outcome: null });
    expect(next).toMatchObject({ kind: 'EXPIRE_RETURNED', subjectId: quote.requestId });
    expect(seen.sentence).toMatch(
      /^Waits for Anna Snelling to change and resubmit .*; due .*, then it expires/,
    );
    const process = createProcessActivities({ dataSource: api.dataSource });
    await process.expireReturned(step(quote.id, next!), quote.requestId!);
    expect((await view(quote.id)).outcome).toBeNull();
    const back = (days: number) =>
      api.dataSource.query(
        `UPDATE approval_request SET state_since = now() - make_interval(days => $2) WHERE id = $1`,
        [quote.requestId, days],
      );
    await back(await daysHolding(17));
    const due = (await view(quote.id)).next!;
    expect(due.inMs).toBeLessThan(0);
    await process.expireReturned(step(quote.id, due), quote.requestId!);
    const after = await view(quote.id);
    expect(after.outcome).toBeNull();
    expect(after.next!.inMs).toBeGreaterThan(0);
    expect(after.next!.key).not.toBe(due.key);
    await process.expireReturned({ key: 'too early', correlationId: null }, quote.requestId!);
    const reminded = await api.dataSource.query<{ payload: { targets: string[] } }[]>(
      `SELECT payload FROM event WHERE aggregate_id = $1 AND type = 'request.reminded'`,
      [quote.requestId],
    );
    expect(reminded).toHaveLength(1);
    await api.dataSource.query(
      `UPDATE approval_request SET state_since = now() - interval '40 days' WHERE id = $1`,
      [quote.requestId],
    );
    expect((await view(quote.id)).next!.inMs).toBeLessThan(0);
    await process.expireReturned({ key: 'later', correlationId: null }, quote.requestId!);
    expect(await view(quote.id)).toMatchObject({ outcome: 'EXPIRED', next: null });
  });

  it('unknown: there is none', async () => {
    expect(await deal.readDeal('00000000-0000-7000-8000-000000000000')).toBeNull();
  });

  it('offered and never answered: reminds once for each day, then expires, each by its own key', async () => {
    const quote = await submitted('8');
    await approved(quote.id, /^QUOTE_APPROVAL/);
    expect(await view(quote.id)).toMatchObject({ stage: 'QUOTE_APPROVED', waitingOn: ['anna.snelling'] });
    await act(rep, quote.id, 'send');
    const reminder = (await view(quote.id)).next!;
    expect(reminder).toMatchObject({ kind: 'REMIND_QUOTE', days: 7, key: 'quote-reminder/7' });
    await api.dataSource.query(
      `UPDATE quote SET created_at = now() - interval '25 days', expires_at = now() + interval '6 days' WHERE id = $1`,
      [quote.id],
    );
    expect((await view(quote.id)).next!.inMs).toBeLessThan(0);
    await deal.remindOfExpiry(step(quote.id, reminder), quote.id, 7);
    await deal.remindOfExpiry(step(quote.id, reminder), quote.id, 7);
    expect((await view(quote.id)).next).toMatchObject({ kind: 'REMIND_QUOTE', days: 2 });
    await api.dataSource.query(
      `UPDATE quote SET expires_at = now() - interval '1 second', reminded = '{7,2}' WHERE id = $1`,
      [quote.id],
    );
    const end = (await view(quote.id)).next!;
    expect(end.kind).toBe('EXPIRE_QUOTE');
    await deal.expireQuote(step(quote.id, end), quote.id);
    expect(await view(quote.id)).toMatchObject({ outcome: 'EXPIRED', next: null });
  });

  it('accepted: drafts the contract at once, and waits for it to be submitted', async () => {
    const quote = await submitted('8');
    await approved(quote.id, /^QUOTE_APPROVAL/);
    await act(rep, quote.id, 'send');
    await act(rep, quote.id, 'accept', { acceptedBy: 'Ms Zhao' });
    const { next } = await view(quote.id);
    expect(next).toMatchObject({ kind: 'DRAFT_CONTRACT', subjectId: quote.id });
    expect(next!.inMs).toBeLessThanOrEqual(0);
    await deal.draftContract(step(quote.id, next!), quote.id);
    expect(await view(quote.id)).toMatchObject({
      stage: 'CONTRACT_DRAFT',
      waitingOn: ['anna.snelling'],
      next: null,
      outcome: null,
    });
  });
});

describe('what a process reads of a contract', () => {
  let quoteId: string;
  let contractId: string;
  beforeAll(async () => {
    const quote = await submitted('8');
    quoteId = quote.id;
    await approved(quoteId, /^QUOTE_APPROVAL/);
    await act(rep, quoteId, 'send');
    await act(rep, quoteId, 'accept', { acceptedBy: 'Ms Zhao' });
    await deal.draftContract({ key: 'draft', correlationId: null }, quoteId);
    const [row] = await api.dataSource.query<{ id: string }[]>(
      `SELECT id FROM contract WHERE quote_id = $1`,
      [quoteId],
    );
    contractId = row!.id;
  });

  const set = (state: string, columns = ''): Promise<unknown> =>
    api.dataSource.query(`UPDATE contract SET state = $2 ${columns} WHERE id = $1`, [contractId, state]);

  it('approved: waits for the seal keepers, reminds once when it is due', async () => {
    await set(
      'APPROVED',
      `, approved_at = now() - interval '2 days', seal_due_at = now() - interval '1 minute'`,
    );
    const due = await view(quoteId);
    expect(due).toMatchObject({
      stage: 'CONTRACT_APPROVED',
      waitingOn: ['seal'],
      next: { kind: 'REMIND_SEAL' },
    });
    expect(due.next!.inMs).toBeLessThan(0);
    await deal.remindOfSeal(step(quoteId, due.next!), contractId);
    expect((await view(quoteId)).next).toBeNull();
  });

  it('sealed: reminds after 3, 7 and 14 days, lapses after 30', async () => {
    const sealedAgo = (days: number) =>
      set('SEALED', `, sealed_at = now() - interval '${days} days' - interval '1 minute'`);
    await set('SEALED', `, reminded = '{}', sealed_at = now()`);
    expect((await view(quoteId)).next).toMatchObject({ kind: 'REMIND_SIGNATURE', days: 3 });
    await sealedAgo(3);
    const due = (await view(quoteId)).next!;
    expect(due.inMs).toBeLessThan(0);
    await deal.remindOfSignature(step(quoteId, due), contractId, 3);
    expect((await view(quoteId)).next).toMatchObject({ kind: 'REMIND_SIGNATURE', days: 7 });
    await sealedAgo(30);
    await deal.remindOfSignature({ key: 'late', correlationId: null }, contractId, 14);
    const lapse = (await view(quoteId)).next!;
    expect(lapse.kind).toBe('LAPSE_CONTRACT');
    await deal.lapseContract(step(quoteId, lapse), contractId);
    expect(await view(quoteId)).toMatchObject({ outcome: 'CONTRACT_LAPSED', next: null });
  });
});
