import type { Pipeline } from '../../domain/opportunity/pipeline.js';

/** Why deals are lost; a company adds its own. */
const LOSS_REASONS: Pipeline['lossReasons'] = [
  { key: 'PRICE', name: { zh: '价格', en: 'Price' } },
  { key: 'PRODUCT', name: { zh: '产品或方案不符', en: 'Product or solution does not fit' } },
  { key: 'RELATIONSHIP', name: { zh: '客户关系', en: 'Relationship' } },
  { key: 'DELIVERY', name: { zh: '交期', en: 'Delivery time' } },
  { key: 'TERMS', name: { zh: '商务条款', en: 'Terms' } },
  { key: 'BUDGET', name: { zh: '预算取消', en: 'Budget withdrawn' } },
  { key: 'NO_DECISION', name: { zh: '客户未决策', en: 'No decision' } },
  { key: 'OTHER', name: { zh: '其他', en: 'Other' } },
];

/** New business: the stages of processes.md 3.2. */
const STANDARD: Pipeline = {
  name: { zh: '标准销售', en: 'Standard sales' },
  stages: [
    {
      key: 'PROSPECTING',
      name: { zh: '初步接洽', en: 'Prospecting' },
      probabilityPct: '10',
      forecast: 'PIPELINE',
      exit: [{ kind: 'CUSTOMER_KNOWN' }, { kind: 'NEED_RECORDED' }],
    },
    {
      key: 'QUALIFIED',
      name: { zh: '需求确认', en: 'Needs confirmed' },
      probabilityPct: '20',
      forecast: 'PIPELINE',
      exit: [{ kind: 'DECIDER_IDENTIFIED' }],
    },
    {
      key: 'PROPOSAL',
      name: { zh: '方案', en: 'Proposal' },
      probabilityPct: '40',
      forecast: 'PIPELINE',
      exit: [
        { kind: 'AMOUNT_SET' },
        { kind: 'CHECK', key: 'presented', label: { zh: '方案已向客户讲解', en: 'Solution presented' } },
      ],
    },
    {
      key: 'QUOTED',
      name: { zh: '报价', en: 'Quoted' },
      probabilityPct: '60',
      forecast: 'BEST_CASE',
      exit: [{ kind: 'QUOTE_APPROVED' }],
    },
    {
      key: 'NEGOTIATION',
      name: { zh: '谈判', en: 'Negotiation' },
      probabilityPct: '75',
      forecast: 'BEST_CASE',
      exit: [{ kind: 'TERMS_AGREED' }],
    },
    {
      key: 'CONTRACTING',
      name: { zh: '合同审批', en: 'Contract approval' },
      probabilityPct: '90',
      forecast: 'COMMIT',
      exit: [],
    },
  ],
  lossReasons: LOSS_REASONS,
  stuckDays: 14,
  slipWorkDays: 3,
};

/** 直接重购: the customer knows what it wants; there is nothing to present and nobody to find. */
const REPEAT: Pipeline = {
  name: { zh: '复购', en: 'Repeat business' },
  stages: [
    {
      key: 'PROSPECTING',
      name: { zh: '需求提出', en: 'Need raised' },
      probabilityPct: '40',
      forecast: 'PIPELINE',
      exit: [{ kind: 'CUSTOMER_KNOWN' }, { kind: 'AMOUNT_SET' }],
    },
    {
      key: 'QUOTED',
      name: { zh: '报价', en: 'Quoted' },
      probabilityPct: '70',
      forecast: 'BEST_CASE',
      exit: [{ kind: 'QUOTE_APPROVED' }],
    },
    {
      key: 'CONTRACTING',
      name: { zh: '合同审批', en: 'Contract approval' },
      probabilityPct: '90',
      forecast: 'COMMIT',
      exit: [],
    },
  ],
  lossReasons: LOSS_REASONS,
  stuckDays: 7,
  slipWorkDays: 3,
};

export const PIPELINES: Readonly<Record<string, Pipeline>> = {
  'pipeline.standard': STANDARD,
  'pipeline.repeat': REPEAT,
};
