import { describe, expect, it } from '@jest/globals';
import { PROBLEMS } from '../../src/domain/problem/problems.js';
import { refusals as en } from '../../web/src/i18n/en/refusals.js';
import { refusals as zh } from '../../web/src/i18n/zh/refusals.js';

/** What the console says when no refusal of the API is behind it. */
const ITS_OWN = ['unknown', 'CONSOLE', 'NETWORK'];
const codes = Object.keys(PROBLEMS).map((code) => code.replaceAll('.', '_'));

describe('the words of refusals', () => {
  it.each(Object.entries(PROBLEMS))('%s has a short title and one sentence', (_, { title, detail }) => {
    expect(title).toMatch(/^[A-Z].{3,44}[^.]$/);
    expect(detail).toMatch(/^[A-Z][^\n]{20,}\.$/);
  });

  it.each([
    ['English', en],
    ['Chinese', zh],
  ])('the console says every code in %s, and no code that there is not', (_, { problem }) => {
    const said = Object.keys(problem).filter((code) => !ITS_OWN.includes(code));
    expect(said.sort()).toEqual([...codes].sort());
  });

  it('Chinese words are Chinese', () => {
    const foreign = Object.entries(zh.problem).filter(([, text]) => !/[\u3400-\u9fff]/.test(text));
    expect(foreign).toEqual([]);
  });
});
