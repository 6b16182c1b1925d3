import { describe, expect, it } from '@jest/globals';
import { inChinese, inEnglish } from './policy-phrases.js';

describe('amounts inside sentences of rules', () => {
  it.each([
    ['amount 1250000.5 > 500000', 'amount 1,250,000.5 > 500,000', '金额超过 500,000'],
    ['amount 1,250,000.5 > 500,000', 'amount 1,250,000.5 > 500,000', '金额超过 500,000'],
    [
      'amount 620000 > 500000 with deals close by: 20000, 600000.00 on contract C-2026-000012',
      'amount 620,000 > 500,000 with deals close by: 20,000, 600,000 on contract C-2026-000012',
      '与近期交易合计 620,000，超过 500,000：20,000, 600,000（C-2026-000012）',
    ],
    [
      'reporting line up to whoever may approve 200000',
      'reporting line up to whoever may approve 200,000',
      '沿汇报线逐级审批，直到有足够权限的人',
    ],
    [
      'amount 65565.60 not covered by the customer’s credit',
      'amount 65,565.6 not covered by the customer’s credit',
      '客户信用不足：额度或信用检查',
    ],
    ['added: see ticket 123456', 'added: see ticket 123456', '加签：see ticket 123456'],
    ['term 90 days > 60', 'term 90 days > 60', '账期 90 天，超过 60 天'],
  ])('%s', (text, english, chinese) => {
    expect([inEnglish(text), inChinese(text)]).toEqual([english, chinese]);
  });
});
