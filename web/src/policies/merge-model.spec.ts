import { describe, expect, it } from '@jest/globals';
import { merged } from './merge-model.js';

const BASE = {
  withdraw: 'ANYTIME',
  stages: [
    { key: 'A', title: 'a', ladder: 'L' },
    { key: 'B', title: 'b', ladder: 'L' },
    { key: 'C', title: 'c', ladder: 'L' },
  ],
  rules: [
    { _id: 'r1', amount: '> 10' },
    { _id: 'r2', amount: '> 20' },
  ],
};
const keys = (content: Record<string, unknown>): string =>
  (content['stages'] as { key: string }[]).map(({ key }) => key).join('');

describe('AE-POL-1 two people change one draft', () => {
  it('what only one of them changed is theirs, down to the field and the cell', () => {
    const mine = {
      ...BASE,
      stages: BASE.stages.map((stage) => (stage.key === 'A' ? { ...stage, title: 'mine' } : stage)),
      rules: [{ _id: 'r1', amount: '> 11' }, BASE.rules[1]],
    };
    const theirs = {
      ...BASE,
      withdraw: 'NEVER',
      stages: BASE.stages.map((stage) => (stage.key === 'A' ? { ...stage, ladder: 'theirs' } : stage)),
      rules: [BASE.rules[0], { _id: 'r2', amount: '> 21' }],
    };
    expect(merged(BASE, mine, theirs)).toEqual({
      conflicts: [],
      content: {
        withdraw: 'NEVER',
        stages: [{ key: 'A', title: 'mine', ladder: 'theirs' }, BASE.stages[1], BASE.stages[2]],
        rules: [
          { _id: 'r1', amount: '> 11' },
          { _id: 'r2', amount: '> 21' },
        ],
      },
    });
  });

  it('where both changed the same, mine stands and the place is named', () => {
    const at = (amount: string) => ({ ...BASE, rules: [{ _id: 'r1', amount }, BASE.rules[1]] });
    const { content, conflicts } = merged(BASE, at('> 12'), at('> 13'));
    expect(content).toEqual(at('> 12'));
    expect(conflicts).toEqual([['rules', 'r1', 'amount']]);
    expect(merged(BASE, at('> 12'), at('> 12')).conflicts).toEqual([]);
  });

  it('the order of fields is no change', () => {
    const turned = { ...BASE, rules: BASE.rules.map(({ _id, amount }) => ({ amount, _id })) };
    const mine = { ...BASE, withdraw: 'NEVER' };
    expect(merged(BASE, mine, turned)).toEqual({ content: mine, conflicts: [] });
  });

  const [a, b, c] = BASE.stages;
  const [x, y] = [
    { key: 'X', title: 'x', ladder: 'L' },
    { key: 'Y', title: 'y', ladder: 'L' },
  ];
  it.each([
    ['both add', [a, x, b, c], [a, b, c, y], 'AXBCY', 0],
    ['I add, they remove', [a, b, c, x], [a, c], 'ACX', 0],
    ['I move, they add', [b, a, c], [a, b, y, c], 'BYAC', 0],
    ['I remove what they changed', [a, c], [a, { ...b, title: 'new' }, c], 'AC', 1],
    ['they remove what I changed', [a, { ...b, title: 'new' }, c], [a, c], 'ABC', 1],
    ['both remove', [a, c], [a, c], 'AC', 0],
  ])('%s', (_case, mine, theirs, order, conflicts) => {
    const result = merged(BASE, { ...BASE, stages: mine }, { ...BASE, stages: theirs });
    expect([keys(result.content), result.conflicts.length]).toEqual([order, conflicts]);
  });
});
