import type { EntityManager } from 'typeorm';
import { regeneratedPlan, type SettledRow } from '../../domain/contract/amendment.js';
import { addDays, type PlanRow } from '../../domain/contract/plan.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import type { ContractTerms } from '../../domain/contract/text.js';
import type { HeldContract } from './store.js';

/** The day a contract delivers by. @param deliveryDays agreed; null: as usual */
export function deliveryDay(
  effectiveOn: string,
  deliveryDays: number | null,
  { milestones }: ContractPolicy,
): string {
  const usual = milestones.find(({ kind }) => kind === 'DELIVERY')?.days ?? 0;
  return addDays(effectiveOn, deliveryDays ?? usual);
}

/**
 * The plan these terms would make of what is not settled by now; nothing is written. Under the contract's lock.
 * @throws DomainError as regeneratedPlan
 */
export async function planUnder(
  tx: EntityManager,
  row: HeldContract['row'],
  terms: ContractTerms,
  policy: ContractPolicy,
): Promise<PlanRow[]> {
  const settled = await tx.query<SettledRow[]>(
    `SELECT seq, trim_scale(pct)::text AS pct, trim_scale(amount)::text AS amount FROM payment_plan_row
     WHERE contract_id = $1 AND state <> 'PLANNED' ORDER BY seq FOR UPDATE`,
    [row.id],
  );
  const basis = {
    total: terms.total,
    currency: row.currency,
    termDays: terms.termDays,
    effectiveOn: row.effectiveOn!,
    deliveryOn: deliveryDay(row.effectiveOn!, terms.deliveryDays, policy),
  };
  return regeneratedPlan(terms.instalments as Parameters<typeof regeneratedPlan>[0], basis, settled);
}

/** Makes the plan anew around what is settled. @throws DomainError as regeneratedPlan */
export async function replan(
  tx: EntityManager,
  row: HeldContract['row'],
  terms: ContractTerms,
  policy: ContractPolicy,
): Promise<void> {
  const rows = await planUnder(tx, row, terms, policy);
  await tx.query(`DELETE FROM payment_plan_row WHERE contract_id = $1 AND state = 'PLANNED'`, [row.id]);
  await tx.query(
    `INSERT INTO payment_plan_row (contract_id, seq, trigger, pct, amount, due_on)
     SELECT $1, p.seq, p.trigger, p.pct, p.amount, p."dueOn"
     FROM jsonb_to_recordset($2::jsonb) AS p(seq int, trigger varchar, pct numeric, amount numeric, "dueOn" date)`,
    [row.id, JSON.stringify(rows)],
  );
}
