import type { PolicyView } from '../api/types.js';

/** Where somebody who defines a kind begins: it has no error, and shows every member once. */
export const FIRST_CONTENT: PolicyView['content'] = {
  titles: { zh: '新申请', en: 'New request' },
  title: '{subject}',
  numberPrefix: 'RQ',
  policyKind: 'approval.general',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['subject'],
    properties: {
      subject: { type: 'string', minLength: 1, maxLength: 200, 'x-titles': { zh: '事由', en: 'Subject' } },
      amount: {
        type: 'object',
        additionalProperties: false,
        required: ['amount', 'currency'],
        'x-titles': { zh: '金额', en: 'Amount' },
        properties: {
          amount: { type: 'string', format: 'decimal', 'x-titles': { zh: '金额', en: 'Amount' } },
          currency: { type: 'string', format: 'currency', 'x-titles': { zh: '币种', en: 'Currency' } },
        },
      },
      reason: {
        type: 'string',
        maxLength: 4000,
        'x-widget': 'long-text',
        'x-titles': { zh: '理由', en: 'Reason' },
      },
    },
  },
  relevant: ['/subject', '/amount'],
  facts: [
    { name: 'amount', type: 'decimal', from: '/amount' },
    { name: 'category', type: 'string', value: 'standard' },
    { name: 'levels', type: 'string', value: 'one' },
  ],
  exposure: '/amount',
  subject: null,
  envelope: [],
  access: {},
};
