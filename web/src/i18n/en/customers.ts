import type { customers as zh } from '../zh/customers.js';

export const customers: typeof zh = {
  customer: {
    listTitle: 'Customers',
    search: 'Search customers',
    empty: 'No customer matches.',
    sector: 'Sector',
    country: 'Country',
    tier: 'Price tier',
    creditClass: 'Credit class',
    creditLimit: 'Credit limit',
    groupLimit: 'Limit of the group',
    parent: 'Belongs to',
    dealing: 'May we deal with them',
    open: 'Nothing stands in the way.',
    blocked: 'Blocked',
    blockedNote:
      '{{cause}}: {{name}} blocked the customer; nothing is submitted, approved, sent, accepted or sealed.',
    block: 'Block the customer',
    blockText:
      'Quotations in approval and contracts in review stop at once and go back to whoever submitted them. Until the block is lifted nothing is submitted, approved, sent, accepted or sealed. Contracts in force stay as they are; suspend them one by one.',
    cause: 'Cause',
    lift: 'Lift the block',
    liftText:
      'Everything may be submitted again. Whoever’s request was stopped is told; stages that had passed are kept.',
    blockedBy: 'blocked by {{name}}',
    liftedBy: 'lifted by {{name}}',
  },
  blockCause: { BLACKLIST: 'Blacklist', INSOLVENCY: 'Insolvency', LEGAL: 'Legal hold' },
};
