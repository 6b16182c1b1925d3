import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { NEVER_IN_FORCE } from '../../domain/contract/contract.js';
import { reservedFor, type ExposureKind, type Worth } from '../../domain/credit/exposure.js';
import { Exact } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { groupOf } from '../customer/group.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';
import { tellOfChange } from '../product/price-change.js';
import { creditOf, offerId } from './check.js';
import { lockCredit, postExposure, type Party } from './exposure.js';

/** SQL: what one unit of a quotation's currency counts for in base currency. */
const RATE = `coalesce((q.fx_accepted->>'rate')::numeric, q.fx_rate)`;

interface Version extends Party, Worth {
  id: string;
  /** of the whole quotation: its first version's */
  offerId: string;
  number: string;
  state: string;
  currency: string;
  rate: string;
  /** of what was signed; null: there is no contract yet */
  contractState: string | null;
  isInForce: boolean;
}

/** Every version of the quotation that counts, or may come to, as the running transaction has made it. */
function versionsOf(tx: EntityManager, quoteId: string): Promise<Version[]> {
  return tx.query<Version[]>(
    `SELECT q.id, ${offerId('q.number')} AS "offerId", q.number, q.state, q.customer_id AS "customerId", q.company_id AS "companyId",
       q.currency, trim_scale(${RATE})::text AS rate, trim_scale(coalesce(k.total, q.net_total))::text AS amount,
       trim_scale(round(coalesce(k.total, q.net_total) * ${RATE}, 2))::text AS base, k.state AS "contractState",
       coalesce(k.effective_on IS NOT NULL, false) AS "isInForce"
     FROM quote q
     LEFT JOIN LATERAL (SELECT k.total, k.state, k.effective_on FROM contract k WHERE k.quote_id = q.id AND q.state = 'ACCEPTED'
       ORDER BY k.created_at DESC, k.id DESC LIMIT 1) k ON true
     WHERE q.number = (SELECT number FROM quote WHERE id = $1) ORDER BY q.version`,
    [quoteId],
  );
}

interface Held extends Party {
  kind: ExposureKind;
  currency: string;
  amount: string;
  base: string;
  rate: string;
  entries: number;
}

/** What the ledger holds of it, by where it stands. */
function heldOf(tx: EntityManager, ref: Ref): Promise<Held[]> {
  return tx.query<Held[]>(
    `SELECT customer_id AS "customerId", company_id AS "companyId", kind, currency, trim_scale(sum(amount))::text AS amount,
       trim_scale(sum(base_amount))::text AS base, trim_scale((array_agg(rate ORDER BY booked_at DESC))[1])::text AS rate,
       (SELECT count(*)::int FROM exposure_entry WHERE ref_kind = $1 AND ref_id = $2) AS entries
     FROM exposure_entry WHERE ref_kind = $1 AND ref_id = $2 GROUP BY 1, 2, 3, 4`,
    [ref.kind, ref.id],
  );
}

interface Ref {
  kind: 'OFFER' | 'SALE';
  id: string;
}

type Target = Party & Worth & { kind: ExposureKind; currency: string; rate: string };

/**
 * Brings the ledger in line with a deal, in the transaction that changed it: what is in approval is reserved where the credit
 * covers it, what is approved or with the customer is reserved, what was signed counts until its contract never comes into
 * force. The reservation becomes an ORDER when it does, and goes with the deal.
 * @returns by how much the exposure has moved, in base currency
 */
export async function followDeal(tx: EntityManager, quoteId: string): Promise<Exact> {
  const before = await versionsOf(tx, quoteId);
  for (const party of partiesOf([...before, ...(await heldOf(tx, offerOf(before)))]))
    await lockCredit(tx, party);
  const versions = await versionsOf(tx, quoteId);
  const moved = [];
  for (const sale of versions.filter(({ state }) => state === 'ACCEPTED'))
    moved.push(await bringInLine(tx, { kind: 'SALE', id: sale.id }, saleTarget(sale)));
  moved.push(await bringInLine(tx, offerOf(versions), await offerTarget(tx, versions)));
  const net = Exact.sum(0, ...moved);
  if (net.lt(0)) await roomMade(tx, versions[0]!.customerId, quoteId);
  return net;
}

