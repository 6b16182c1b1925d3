import { describe, expect, it } from '@jest/globals';
import { factsOf, type ToBase } from '../../domain/request-kind/reading.js';
import { BUILT_IN_KINDS, type GivenFact } from '../../domain/request-kind/built-in.js';
import { evaluateTable } from '../evaluate.js';
import { lintPolicy } from '../lint.js';
import { lintKind } from '../request-kind/lint.js';
import { documentProblems } from '../request-kind/validate.js';
import { CONTRACT_POLICY } from './contract-policy.js';
import { QUOTE_POLICY } from './quote-policy.js';
import { REVOCATION_POLICY } from './revocation-policy.js';
import { SPLIT_POLICY } from './split-policy.js';
import { KIND_POLICIES } from './kind-policies.js';
import { REQUEST_KINDS } from './request-kinds.js';

const BUILT_IN = [
  ['QUOTE', QUOTE_POLICY],
  ['CONTRACT', CONTRACT_POLICY],
  ['REVOCATION', REVOCATION_POLICY],
  ['SPLIT', SPLIT_POLICY],
] as const;
const cny: ToBase = (money) => money;
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const receipt = (amount: string, category = 'TRAVEL') => ({
  date: '2026-03-02',
  category,
  amount: yuan(amount),
});
const EXPENSE = { purpose: 'Visit to a customer', bankAccount: '6222 0000 1111' };

const DISCOUNT = {
  customer: 'Acme',
  annualVolume: yuan('500000.00'),
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  reason: 'a big one',
};

const STOCK = { customer: 'Acme', sku: 'PX-100', quantity: 10, neededBy: '2026-05-01' };

const SEAL = {
  contractNo: 'C-2026-000001',
  counterparty: 'Acme',
  copies: 2,
  amount: yuan('10000.00'),
  standardText: true,
};

describe('the kinds with modules of their own', () => {
  it.each(BUILT_IN)('%s gives its policy every input, of its type', (kind, { inputs }) => {
    const given: readonly GivenFact[] = BUILT_IN_KINDS[kind].facts;
    expect(given).toEqual(expect.arrayContaining(inputs.map(({ name, type }) => ({ name, type }))));
  });
});

describe('the kinds a new installation starts with', () => {
  it.each(Object.entries(REQUEST_KINDS))(
    '%s has nothing the linter is against, nor has its policy',
    async (_, kind) => {
      const policy = KIND_POLICIES[kind.policyKind]!;
      const routing = { inputs: policy.inputs, stageKeys: policy.stages.map(({ key }) => key) };
      expect(lintKind(JSON.parse(JSON.stringify(kind)), routing)).toEqual([]);
      expect((await lintPolicy(policy)).filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    },
  );

  it.each([
    ['expense', { ...EXPENSE, items: [receipt('300.00')] }, 'TEAM_LEAD FINANCE'],
    ['expense', { ...EXPENSE, items: [receipt('12000.00'), receipt('8000.00')] }, 'TEAM_LEAD FINANCE'],
    [
      'expense',
      { ...EXPENSE, items: [receipt('12000.00'), receipt('8000.01')] },
      'TEAM_LEAD FINANCE REGIONAL_DIRECTOR',
    ],
    ['expense', { ...EXPENSE, items: [receipt('50.00', 'GIFTS')] }, 'TEAM_LEAD FINANCE REGIONAL_DIRECTOR'],
    ['discount-framework', { ...DISCOUNT, discountPct: '15' }, 'TEAM_LEAD REGIONAL_DIRECTOR'],
    [
      'discount-framework',
      { ...DISCOUNT, discountPct: '15.0001' },
      'TEAM_LEAD REGIONAL_DIRECTOR SALES_MANAGER',
    ],
    [
      'discount-framework',
      { ...DISCOUNT, discountPct: '5', exclusive: true },
      'TEAM_LEAD REGIONAL_DIRECTOR LEGAL',
    ],
    ['special-stock', { ...STOCK, value: yuan('200000.00') }, 'TEAM_LEAD DELIVERY'],
    ['special-stock', { ...STOCK, value: yuan('200000.01') }, 'TEAM_LEAD DELIVERY REGIONAL_DIRECTOR'],
    ['contract-seal', { ...SEAL, seal: 'CONTRACT' }, 'TEAM_LEAD SEAL_KEEPER'],
    ['contract-seal', { ...SEAL, seal: 'COMPANY', standardText: false }, 'TEAM_LEAD SEAL_KEEPER LEGAL'],
    ['contract-seal', { ...SEAL, seal: 'LEGAL_REP' }, 'TEAM_LEAD SEAL_KEEPER GENERAL_MANAGER'],
  ])('%s %# is approved by the right ones', async (key, document, expected) => {
    const kind = REQUEST_KINDS[key]!;
    expect(documentProblems(kind.schema, document)).toEqual([]);
    const rows = await evaluateTable(KIND_POLICIES[kind.policyKind]!, factsOf(kind, document, cny));
    expect([...new Set(rows.flatMap(({ stageKeys }) => stageKeys))].join(' ')).toBe(expected);
  });
});
