import type { RequestKindContent } from '../../src/domain/request-kind/kind.js';

const named = (en: string, zh: string, schema: Record<string, unknown>) => ({
  ...schema,
  'x-titles': { en, zh },
});

/** A business nobody has written code for: gifts for a store, routed by the paths of general requests. */
export const GIFT = {
  titles: { zh: '门店赠品', en: 'Store gift' },
  title: '{gift} for {store}',
  numberPrefix: 'GI',
  policyKind: 'approval.general',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['gift', 'store', 'price'],
    properties: {
      gift: named('Gift', '赠品', { type: 'string', minLength: 1, maxLength: 80 }),
      store: named('Store', '门店', { type: 'string', minLength: 1, maxLength: 80 }),
      price: named('Price', '金额', {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'currency'],
        properties: {
          amount: named('Amount', '金额', { type: 'string', format: 'decimal' }),
          currency: named('Currency', '币种', { type: 'string', format: 'currency' }),
        },
      }),
      supplier: named('Supplier', '供应商', { type: 'string', maxLength: 80 }),
      receipt: named('Receipt', '收据号', { type: 'string', maxLength: 20 }),
      remark: named('Remark', '备注', { type: 'string', maxLength: 400 }),
    },
  },
  relevant: ['/gift', '/store', '/price', '/supplier'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/price' },
    { name: 'category', type: 'string', value: 'standard' },
    { name: 'levels', type: 'string', value: 'two' },
  ],
  exposure: '/price',
  subject: '/store',
  envelope: [{ field: '/price', direction: 'LOWER' }],
  access: {
    INITIATOR: { '/receipt': 'READ' },
    TEAM_LEAD: { '/supplier': 'HIDDEN' },
    REGIONAL_DIRECTOR: { '/receipt': 'WRITE' },
  },
} satisfies RequestKindContent;

export const GIFT_DOCUMENT = {
  gift: 'Umbrellas',
  store: 'Chengdu 1',
  price: { amount: '1200.00', currency: 'CNY' },
  supplier: 'Rain Ltd',
  remark: 'as last year',
};
