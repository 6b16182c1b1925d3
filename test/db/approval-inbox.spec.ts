import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countInbox, nextItem, readInbox, type InboxFilter } from '../../src/queries/inbox/inbox.js';
import type { Reader } from '../../src/db/prepared.js';
import { Desk } from '../builders/approval-desk.js';

const LEAD = 'dustin.brinkmann';
const COUNT = 60;

let desk: Desk;
let lead: string;
beforeAll(async () => {
  desk = await Desk.open();
  lead = desk.id(LEAD);
  const kind = await desk.policy([
    desk.seats('LEAD', [LEAD]),
    desk.seats('DIRECTOR', ['director.central'], { block: 2 }),
  ]);
  for (let index = 0; index < COUNT; index += 1) {
    const subject = await desk.subject(kind);
    const amount = String(1000 * (index + 1));
    desk.subjects.set(subject.id, {
      ...subject,
      title: `Case ${index + 1} 100%`,
      amount: { amount, currency: 'CNY' },
      exposure: { amount, currency: 'CNY' },
      facts: { amount, marginFlag: index === 0 ? 'RED' : 'GREEN' },
    });
    await desk.submit(subject);
  }
});
afterAll(() => desk.close());

/** Counts the statements of what is read through it. */
function counting(): Reader & { statements: number } {
  const reader = {
    statements: 0,
    query: (sql: string, params?: unknown[]) => {
      reader.statements += 1;
      return desk.db.query(sql, params);
    },
  };
  return reader as Reader & { statements: number };
}

interface Node {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Subplan Name'?: string;
  Plans?: Node[];
}

