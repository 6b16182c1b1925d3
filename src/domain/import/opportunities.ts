import { Exact } from '../money.js';
import { isClosedStage } from '../opportunity/pipeline.js';
import { CellReader } from './cell-reader.js';
import { readCurrency } from './products.js';
import { hasError, type Cells, type RowReading } from './row.js';

/** Stage names of the file → stages of the standard pipeline (processes §3.2); our own keys are read as well. */
const STAGES: Readonly<Record<string, string>> = {
  prospecting: 'PROSPECTING',
  engaging: 'QUALIFIED',
  qualified: 'QUALIFIED',
  proposal: 'PROPOSAL',
  quoted: 'QUOTED',
  negotiation: 'NEGOTIATION',
  contracting: 'CONTRACTING',
  won: 'WON',
  lost: 'LOST',
  on_hold: 'ON_HOLD',
};

/** One deal as the file describes it; agent, product and account still by name. */
export interface OpportunityDraft {
  number: string;
  agent: string;
  product: string;
  /** null only while the deal is open: no account is known yet */
  account: string | null;
  stage: string;
  amount: string | null;
  currency: string | null;
  /** ISO dates */
  engagedOn: string | null;
  closedOn: string | null;
  lostReason: string | null;
}

/**
 * A row of the pipeline file. Open deals may lack dates and value, and their value 0 means "not known yet". An open deal
 * without an account is imported without a customer and reported (ACCOUNT_OPEN); a closed one without is an error.
 */
export function readOpportunity(cells: Cells): RowReading<OpportunityDraft> {
  const reader = new CellReader(cells);
  const number = reader.mandatoryText('opportunity_id', 40);
  const agent = reader.mandatoryText('sales_agent', 120);
  const product = reader.mandatoryText('product', 120);
  const account = reader.text('account', 200);
  const stage = readStage(reader);
  const currency = readCurrency(reader);
  const value = reader.amount('close_value', currency);
  const engagedOn = reader.date('engage_date');
  const closedOn = reader.date('close_date');
  const lostReason = reader.text('lost_reason', 200);
  const isClosed = stage !== null && isClosedStage(stage);
  if (stage !== null) checkClosing(reader, isClosed, { account, value, engagedOn, closedOn });
  if (number === null || agent === null || product === null || stage === null || hasError(reader.issues))
    return { draft: null, issues: reader.issues };
  const amount = !isClosed && value !== null && new Exact(value).isZero() ? null : value;
  const draft: OpportunityDraft = {
    number,
    agent,
    product,
    account,
    stage,
    amount,
    currency: amount === null ? null : currency,
    engagedOn,
    closedOn,
    lostReason,
  };
  return { draft, issues: reader.issues };
}

function readStage(reader: CellReader): string | null {
  const text = reader.mandatoryText('deal_stage', 40);
  if (text === null) return null;
  const name = text.toLowerCase().replaceAll(' ', '_');
  const stage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  return stage ?? reader.report('deal_stage', 'UNKNOWN_STAGE', `one of ${Object.keys(STAGES).join(', ')}`);
}

function checkClosing(
  reader: CellReader,
  isClosed: boolean,
  row: { account: string | null; value: string | null; engagedOn: string | null; closedOn: string | null },
): void {
  const reported = (column: string): boolean => reader.issues.some((issue) => issue.column === column);
  const { account, value, engagedOn, closedOn } = row;
  if (isClosed) {
    if (account === null && !reported('account'))
      reader.report('account', 'REQUIRED', 'a closed deal has an account');
    if (closedOn === null && !reported('close_date'))
      reader.report('close_date', 'REQUIRED', 'a closed deal has a close date');
    if (value === null && !reported('close_value'))
      reader.report('close_value', 'REQUIRED', 'a closed deal has a close value');
  } else {
    if (account === null && !reported('account'))
      reader.report('account', 'ACCOUNT_OPEN', 'no account yet: imported without a customer', 'WARNING');
    if (closedOn !== null) reader.report('close_date', 'CLOSED_WHILE_OPEN', 'an open deal has no close date');
  }
  if (engagedOn !== null && closedOn !== null && closedOn < engagedOn)
    reader.report('close_date', 'CLOSE_BEFORE_ENGAGE', `before the engage date ${engagedOn}`);
}
