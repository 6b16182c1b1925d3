import { describe, expect, it } from '@jest/globals';
import { afterBillAct, billActs, type BillAct, type BillState } from './bill.js';

const bill = (state: BillState) => ({ state, receivedOn: '2026-04-01', maturesOn: '2026-10-01' });

describe('an acceptance bill (processes 3.4, Bills)', () => {
  it.each<[BillState, BillAct[]]>([
    ['HELD', ['ENDORSE', 'DISCOUNT', 'MATURE', 'DISHONOUR']],
    ['ENDORSED', ['MATURE', 'DISHONOUR']],
    ['DISCOUNTED', ['MATURE', 'DISHONOUR']],
    ['MATURED', []],
    ['DISHONOURED', []],
  ])('%s: %j', (state, acts) => {
    expect(billActs(state)).toEqual(acts);
  });

  it.each<[BillState, BillAct, string, string]>([
    ['HELD', 'ENDORSE', '2026-04-01', 'ENDORSED'],
    ['HELD', 'ENDORSE', '2026-03-31', 'VALIDATION'],
    ['HELD', 'MATURE', '2026-09-30', 'VALIDATION'],
    ['ENDORSED', 'MATURE', '2026-10-01', 'MATURED'],
    ['DISCOUNTED', 'DISHONOUR', '2026-10-02', 'DISHONOURED'],
    ['MATURED', 'DISHONOUR', '2026-10-02', 'STATE_CONFLICT'],
    ['ENDORSED', 'DISCOUNT', '2026-05-01', 'STATE_CONFLICT'],
  ])('%s, %s on %s: %s', (state, act, on, expected) => {
    const outcome = () => {
      try {
        return afterBillAct(bill(state), act, on);
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(outcome()).toBe(expected);
  });
});
