import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { claimOf } from '../../domain/receivable/debt.js';
import { DomainError } from '../../domain/errors.js';
import { Exact, formatAmount, parseAmount } from '../../domain/money.js';
import { tellCollection } from '../collection/tell.js';
import { appendEvents, continueAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { reductions } from './credit-note.js';
import { inBase, mustStayWithin, postEntries, rateOfDay } from './entries.js';
import { lockItems, setItem } from './item-store.js';
import { ledgerRules } from './rules.js';
import { lockCredit, type Party } from '../credit/exposure.js';
import { followLedger } from './exposure.js';

export type WrittenOff = { itemId: string; writeOffId: string };

export interface WriteOff {
  itemId: string;
  amount: string;
  /** `YYYY-MM-DD` */
  on: string;
  /** why nothing more is to be expected: older than limitation, insolvency, judgment */
  evidence: string;
}

/**
 * Gives up what is open of an item. How much one may depends on the role (tiers of the policy); nobody writes off what they
 * booked money on.
 * @throws DomainError NOT_FOUND · FORBIDDEN beyond one's tier · SOD_VIOLATION · VALIDATION
 */
export function writeOff(db: DataSource, meta: CommandMeta, given: WriteOff): Promise<Answer<WrittenOff>> {
  const { itemId, on, evidence } = given;
  return runCommand(db, meta, async (tx) => {
    await lockCredit(tx, await debtorOf(tx, itemId));
    const [item] = await lockItems(tx, [itemId]);
    const amount = parseAmount(given.amount, item!.currency, '/amount');
    const open = claimOf(item!);
    if (amount.isZero() || amount.gt(open)) {
      const rule = `more than 0 and at most ${formatAmount(open, item!.currency)}, what is open`;
      throw new DomainError('VALIDATION', {}, [{ pointer: '/amount', code: 'BEYOND_OUTSTANDING', rule }]);
    }
    const day = await rateOfDay(tx, item!.currency, on);
    const head = await continueAggregate(tx, 'receivable', itemId);
    await mustBeWithinTier(tx, meta, { base: inBase(amount, day).toFixed(), now: head.now });
    await mustNotHavePosted(tx, meta, itemId);
    const writeOffId = uuidv7();
    const carried = { rate: item!.fxRate, baseCurrency: day.baseCurrency };
    await postEntries(
      tx,
      meta.actor.id,
      reductions(item!, amount, {
        kind: 'WRITE_OFF',
        refId: writeOffId,
        issuedOn: on,
        reason: evidence,
        carried,
      }),
    );
    await mustStayWithin(tx, '/on');
    const rest = open.equals(amount);
    await setItem(
      tx,
      item!,
      rest ? { state: 'WRITTEN_OFF', level: 0 } : { state: item!.state, level: item!.level },
    );
    const payload = { writeOffId, amount: formatAmount(amount, item!.currency), on, evidence };
    await appendEvents(tx, head, [{ type: 'receivable.written-off', actor: meta.actor.id, payload }]);
    await followLedger(tx, meta, item!, writeOffId);
    await tellCollection(tx, item!, meta.correlationId);
    return { itemId, writeOffId };
  });
}

async function debtorOf(tx: EntityManager, itemId: string): Promise<Party> {
  const [row] = await tx.query<Party[]>(
    `SELECT customer_id AS "customerId", company_id AS "companyId" FROM receivable_item WHERE id = $1`,
    [itemId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { itemId });
  return row;
}

/** The lowest tier the amount fits into names the role; whoever may do more may do less. */
async function mustBeWithinTier(
  tx: EntityManager,
  { actor }: CommandMeta,
  { base, now }: { base: string; now: string },
): Promise<void> {
  const { writeOffTiers } = await ledgerRules(tx);
  const lowest = writeOffTiers.findIndex(({ upTo }) => upTo === null || new Exact(upTo).gte(base));
  const able = writeOffTiers.slice(lowest).map(({ role }) => role);
  const held = await tx.query<unknown[]>(
    `SELECT 1 FROM role_grant WHERE employee_id = $1 AND role = ANY($2) AND valid @> $3::timestamptz`,
    [actor.id, able, now],
  );
  if (held.length === 0)
    throw new DomainError('FORBIDDEN', { permission: 'receivable:write-off', roles: able });
}

async function mustNotHavePosted(tx: EntityManager, { actor }: CommandMeta, itemId: string): Promise<void> {
  const own = await tx.query<unknown[]>(
    `SELECT 1 FROM allocation a JOIN payment p ON p.id = a.payment_id
     WHERE a.item_id = $1 AND $2 IN (p.recorded_by, p.confirmed_by) LIMIT 1`,
    [itemId, actor.id],
  );
  if (own.length > 0) throw new DomainError('SOD_VIOLATION', { duties: ['post payment', 'write off'] });
}