function offerOf([version]: readonly Version[]): Ref {
  return { kind: 'OFFER', id: version!.offerId };
}

function partiesOf(all: readonly Party[]): Party[] {
  const parties = new Map(
    all.map(({ customerId, companyId }) => [`${customerId}/${companyId}`, { customerId, companyId }]),
  );
  return [...parties.keys()].sort().map((key) => parties.get(key)!);
}

/** A contract that has ended counts in full until what it brought is invoiced and paid. */
function saleTarget(sale: Version): Target | null {
  if ((NEVER_IN_FORCE as readonly (string | null)[]).includes(sale.contractState)) return null;
  return { ...sale, kind: sale.isInForce ? 'ORDER' : 'RESERVATION' };
}

const BINDING = ['APPROVED', 'SENT'];

async function offerTarget(tx: EntityManager, versions: readonly Version[]): Promise<Target | null> {
  const binding = largest(versions.filter(({ state }) => BINDING.includes(state)));
  const wanted = largest(versions.filter(({ state }) => state === 'IN_APPROVAL' || BINDING.includes(state)));
  if (!wanted) return null;
  const own = (await heldOf(tx, offerOf(versions))).filter(
    ({ customerId }) => customerId === wanted.customerId,
  );
  const held = Exact.sum(0, ...own.map(({ base }) => base)).toFixed();
  const got = reservedFor({ wanted, binding, held }, await linesFor(tx, wanted));
  return got && { ...got, kind: 'RESERVATION' };
}

async function linesFor(tx: EntityManager, version: Version) {
  const now = await transactionTime(tx);
  const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
  return creditOf(tx, version, policy, now);
}

/** The later version of two that count the same. */
function largest(versions: readonly Version[]): Version | null {
  return versions.reduce<Version | null>(
    (most, next) => (most && new Exact(most.base).gt(next.base) ? most : next),
    null,
  );
}

/** Posts the difference between what is held and what is to be, wherever it stands. */
async function bringInLine(tx: EntityManager, ref: Ref, target: Target | null): Promise<Exact> {
  const held = await heldOf(tx, ref);
  let moved = new Exact(0);
  let entries = held[0]?.entries ?? 0;
  const isTarget = (at: Omit<Target, keyof Worth | 'rate'>) =>
    target !== null &&
    (['customerId', 'companyId', 'kind', 'currency'] as const).every((key) => at[key] === target[key]);
  const places: Omit<Held, 'entries'>[] =
    held.some(isTarget) || !target ? held : [...held, { ...target, amount: '0', base: '0' }];
  for (const place of places) {
    const is = isTarget(place) ? target! : { amount: '0', base: '0', rate: place.rate };
    const [amount, base] = [new Exact(is.amount).minus(place.amount), new Exact(is.base).minus(place.base)];
    if (amount.isZero() && base.isZero()) continue;
    entries += 1;
    moved = moved.plus(base);
    await postExposure(tx, {
      ...place,
      ref,
      rate: is.rate,
      amount: amount.toFixed(),
      base: base.toFixed(),
      sourceKey: `${ref.kind}/${ref.id}/${entries}`,
    });
  }
  return moved;
}

/**
 * There may be room again for what is in approval and not reserved, of the customer and the group: oldest first, each that
 * fits now is.
 * @returns whether any is
 */
export async function reserveWaiting(tx: EntityManager, customerId: string): Promise<boolean> {
  const waiting = await tx.query<{ id: string }[]>(
    `SELECT q.id FROM quote q JOIN approval_request r ON r.id = q.request_id
     WHERE q.customer_id IN (${groupOf('$1')}) AND q.state = 'IN_APPROVAL' ORDER BY r.submitted_at, q.id`,
    [customerId],
  );
  let isAny = false;
  for (const { id } of waiting) isAny = (await followDeal(tx, id)).gt(0) || isAny;
  return isAny;
}

/** Whoever is reserved by it is looked at again: the credit step may have nothing left to say. */
async function roomMade(tx: EntityManager, customerId: string, quoteId: string): Promise<void> {
  if (!(await reserveWaiting(tx, customerId))) return;
  const change = { kind: 'CREDIT' as const, text: 'credit', customerId, refId: quoteId };
  await tellOfChange(tx, { ...change, at: await transactionTime(tx), by: systemActor('credit').id }, null);
}
