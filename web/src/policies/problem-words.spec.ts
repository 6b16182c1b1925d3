import { describe, expect, it } from '@jest/globals';
import { inTitles } from './problem-words.js';

const STAGES = [
  { key: 'TEAM_LEAD', title: 'Team lead · 组长' },
  { key: 'TEAM', title: 'Team · 团队' },
  { key: 'LEGAL', title: '' },
];
const english = (title: string): string => title.split(' · ')[0]!;
const chinese = (title: string): string => title.split(' · ')[1]!;

describe('the stages a problem names', () => {
  it.each([
    [
      'stage TEAM_LEAD does not come before this one',
      english,
      'stage Team lead does not come before this one',
    ],
    ['TEAM_LEAD, TEAM', chinese, '组长, 团队'],
    ['TEAM_LEAD目前没有人可以审批', chinese, '组长目前没有人可以审批'],
    ['ladder LEGAL is not defined', english, 'ladder LEGAL is not defined'],
    ['there is no role TEAM_LEADER', english, 'there is no role TEAM_LEADER'],
    ['no stage my-TEAM in the catalogue', english, 'no stage my-TEAM in the catalogue'],
  ])('%s', (message, said, expected) => {
    expect(inTitles(message, STAGES, said)).toBe(expected);
  });
});
