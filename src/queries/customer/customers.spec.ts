import { describe, expect, it } from '@jest/globals';
import { contains } from './customers.js';

describe('the pattern of a search', () => {
  it.each([
    [undefined, null],
    ['', null],
    [' \t', null],
    [' Konex ', '%Konex%'],
    ['50%_\\', '%50\\%\\_\\\\%'],
  ])('%j is %j', (text, pattern) => {
    expect(contains(text)).toBe(pattern);
  });
});
