import { describe, expect, it } from '@jest/globals';
import { readAccount } from './accounts.js';
import { matchKey, nameKey, tidyName } from './name.js';
import { readOpportunity } from './opportunities.js';
import { assumedPrices, readProduct, skuOfName } from './products.js';
import { resolveName } from './reference.js';
import { readTeam } from './teams.js';

const WON = {
  opportunity_id: '1C1I7A6R',
  sales_agent: 'Moses Frase',
  product: 'GTX Plus Basic',
  account: 'Cancity',
  deal_stage: 'Won',
  engage_date: '20-10-2016',
  close_date: '01-03-2017',
  close_value: '1054',
};
const OPEN = { ...WON, deal_stage: 'Engaging', close_date: '', close_value: '0' };

describe('a pipeline row', () => {
  it('that is won reads as it stands, in yuan', () => {
    expect(readOpportunity(WON)).toEqual({
      draft: {
        number: '1C1I7A6R',
        agent: 'Moses Frase',
        product: 'GTX Plus Basic',
        account: 'Cancity',
        stage: 'WON',
        amount: '1054',
        currency: 'CNY',
        engagedOn: '2016-10-20',
        closedOn: '2017-03-01',
        lostReason: null,
      },
      issues: [],
    });
  });

  it.each([
    ['Prospecting', 'PROSPECTING'],
    ['Engaging', 'QUALIFIED'],
    ['on hold', 'ON_HOLD'],
  ])('at %s is at our stage %s', (deal_stage, stage) => {
    expect(readOpportunity({ ...OPEN, deal_stage, engage_date: '' })).toMatchObject({
      draft: { stage, amount: null, currency: null, engagedOn: null, closedOn: null },
      issues: [],
    });
  });

  it.each([
    ['a lost deal is worth nothing', { deal_stage: 'Lost', close_value: '0' }, []],
    ['29 February of a leap year', { engage_date: '29-02-2016' }, []],
    ['closed on the day it began', { close_date: '20-10-2016' }, []],
    ['closed the day before', { close_date: '19-10-2016' }, [['close_date', 'CLOSE_BEFORE_ENGAGE']]],
    ['29 February of no leap year', { close_date: '29-02-2017' }, [['close_date', 'DATE_NOT_REAL']]],
    ['month 13', { close_date: '01-13-2017' }, [['close_date', 'DATE_NOT_REAL']]],
    ['year first', { close_date: '2017-03-01' }, [['close_date', 'DATE_FORMAT']]],
    ['no close date', { close_date: '' }, [['close_date', 'REQUIRED']]],
    ['no value', { close_value: '' }, [['close_value', 'REQUIRED']]],
    ['no account', { account: 'null' }, [['account', 'REQUIRED']]],
    ['negative value', { close_value: '-1' }, [['close_value', 'MONEY_NEGATIVE']]],
    ['three decimals of yuan', { close_value: '1.005' }, [['close_value', 'MONEY_TOO_PRECISE']]],
    ['value with separators', { close_value: '1,054' }, [['close_value', 'MONEY_NOT_A_DECIMAL']]],
    ['unknown stage', { deal_stage: 'Maybe' }, [['deal_stage', 'UNKNOWN_STAGE']]],
    ['a stage named like a method', { deal_stage: 'constructor' }, [['deal_stage', 'UNKNOWN_STAGE']]],
    ['unknown currency', { currency: 'XXX' }, [['currency', 'CURRENCY_UNKNOWN']]],
    [
      'no number, no agent',
      { opportunity_id: ' ', sales_agent: '' },
      [
        ['opportunity_id', 'REQUIRED'],
        ['sales_agent', 'REQUIRED'],
      ],
    ],
    ['control character', { product: 'GTX\u0007' }, [['product', 'CONTROL_CHARACTER']]],
  ])('with %s', (_, change, flaws) => {
    const { draft, issues } = readOpportunity({ ...WON, ...change });
    expect(issues.map(({ column, rule }) => [column, rule])).toEqual(flaws);
    expect(draft === null).toBe(flaws.length > 0);
  });

  it('that is open without an account is imported and pointed out', () => {
    expect(readOpportunity({ ...OPEN, account: '' })).toMatchObject({
      draft: { account: null },
      issues: [{ column: 'account', rule: 'ACCOUNT_OPEN', severity: 'WARNING' }],
    });
  });
});

