/**
 * Why a seat exists, by the row of the decision table that asked for it, where the policy itself has words in English
 * only. `limit` is the number in the row's rule. A policy that brings its own Chinese is shown in its own words.
 */
export const reasons: { reason: Record<string, string> } = {
  reason: {
    'discount-5': '折扣 {{discountPct}} 超过 {{limit}}%',
    'discount-10': '折扣 {{discountPct}} 超过 {{limit}}%',
    'discount-20': '折扣 {{discountPct}} 超过 {{limit}}%',
    'amount-100k': '金额 {{amount}} 超过 {{limit}}',
    'amount-500k': '金额 {{amount}} 超过 {{limit}}',
    'amount-1m': '金额 {{amount}} 超过 {{limit}}',
    'amount-5m': '金额 {{amount}} 超过 {{limit}}',
    'top-5m': '金额 {{amount}} 超过 {{limit}}',
    'margin-amber': '毛利低于目标',
    'margin-red': '毛利低于底线',
    'below-floor': '有产品低于底价',
    'finance-below-floor': '有产品低于底价',
    clauses: '有非标条款：{{nonStandardClauses}}',
    'legal-clauses': '有非标条款：{{nonStandardClauses}}',
    'terms-30': '账期 {{termDays}} 天，超过 {{limit}} 天',
    'finance-terms-30': '账期 {{termDays}} 天，超过 {{limit}} 天',
    'terms-class': '账期 {{termDays}} 天，超过信用等级 {{creditClass}} 的账期',
    'finance-terms-class': '账期 {{termDays}} 天，超过信用等级 {{creditClass}} 的账期',
    instalments: '分期付款',
    'finance-instalments': '分期付款',
    credit: '信用额度不足',
    'credit-limit': '信用额度不足',
    review: '每份合同由法务、财务、信用、交付评审',
    'legal-all': '改动的条款：{{nonStandardClauses}}',
    'special-price': '特价：先组长，再大区总监',
    'standard-one': '一级审批',
    'standard-two': '两级审批',
    'standard-limit': '沿汇报线逐级审批，直到有权批准 {{amount}} 的人',
    countersign: '财务与法务会签',
    'class-e': '信用等级 {{creditClass}}',
    'top-class-e': '信用等级 {{creditClass}}',
  },
};
