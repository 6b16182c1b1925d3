import { describe, expect, it } from '@jest/globals';
import { importInChinese } from './import-phrases.js';

describe('what the import says of a cell, in Chinese', () => {
  it.each([
    ['a plain decimal string such as 1234.50', '须为小数，如 1234.50'],
    ['a whole number from 1000 to 2999', '须为 1000 到 2999 的整数'],
    ['at most 2 decimals', '最多 2 位小数'],
    ['at most 999999999999', '不能大于 999999999999'],
    ['not known; did you mean "Konex"?', '没有此名称；是否为“Konex”？'],
    ['something nobody has put into Chinese', 'something nobody has put into Chinese'],
  ])('%s', (text, expected) => {
    expect(importInChinese(text)).toBe(expected);
  });
});