describe('an account row', () => {
  it.each([
    ['technolgy', 'United States', ['sector'], 'America/New_York'],
    ['technology', 'Philipines', ['office_location'], 'Asia/Manila'],
    ['medical', 'Kenya', [], 'Africa/Nairobi'],
    ['beekeeping', 'Atlantis', [], 'Asia/Shanghai'],
  ])('of sector %s in %s', (sector, office_location, flawed, zone) => {
    const { draft, issues } = readAccount({ account: 'Betatech', sector, office_location });
    expect(issues.map(({ column }) => column)).toEqual(flawed);
    expect(draft).toMatchObject({ sector, country: office_location, zone });
  });

  it.each([
    [{ account: '' }, 'REQUIRED'],
    [{ account: '---' }, 'NO_LETTERS'],
    [{ account: 'A', revenue: '-1' }, 'NUMBER_NEGATIVE'],
    [{ account: 'A', employees: '1.5' }, 'NUMBER_RANGE'],
    [{ account: 'A', year_established: '99' }, 'NUMBER_RANGE'],
    [{ account: 'x'.repeat(201) }, 'TOO_LONG'],
  ])('%o breaks %s', (cells, rule) => {
    expect(readAccount(cells)).toMatchObject({ draft: null, issues: [{ rule }] });
  });
});

describe('a product row', () => {
  const ROW = { product: 'GTX Plus Pro', series: 'GTX', sales_price: '5482' };

  it.each([
    [{}, []],
    [{ floor_price: '5482' }, []],
    [{ floor_price: '5482.01' }, ['FLOOR_ABOVE_LIST']],
    [{ sales_price: '' }, ['REQUIRED']],
    [{ sales_price: '5482.5', currency: 'JPY' }, ['MONEY_TOO_PRECISE']],
  ])('with %o', (change, rules) => {
    expect(readProduct({ ...ROW, ...change }).issues.map(({ rule }) => rule)).toEqual(rules);
  });

  it('without a number is known by its name', () => {
    expect(skuOfName('GTX Plus  Pro')).toBe('GTX-PLUS-PRO');
  });

  it('takes 70 % as floor and 55 % as cost', () => {
    expect(assumedPrices('4821', 'CNY')).toEqual({ floor: '3374.70', cost: '2651.55' });
  });
});

describe('a team row', () => {
  it('needs all three names, and nobody is their own manager', () => {
    expect(readTeam({ sales_agent: 'A', manager: '', regional_office: 'East' }).issues).toMatchObject([
      { rule: 'REQUIRED' },
    ]);
    expect(readTeam({ sales_agent: 'A', manager: 'a ', regional_office: 'East' }).issues).toMatchObject([
      { rule: 'OWN_MANAGER' },
    ]);
  });
});

describe('a name', () => {
  it.each([
    ['ＧＴＸ  Pro ', 'GTX Pro', 'gtx pro', 'gtxpro'],
    ['Gekko & Co', 'Gekko & Co', 'gekko & co', 'gekkoco'],
    ['上海 公司', '上海 公司', '上海 公司', '上海公司'],
  ])('%s is kept as %s, is one with %s, matches %s', (text, tidy, key, match) => {
    expect([tidyName(text), nameKey(text), matchKey(text)]).toEqual([tidy, key, match]);
  });

  const known = {
    byMatchKey: new Map([
      ['gtxpro', [{ id: '1', name: 'GTX Pro' }]],
      [
        'liwei',
        [
          { id: '2', name: 'Li Wei' },
          { id: '3', name: 'LiWei' },
          { id: '4', name: 'Li Wei' },
        ],
      ],
    ]),
    similar: new Map([['GTX Prro', 'GTX Pro']]),
  };
  it.each([
    ['gtx  pro', '1', undefined],
    ['GTXPro', '1', 'NORMALISED'],
    ['LiWei', '3', undefined],
    ['Li Wei', undefined, 'AMBIGUOUS_PRODUCT'],
    ['GTX Prro', undefined, 'UNKNOWN_PRODUCT'],
    ['GTX', undefined, 'UNKNOWN_PRODUCT'],
  ])('%s names %s and breaks %s', (value, id, rule) => {
    const { found, issue } = resolveName({ column: 'product', value, thing: 'PRODUCT' }, known);
    expect([found?.id, issue?.rule]).toEqual([id, rule]);
  });
});
