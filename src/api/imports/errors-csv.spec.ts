import { describe, expect, it } from '@jest/globals';
import { safeCell } from './errors-csv.js';

describe('a cell of a downloaded report', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+cmd', "'+cmd"],
    ['-2+3', "'-2+3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['  =1', "'  =1"],
    ['＝1', "'＝1"],
    ['x\r=1+1', 'x =1+1'],
    ['\t=1', "' =1"],
    ['-5', '-5'],
    ['+5.10', '+5.10'],
    ['GTXPro', 'GTXPro'],
  ])('%j is written as %j', (text, written) => {
    expect(safeCell(text)).toBe(written);
  });
});
