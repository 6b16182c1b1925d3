import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { quoteFacts, randomFrom, storeRequests } from '../../bench/stored-requests.js';
import { activePolicy } from '../../src/commands/policy/policy.js';
import { whatIf } from '../../src/commands/policy/what-if.js';
import type { ApprovalPolicyContent } from '../../src/domain/approval/policy.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const COUNT = 600;
const UNTIL = new Date('2026-11-01T00:00:00.000Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase({ seeded: true });
});
afterAll(() => database.close());

describe('the stored requests of bench:whatif', () => {
  it('are the same for the same seed, and others for another', () => {
    const facts = (seed: number) => {
      const random = randomFrom(seed);
      return Array.from({ length: 5 }, () => quoteFacts(random));
    };
    expect(facts(1)).toEqual(facts(1));
    expect(facts(1)).not.toEqual(facts(2));
  });

  it('judged by their own policy are unchanged, each once; without a stage, what passes unguarded is what SQL adds up', async () => {
    const made = await storeRequests(database.dataSource, { count: COUNT, seed: 7, until: UNTIL });
    expect(made).toMatchObject({ requests: COUNT, rounds: COUNT });
    const { content } = await activePolicy<ApprovalPolicyContent>(
      database.dataSource,
      'approval.quote',
      UNTIL.toISOString(),
    );
    const ask = (candidate: ApprovalPolicyContent) =>
      whatIf(database.dataSource, {
        policyKind: 'approval.quote',
        subjectKind: null,
        from: '2025-10-31T00:00:00.000Z',
        to: '2026-11-01T00:00:00.000Z',
        sees: { sql: 'TRUE', params: [] },
        content: candidate,
        minutesOf: () => null,
        limit: COUNT,
        shown: 0,
      });
    const same = await ask(content);
    expect([same.judged, same.changed, same.unjudged, same.truncated]).toEqual([COUNT, 0, [], false]);
    expect(same.before).toEqual(same.after);

    const less = await ask(withoutStage(content, 'FINANCE'));
    const [sum] = await database.dataSource.query<{ n: number; amount: string }[]>(
      `SELECT count(*)::int AS n, trim_scale(sum(r.exposure))::text AS amount
       FROM approval_request r JOIN approval_round o ON o.request_id = r.id
       WHERE o.plan->'stages' @> '[{"spec": {"key": "FINANCE"}}]'`,
    );
    expect(sum!.n).toBeGreaterThan(20);
    expect([less.judged, less.unguarded]).toEqual([
      COUNT,
      {
        requests: sum!.n,
        withoutAmount: 0,
        amounts: [{ currency: 'CNY', amount: Number(sum!.amount).toFixed(2) }],
      },
    ]);
  });
});

/** Rows that ask for the stage ask for the others they name. */
function withoutStage(content: ApprovalPolicyContent, key: string): ApprovalPolicyContent {
  const text = JSON.stringify(content.jdm)
    .replaceAll(`\\"${key}\\",`, '')
    .replaceAll(`,\\"${key}\\"`, '')
    .replaceAll(`\\"${key}\\"`, '');
  return { ...content, jdm: JSON.parse(text) as ApprovalPolicyContent['jdm'] };
}
