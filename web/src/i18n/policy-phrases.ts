/**
 * Policies are data and their sentences are written by whoever writes the table; the seeded ones are English. What they
 * say here in Chinese is found by their form, so a row with other numbers still reads well, and a sentence that is
 * unknown is shown as it was written.
 */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^discount ([\d.]+) % > ([\d.,]+) %$/, '折扣 $1% 超过 $2%'],
  [/^discount > ([\d.,]+) %$/, '折扣超过 $1%'],
  [/^amount [\d.,]+ not covered by the (?:credit limit|customer’s credit)$/, '客户信用不足：额度或信用检查'],
  [/^amount ([\d.,]+) > ([\d.,]+)$/, '金额超过 $2'],
  [
    /^amount ([\d.,]+) > ([\d.,]+) with (?:deals|contracts) close by: (.+)$/,
    '与近期交易合计 $1，超过 $2：$3',
  ],
  [/^amount with (?:deals|contracts) close by > ([\d.,]+)$/, '与近期交易合计超过 $1'],
  [/^amount > ([\d.,]+)$/, '金额超过 $1'],
  [/^margin below target$/, '毛利低于目标'],
  [/^margin below floor$/, '毛利低于底线'],
  [/^(a )?line (is )?below (its )?floor price$/, '有产品低于底价'],
  [/^non-standard clauses: (.+)$/, '非标条款：$1'],
  [/^changed clauses: (.+)$/, '改动的条款：$1'],
  [/^non-standard text$/, '有非标条款'],
  [/^term (\d+) days > (\d+)$/, '账期 $1 天，超过 $2 天'],
  [/^term > (\d+) days$/, '账期超过 $1 天'],
  [/^term (\d+) days beyond class (\w+)$/, '账期 $1 天，超过信用等级 $2 的账期'],
  [/^term beyond credit class$/, '账期超过信用等级'],
  [/^(payment in )?instalments$/, '分期付款'],
  [/^retention ([\d.]+) % > ([\d.]+) %$/, '质保金 $1% 超过 $2%'],
  [/^retention > ([\d.]+) %$/, '质保金超过 $1%'],
  [/^credit not sufficient$/, '客户信用不足'],
  [/^credit class (\w+)$/, '信用等级 $1'],
  [
    /^every contract is reviewed by legal, finance, credit and delivery$/,
    '每份合同由法务、财务、信用、交付评审',
  ],
  [/^special price: team lead, then regional director$/, '特价：先组长，再大区总监'],
  [/^every revocation$/, '所有撤销'],
  [/^every revocation is approved by the regional director$/, '撤销审批由大区总监审批'],
  [/^every change after the deal is won$/, '赢单后的所有分成变更'],
  [
    /^the credit of a won deal changes: the manager of everybody whose share changes approves it$/,
    '赢单后分成变更：由每位受影响人员的上级审批',
  ],
  [/^line below floor price, whole deal at budget margin$/, '有产品低于底价，整单毛利达到预算'],
  [
    /^a line is below its floor price; the margin of the whole deal is at or above budget$/,
    '有产品低于底价，整单毛利不低于预算',
  ],
  [
    /^a line is below its floor price and the whole deal below budget margin$/,
    '有产品低于底价，整单毛利也低于预算',
  ],
  [/^moved exchange rate accepted$/, '已接受汇率变动'],
  [/^the exchange rate moved since pricing and the move was accepted$/, '定价后汇率有变动，且已接受'],
  [/^automatic lane$/, '自动通过'],
  [/^category (\w+) needs no approval$/, '$1 类无需审批'],
  [/^standard, one level$/, '标准，一级审批'],
  [/^standard, two levels$/, '标准，两级审批'],
  [/^up the line to the limit$/, '沿汇报线逐级审批'],
  [/^countersign$/, '会签'],
  [/^chosen by the initiator among the sales representatives$/, '由发起人在业务员中选择'],
  [/^a contract$/, '合同'],
  [/^revoking the approval of a contract needs the law department$/, '撤销合同审批须法务同意'],
  [/^added: (.+)$/, '加签：$1'],
  [/^staffed by an admin: (.+)$/, '管理员指定：$1'],
  [/^escalated: no answer in time \(.+\)$/, '超时升级'],
  [/^one level$/, '一级审批'],
  [/^two levels$/, '两级审批'],
  [/^reporting line up to whoever may approve [\d.,]+$/, '沿汇报线逐级审批，直到有足够权限的人'],
  [/^finance and legal all sign$/, '财务与法务会签'],
];
const ON_PAPER = / on (?:quotation|contract) ([\w-]+)/g;
const LONG_DECIMAL = /\d+\.\d{3,}/g;
/** Sentences and lists whose long figures are amounts. */
const OF_AMOUNTS = /^(amount|reporting line up)\b| on (quotation|contract) /;
/** Not part of a number such as C-2026-000012, nor written with separators already. */
const AMOUNT = /(?<![\w.,-])\d{4,}(?:\.\d+)?(?![\w-]|,\d)/g;

/** The sentence as it is, its amounts as they are read. */
export function inEnglish(text: string): string {
  return OF_AMOUNTS.test(text) ? text.replaceAll(AMOUNT, read) : text;
}

/** The Chinese of a seeded sentence, or the sentence itself. */
export function inChinese(text: string): string {
  const [pattern, words] = PHRASES.find(([form]) => form.test(text)) ?? [];
  const amounts = inEnglish(text);
  const said = pattern && words ? amounts.replace(pattern, words) : amounts;
  return said.replaceAll(ON_PAPER, '（$1）').replaceAll(LONG_DECIMAL, read);
}

function read(decimal: string): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 2 }).format(decimal as `${number}`);
}
