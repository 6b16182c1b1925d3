import { expect, it } from '@jest/globals';
import { Case, company, FACTS, people, planOf, stage } from '../../../test/builders/approval.js';
import { contentOf } from '../../../test/builders/approval-histories.js';

/** Found by random rounds (seed 11): a stage that the content had left was walked again for whoever had been left to a later one. */
it('AE-SUB-2, AE-DUP-4 a stage that an edit leaves out is not walked again for a vote that was to be given later', () => {
  const first = stage('first', {
    block: 1,
    rank: 1,
    ...people('lead', 'f2'),
    quorum: { kind: 'ALL' },
    envelope: [{ name: 'discountPct', direction: 'AT_MOST', widest: '9' }],
  });
  const second = stage('second', {
    block: 1,
    rank: 2,
    ...people('boss', 'lead'),
    quorum: { kind: 'ANY', first: 'ANY_ANSWER' },
  });
  const last = stage('last', { block: 2, rank: 0, ...people('f1') });
  const request = new Case([first, second, last], {
    directory: company(),
    facts: { ...FACTS, ...contentOf(1), dedupe: 'LAST_COUNTS' },
  });
  const edits = (by: string, discount: number, keys: readonly string[]): void => {
    const facts = { ...request.facts, ...contentOf(discount) };
    const asked = request.specs.filter(({ key }) => keys.includes(key));
    request.vote(by, 'APPROVE', {
      edit: {
        facts,
        plan: planOf(asked, request.directory, facts),
        fields: ['/discountPct'],
        accept: request.specs.map(({ key }) => key),
      },
    });
  };
  const states = (): string[] => request.current.stages.map(({ spec, state }) => `${spec.key} ${state}`);

  // the lead is left to the second stage; below the discount of 0 the first is passed by f2 alone
  edits('f2', 0, ['second', 'last']);
  expect(states()).toEqual(['first PASSED', 'second ACTIVE', 'last PLANNED']);
  // 1 % again: it needs neither; the second passes without the lead, and the first has nothing to be asked for any more
  edits('boss', 1, ['last']);
  expect(states()).toEqual(['first SKIPPED', 'second PASSED', 'last ACTIVE']);
  expect(request.holders()).toEqual(['f1']);
});
