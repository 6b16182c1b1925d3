import type { Money } from '../../domain/money.js';
import { Exact } from '../../domain/money.js';
import { budgetRates } from '../approval/base-currency.js';
import { CONTRACT_STATES } from '../../domain/contract/contract.js';
import { isInForce } from '../../domain/contract/life.js';
import type { FactSource } from '../approval/fact-sources.js';

/** As the index `contract_open_of_customer` has them. */
const OPEN = CONTRACT_STATES.filter((state) => state === 'APPROVED' || state === 'SEALED' || isInForce(state))
  .map((state) => `'${state}'`)
  .join(', ');

/** What the customer's other contracts are worth that are approved, sealed or in force, at the budget rates of now. */
export const openContracts: FactSource = async (tx, { id, customerId }) => {
  if (customerId === undefined) return { openContracts: '0' };
  const rows = await tx.query<Money[]>(
    `SELECT currency, trim_scale(sum(total))::text AS amount FROM contract
     WHERE customer_id = $1 AND state IN (${OPEN}) AND id <> $2 AND quote_id <> $2
     GROUP BY currency ORDER BY currency`,
    [customerId, id],
  );
  const toBase = await budgetRates(tx);
  const total = rows.reduce((sum, row) => sum.plus(toBase(row).amount), new Exact(0));
  return { openContracts: total.toFixed() };
};
