import { expect, it } from '@jest/globals';
import { newLine } from './draft.js';
import { withoutPasted } from './pasted.js';

it('undoing a paste keeps what was typed since', () => {
  const [before, pasted, after] = [newLine(), newLine(), newLine()];
  const edited = { ...before, qty: '7' };
  expect(withoutPasted([edited, { ...pasted, qty: '3' }, after], [pasted])).toEqual([edited, after]);
});

it('undoing a paste into an empty quotation leaves a line to write in', () => {
  const pasted = newLine();
  expect(withoutPasted([pasted], [pasted])).toMatchObject([{ productId: '', qty: '1' }]);
});