function nodesOf(plan: Node): Node[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

async function walk(filter: InboxFilter, limit: number): Promise<string[]> {
  const seen: string[] = [];
  let after: readonly string[] | null = null;
  do {
    const page: Awaited<ReturnType<typeof readInbox>> = await readInbox(desk.db, lead, filter, {
      limit,
      after,
    });
    seen.push(...page.items.map(({ requestId }) => requestId));
    after = page.next;
  } while (after);
  return seen;
}

describe('the inbox', () => {
  it('AE-IN-1 costs at most three statements for any page and tab', async () => {
    for (const tab of ['todo', 'delegated', 'done', 'mine', 'cc'] as const) {
      for (const limit of [1, 25, 100]) {
        const reader = counting();
        await readInbox(
          reader,
          lead,
          { tab, search: 'case', minAmount: '1', due: 'week' },
          { limit, after: null },
        );
        expect(reader.statements).toBeLessThanOrEqual(3);
      }
    }
  });

  it('shows every seat once, page by page, and counts them', async () => {
    const seen = await walk({ tab: 'todo' }, 7);
    expect(seen).toHaveLength(COUNT);
    expect(new Set(seen).size).toBe(COUNT);
    expect(await countInbox(desk.db, lead)).toEqual({ todo: COUNT, overdue: 0 });
  });

  it.each<[string, Partial<InboxFilter>, number]>([
    ['amounts between, both ends included', { minAmount: '10000', maxAmount: '12000' }, 3],
    ['amounts between to the cent', { minAmount: '10000.01', maxAmount: '11999.99' }, 1],
    ['the kind', { kind: 'QUOTE' }, 60],
    ['another kind', { kind: 'CONTRACT' }, 0],
    ['what is overdue', { due: 'overdue' }, 0],
    ['a word of the title', { search: 'CASE 60' }, 1],
    ['a percent sign as text', { search: '100%' }, 60],
    ['a pattern as text', { search: 'case%60' }, 0],
  ])('filters by %s', async (_by, filter, expected) => {
    expect(await walk({ tab: 'todo', ...filter }, 25)).toHaveLength(expected);
  });

  it.each<[string, Partial<InboxFilter>, readonly string[] | null]>([
    ['as it is', {}, null],
    ['by amount', { minAmount: '1000', maxAmount: '2000' }, null],
    ['by kind', { kind: 'QUOTE' }, null],
    ['by due time', { due: 'week' }, null],
    [
      'by all of them, from the second page on',
      { minAmount: '1', kind: 'QUOTE', due: 'today' },
      ['2026-03-02', LEAD],
    ],
  ])(
    'AE-IN-1 reads a page %s from the index of one holder’s seats alone, in its order',
    async (_by, filter, after) => {
      const said: { sql: string; params: readonly unknown[] }[] = [];
      const recorder = {
        query: (sql: string, params: unknown[]) => {
          said.push({ sql, params });
          return Promise.resolve([]);
        },
      } as unknown as Reader;
      const slice = { limit: 25, after: after && [after[0]!, desk.id(after[1]!)] };
      await readInbox(recorder, lead, { tab: 'todo', ...filter }, slice);
      await desk.db.query(`VACUUM (ANALYZE) approval_seat`);
      const plan = await desk.db.transaction(async (tx) => {
        await tx.query(`SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off`);
        const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: Node }] }[]>(
          `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${said[0]!.sql}`,
        );
        return row!['QUERY PLAN'][0].Plan;
      });
      const page = nodesOf(plan).find((node) => node['Subplan Name'] === 'CTE page')!;
      expect(said).toHaveLength(1);
      expect(nodesOf(page).map((node) => node['Node Type'])).not.toContain('Sort');
      expect(nodesOf(page).find((node) => node['Index Name'] === 'approval_seat_todo')).toMatchObject({
        'Node Type': 'Index Only Scan',
      });
      expect(nodesOf(page).some((node) => node['Relation Name'] === 'approval_request')).toBe(false);
    },
  );

  it('says what a line needs: amount, initiator, reason, due time, flags', async () => {
    const { items } = await readInbox(
      desk.db,
      lead,
      { tab: 'todo', maxAmount: '1000' },
      { limit: 5, after: null },
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: 'QUOTE',
      state: 'PENDING',
      amount: { amount: '1000.00', currency: 'CNY' },
      initiator: { name: 'Moses Frase' },
      stage: 'LEAD',
      round: 1,
      reminded: 0,
      overdue: false,
      flags: ['MARGIN_RED'],
      onBehalfOf: null,
      decision: null,
    });
    expect(items[0]!.why).toContain('amount 1000');
  });

  it('AE-IN-1 never shows an item again after its decision; done shows it with the answer, and the next one opens', async () => {
    const before = await nextItem(desk.db, lead);
    await desk.vote(before!.requestId, LEAD, 'APPROVE', { comment: 'fine' });
    expect(await walk({ tab: 'todo' }, 100)).not.toContain(before!.requestId);
    expect((await nextItem(desk.db, lead))!.requestId).not.toBe(before!.requestId);
    const done = await readInbox(desk.db, lead, { tab: 'done' }, { limit: 5, after: null });
    expect(done.items).toHaveLength(1);
    expect(done.items[0]).toMatchObject({
      requestId: before!.requestId,
      decision: 'APPROVE',
      state: 'PENDING',
    });
    const next = await readInbox(
      desk.db,
      desk.id('director.central'),
      { tab: 'todo' },
      { limit: 5, after: null },
    );
    expect(next.items[0]).toMatchObject({
      requestId: before!.requestId,
      lastComment: { text: 'fine', by: { name: 'Dustin Brinkmann' } },
    });
    expect(await countInbox(desk.db, lead)).toEqual({ todo: COUNT - 1, overdue: 0 });
  });

  it('mine shows the newest first, with where it stands', async () => {
    const { items, next } = await readInbox(
      desk.db,
      desk.id('moses.frase'),
      { tab: 'mine' },
      { limit: 25, after: null },
    );
    expect(items).toHaveLength(25);
    expect(next).not.toBeNull();
    expect(items[0]).toMatchObject({ title: 'Case 60 100%', stage: 'LEAD', seatId: null });
    expect((await readInbox(desk.db, lead, { tab: 'mine' }, { limit: 25, after: null })).items).toEqual([]);
  });
});
