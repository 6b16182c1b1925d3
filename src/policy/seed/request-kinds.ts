import type { RequestKindContent } from '../../domain/request-kind/kind.js';
import {
  count,
  date,
  list,
  longText,
  money,
  oneOf,
  percent,
  record,
  text,
  words,
  yesNo,
} from './kind-fields.js';

const EXPENSE: RequestKindContent = {
  titles: words('Expense', '费用报销'),
  description: words('Money you have spent for the company', '因公支出的费用'),
  title: '{purpose}',
  numberPrefix: 'EX',
  policyKind: 'approval.expense',
  schema: record(
    {
      purpose: text('Purpose', '事由'),
      items: list(
        words('Receipts', '票据明细'),
        50,
        record(
          {
            date: date('Date', '日期'),
            category: oneOf('Category', '类别', {
              TRAVEL: words('Travel', '差旅'),
              MEALS: words('Meals', '餐费'),
              GIFTS: words('Gifts', '礼品'),
              OTHER: words('Other', '其他'),
            }),
            description: text('What for', '说明'),
            amount: money('Amount', '金额'),
          },
          ['date', 'category', 'amount'],
        ),
      ),
      bankAccount: text('Bank account', '收款账号', { pattern: '^[0-9 ]{8,30}$', maxLength: 30 }),
      note: longText('Note', '备注'),
      costCentre: text('Cost centre', '成本中心', { maxLength: 40 }),
    },
    ['purpose', 'items', 'bankAccount'],
  ),
  relevant: ['/purpose', '/items', '/bankAccount'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/items/*/amount' },
    { name: 'categories', type: 'strings', from: '/items/*/category' },
  ],
  exposure: '/items/*/amount',
  subject: null,
  envelope: [{ field: '/items/*/amount', direction: 'LOWER' }],
  access: {
    INITIATOR: { '/costCentre': 'READ' },
    TEAM_LEAD: { '/bankAccount': 'HIDDEN' },
    REGIONAL_DIRECTOR: { '/bankAccount': 'HIDDEN' },
    FINANCE: { '/costCentre': 'WRITE' },
  },
};

const DISCOUNT: RequestKindContent = {
  titles: words('Discount framework', '折扣框架'),
  description: words('A discount a customer may count on for a time', '一段时间内给予客户的固定折扣'),
  title: '{customer} {discountPct}%',
  numberPrefix: 'DF',
  policyKind: 'approval.discount',
  schema: record(
    {
      customer: text('Customer', '客户'),
      discountPct: percent('Discount, %', '折扣率 %'),
      annualVolume: money('Expected yearly volume', '预计年销售额'),
      validFrom: date('Valid from', '生效日期'),
      validTo: date('Valid to', '截止日期'),
      exclusive: yesNo('Exclusive supplier', '独家供应'),
      reason: longText('Reason', '理由'),
    },
    ['customer', 'discountPct', 'annualVolume', 'validFrom', 'validTo', 'reason'],
  ),
  relevant: ['/customer', '/discountPct', '/annualVolume', '/validFrom', '/validTo', '/exclusive'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/annualVolume' },
    { name: 'discountPct', type: 'decimal', from: '/discountPct' },
    { name: 'exclusive', type: 'boolean', from: '/exclusive' },
  ],
  exposure: '/annualVolume',
  subject: '/customer',
  envelope: [
    { field: '/discountPct', direction: 'LOWER' },
    { field: '/annualVolume', direction: 'LOWER' },
  ],
  access: {},
};

const STOCK: RequestKindContent = {
  titles: words('Special stock', '特批库存'),
  description: words('Goods set aside for one customer', '为某一客户预留库存'),
  title: '{sku} × {quantity} · {customer}',
  numberPrefix: 'SS',
  policyKind: 'approval.stock',
  schema: record(
    {
      customer: text('Customer', '客户'),
      sku: text('Article', '货号', { pattern: '^[A-Z0-9-]{2,40}$', maxLength: 40 }),
      quantity: count('Quantity', '数量', 1_000_000),
      value: money('Value', '货值'),
      neededBy: date('Needed by', '需求日期'),
      reason: longText('Reason', '理由'),
      warehouse: text('Warehouse', '仓库', { maxLength: 60 }),
    },
    ['customer', 'sku', 'quantity', 'value', 'neededBy'],
  ),
  relevant: ['/customer', '/sku', '/quantity', '/value', '/neededBy'],
  facts: [{ name: 'amount', type: 'decimal', from: '/value' }],
  exposure: '/value',
  subject: null,
  envelope: [
    { field: '/quantity', direction: 'LOWER' },
    { field: '/value', direction: 'LOWER' },
  ],
  access: { INITIATOR: { '/warehouse': 'READ' }, DELIVERY: { '/warehouse': 'WRITE' } },
};

const SEAL: RequestKindContent = {
  titles: words('Contract seal', '合同用印'),
  description: words('The company’s seal on a contract', '在合同上加盖公司印章'),
  title: '{contractNo} · {counterparty}',
  numberPrefix: 'SE',
  policyKind: 'approval.seal',
  schema: record(
    {
      contractNo: text('Contract number', '合同编号', { pattern: '^[A-Za-z0-9/-]{3,40}$', maxLength: 40 }),
      counterparty: text('Counterparty', '对方单位'),
      seal: oneOf('Seal', '印章', {
        CONTRACT: words('Contract seal', '合同专用章'),
        COMPANY: words('Company seal', '公章'),
        LEGAL_REP: words('Legal representative’s seal', '法人章'),
      }),
      copies: count('Copies', '份数', 99),
      amount: money('Contract amount', '合同金额'),
      standardText: yesNo('Standard text', '标准文本'),
      note: longText('Note', '备注'),
      registerNo: text('Number in the seal register', '用印登记号', { maxLength: 40 }),
    },
    ['contractNo', 'counterparty', 'seal', 'copies', 'amount', 'standardText'],
  ),
  relevant: ['/contractNo', '/counterparty', '/seal', '/copies', '/amount', '/standardText'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/amount' },
    { name: 'seal', type: 'string', from: '/seal' },
    { name: 'standardText', type: 'boolean', from: '/standardText' },
  ],
  exposure: '/amount',
  subject: '/contractNo',
  envelope: [{ field: '/amount', direction: 'LOWER' }],
  access: { INITIATOR: { '/registerNo': 'READ' }, SEAL_KEEPER: { '/registerNo': 'WRITE' } },
};

/** The request kinds a new installation starts with, by key. */
export const REQUEST_KINDS: Readonly<Record<string, RequestKindContent>> = {
  expense: EXPENSE,
  'discount-framework': DISCOUNT,
  'special-stock': STOCK,
  'contract-seal': SEAL,
};
