import type { policies as zh } from '../zh/policies.js';

export const policies: typeof zh = {
  policyKind: {
    approval_quote: 'Quote approvals',
    approval_contract: 'Contract reviews',
    approval_general: 'General approvals',
    pricing: 'Pricing parameters',
    contract: 'Contract clauses and milestones',
  },
  policyState: {
    DRAFT: 'Draft',
    IN_REVIEW: 'In review',
    SENT_BACK: 'Sent back',
    CANCELLED: 'Cancelled',
    SCHEDULED: 'Scheduled',
    ACTIVE: 'In force',
    ENDED: 'Ended',
  },
  policy: {
    title: 'Approval policies',
    version: 'Version {{n}}',
    nextVersion: 'to become version {{n}}',
    from: 'from',
    until: 'until',
    empty: 'There are no policies yet.',
    history: 'Earlier versions ({{n}})',
    tabs: 'What the policy says',
    tab: {
      table: 'Decision table',
      stages: 'Stages',
      whatIf: 'What if',
      raw: 'Content',
    },
    all: 'All policies',
  },
  policyTable: {
    caption: 'Decision table: one rule a row, every row that holds counts',
    rowNumber: 'Row',
    any: 'any',
    automatic: 'automatic',
    output: {
      stages: 'Stages',
      rule: 'Rule',
      text: 'Reason',
      group: 'Group',
      level: 'Level',
      quorum: 'Votes needed',
    },
    inputs: 'Conditions',
    outputs: 'Then',
    rows: '{{n}} rows',
  },
};
