import { grouped, oneLine, type Blocks, type DocumentLanguage } from '../document/document.js';
import { Exact, formatAmount } from '../money.js';

/** What a customer's statement of account says; amounts are signed, above 0 is owed. */
export interface AccountStatement {
  customer: string;
  company: string;
  currency: string;
  /** both days are in the period */
  from: string;
  to: string;
  opening: string;
  movements: readonly { on: string; kind: string; invoiceNo: string; amount: string }[];
  closing: string;
  /** what the closing balance is made of, oldest due first */
  open: readonly { invoiceNo: string; dueOn: string; daysPastDue: number; outstanding: string }[];
}

export const ACCOUNT_WORDS = {
  'zh-CN': {
    title: '对账单',
    customer: '客户',
    company: '我方',
    period: '期间',
    currency: '币种',
    opening: '期初余额',
    closing: '期末余额',
    movements: '本期发生额',
    open: '期末未结清发票',
    date: '日期',
    kind: '摘要',
    invoice: '发票号',
    amount: '金额',
    balance: '余额',
    due: '到期日',
    days: '逾期天数',
    none: '无',
    request: '请核对上述余额；如有不符，请于收到之日起十日内书面告知。盖章确认后视为双方对账无误。',
    sign: '客户盖章：　　　　　　　　　　　日期：',
    kinds: {
      OPEN: '发票',
      PAYMENT: '收款',
      CREDIT_NOTE: '红字发票',
      WRITE_OFF: '核销',
      INTEREST: '利息',
      COST: '费用',
      PAYMENT_REVERSED: '收款退回',
      WRITE_OFF_REVERSED: '核销转回',
    },
  },
  en: {
    title: 'Statement of account',
    customer: 'Customer',
    company: 'Creditor',
    period: 'Period',
    currency: 'Currency',
    opening: 'Opening balance',
    closing: 'Closing balance',
    movements: 'Movements of the period',
    open: 'Invoices open at its end',
    date: 'Date',
    kind: 'What',
    invoice: 'Invoice',
    amount: 'Amount',
    balance: 'Balance',
    due: 'Due',
    days: 'Days overdue',
    none: 'None',
    request:
      'Please check this balance and tell us in writing within ten days if it is not yours. Signed and returned, it is agreed by both sides.',
    sign: 'Customer’s seal:                                Date:',
    kinds: {
      OPEN: 'Invoice',
      PAYMENT: 'Payment',
      CREDIT_NOTE: 'Credit note',
      WRITE_OFF: 'Written off',
      INTEREST: 'Interest',
      COST: 'Costs',
      PAYMENT_REVERSED: 'Payment returned',
      WRITE_OFF_REVERSED: 'Write-off taken back',
    },
  },
} as const;

/** The word of a movement; a kind without one is said as it is. */
export function movementWord(kind: string, language: DocumentLanguage): string {
  const words: Readonly<Record<string, string>> = ACCOUNT_WORDS[language].kinds;
  return Object.hasOwn(words, kind) ? words[kind]! : kind;
}

/** Movements with the balance after each. */
export function withBalance({ opening, movements, currency }: AccountStatement): {
  on: string;
  kind: string;
  invoiceNo: string;
  amount: string;
  balance: string;
}[] {
  let balance = new Exact(opening);
  return movements.map((movement) => {
    balance = balance.plus(movement.amount);
    return { ...movement, balance: formatAmount(balance, currency) };
  });
}

/** The statement as a letter: the same statement is always the same text. */
export function accountDocument(statement: AccountStatement, language: DocumentLanguage): Blocks {
  const words = ACCOUNT_WORDS[language];
  const moved = withBalance(statement).map(({ on, kind, invoiceNo, amount, balance }) => [
    on,
    movementWord(kind, language),
    oneLine(invoiceNo),
    grouped(amount),
    grouped(balance),
  ]);
  const open = statement.open.map(({ invoiceNo, dueOn, daysPastDue, outstanding }) => [
    oneLine(invoiceNo),
    dueOn,
    String(daysPastDue),
    grouped(outstanding),
  ]);
  return [
    { kind: 'title', text: words.title },
    {
      kind: 'facts',
      rows: [
        [words.customer, oneLine(statement.customer)],
        [words.company, oneLine(statement.company)],
        [words.period, `${statement.from} – ${statement.to}`],
        [words.currency, statement.currency],
        [words.opening, grouped(statement.opening)],
        [words.closing, grouped(statement.closing)],
      ],
    },
    { kind: 'heading', text: words.movements },
    {
      kind: 'table',
      columns: [
        { title: words.date, align: 'left', weight: 16 },
        { title: words.kind, align: 'left', weight: 22 },
        { title: words.invoice, align: 'left', weight: 26 },
        { title: words.amount, align: 'right', weight: 18 },
        { title: words.balance, align: 'right', weight: 18 },
      ],
      rows: moved.length > 0 ? moved : [[words.none, '', '', '', '']],
    },
    { kind: 'heading', text: words.open },
    {
      kind: 'table',
      columns: [
        { title: words.invoice, align: 'left', weight: 34 },
        { title: words.due, align: 'left', weight: 22 },
        { title: words.days, align: 'right', weight: 20 },
        { title: words.amount, align: 'right', weight: 24 },
      ],
      rows: open.length > 0 ? open : [[words.none, '', '', '']],
    },
    { kind: 'prose', text: words.request },
    { kind: 'prose', text: words.sign },
  ];
}
