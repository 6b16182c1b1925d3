import type { EntityManager } from 'typeorm';
import type { Actor } from '../../domain/actor.js';
import {
  afterAct,
  NEVER_IN_FORCE,
  type ContractAct,
  type ContractState,
} from '../../domain/contract/contract.js';
import {
  afterLifeAct,
  type LifeAct,
  type Standing,
  type SuspensionCause,
} from '../../domain/contract/life.js';
import type { PlanTrigger } from '../../domain/contract/plan.js';
import type { Clause, ContractTerms } from '../../domain/contract/text.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { contractLifeMessage, quoteToContractMessage } from '../../workflows/messages.js';
import { tellOfCredit } from '../customer/credit.js';
import { followDeal } from '../credit/reserve.js';
import { appendEvents, lockAggregate, type AggregateHead } from '../events.js';
import { tellProcess } from '../outbox.js';
import { endBaselessFlow } from './signing-store.js';

/** A contract's row as commands need it. */
export interface ContractRow {
  id: string;
  number: string;
  version: number;
  customerId: string;
  quoteId: string;
  state: ContractState;
  rowVersion: number;
  ownerId: string;
  requestId: string | null;
  currency: string;
  total: string;
  termDays: number;
  deliveryDays: number | null;
  instalments: readonly {
    trigger: PlanTrigger;
    pct: string;
    days: number;
  }[];
  terms: ContractTerms;
  clauses: Clause[];
  textHash: string;
  zone: string;
  reminded: number[];
  /** null until it takes effect */
  base: Standing['base'] | null;
  changing: boolean;
  suspendedFor: SuspensionCause | null;
  effectiveOn: string | null;
  endsOn: string | null;
  durationMonths: number | null;
}

export interface HeldContract {
  head: AggregateHead;
  row: ContractRow;
}

/** Who acts, for events and messages. */
export interface By {
  actor: Actor;
  correlationId: string | null;
}

/** The contract under its lock. @throws DomainError NOT_FOUND */
export async function lockContract(tx: EntityManager, id: string): Promise<HeldContract> {
  const head = await lockAggregate(tx, 'contract', id);
  const [row] = await tx.query<ContractRow[]>(
    `SELECT c.id, c.number, c.version, c.customer_id AS "customerId", c.quote_id AS "quoteId", c.state, c.row_version AS "rowVersion", c.owner_id AS "ownerId",
       c.request_id AS "requestId", c.currency, trim_scale(c.total)::text AS total, c.term_days AS "termDays",
       c.delivery_days AS "deliveryDays", c.instalments, c.terms, c.clauses, c.text_hash AS "textHash", o.zone, c.reminded, c.base, c.changing, c.suspended_for AS "suspendedFor",
       c.effective_on::text AS "effectiveOn", c.ends_on::text AS "endsOn", c.duration_months AS "durationMonths"
     FROM contract c JOIN employee o ON o.id = c.owner_id WHERE c.id = $1`,
    [id],
  );
  if (!head || !row) throw new DomainError('NOT_FOUND', { contractId: id });
  return { head, row };
}

export interface Step {
  act: ContractAct;
  type: string;
  payload: JsonObject;
  /** columns that change with the state, besides it */
  set?: Readonly<Record<string, unknown>>;
}

/** One act of the contract's life: state, columns, event, message to its process. @throws DomainError as afterAct */
export async function step(
  tx: EntityManager,
  { head, row }: HeldContract,
  by: By,
  { act, type, payload, set = {} }: Step,
): Promise<ContractState> {
  const state = afterAct(row.state, act);
  const seq = await write({ tx, head, row, by }, state, { type, payload, set });
  await tellProcess(tx, quoteToContractMessage(row.quoteId, seq), by.correlationId);
  if (NEVER_IN_FORCE.includes(state)) await tellOfTotal(tx, { head, row }, by);
  if (state === 'EFFECTIVE') {
    await followDeal(tx, row.quoteId);
    await tellProcess(tx, contractLifeMessage(row.id, seq), by.correlationId);
  }
  return state;
}

/** What the customer owes by the contract is another amount now. */
export async function tellOfTotal(tx: EntityManager, { head, row }: HeldContract, by: By): Promise<void> {
  await followDeal(tx, row.quoteId);
  const change = { customerId: row.customerId, refId: row.id, at: head.now, by: by.actor.id };
  await tellOfCredit(tx, change, by.correlationId);
}

export interface LifeStep extends Omit<Step, 'act'> {
  act: LifeAct;
}

/** One act of a contract that has taken effect. @throws DomainError as afterLifeAct */
export async function lifeStep(
  tx: EntityManager,
  { head, row }: HeldContract,
  by: By,
  { act, type, payload, set = {} }: LifeStep,
): Promise<ContractState> {
  const { state, standing } = afterLifeAct(row.state, standingOf(row), act);
  const columns = {
    ...(state === 'SUSPENDED' ? {} : { suspended_for: null }),
    ...set,
    base: standing.base,
    changing: standing.changing,
  };
  const seq = await write({ tx, head, row, by }, state, { type, payload, set: columns });
  await tellProcess(tx, contractLifeMessage(row.id, seq), by.correlationId);
  return state;
}

export function standingOf({
  base,
  state,
  changing,
}: Pick<ContractRow, 'base' | 'state' | 'changing'>): Standing {
  return { base: base ?? 'EFFECTIVE', suspended: state === 'SUSPENDED', changing };
}

/** Something of a contract in force has changed but not its state: noted in its chain, and told its process. */
export async function noteLife(
  tx: EntityManager,
  { head, row }: HeldContract,
  by: By,
  { type, payload }: Pick<Step, 'type' | 'payload'>,
): Promise<void> {
  const after = await appendEvents(tx, head, [{ type, actor: by.actor.id, payload }]);
  await tellProcess(tx, contractLifeMessage(row.id, after.seq), by.correlationId);
  await endBaselessFlow(tx, after, row, by);
}

/** The day it is now where the contract's owner works. */
export async function todayOf(tx: EntityManager, { head, row }: HeldContract): Promise<string> {
  const [today] = await tx.query<{ day: string }[]>(
    `SELECT ($1::timestamptz AT TIME ZONE $2)::date::text AS day`,
    [head.now, row.zone],
  );
  return today!.day;
}

async function write(
  { tx, head, row, by }: HeldContract & { tx: EntityManager; by: By },
  state: ContractState,
  { type, payload, set = {} }: Omit<Step, 'act'>,
): Promise<number> {
  const columns = Object.entries(set);
  const assignments = columns.map(([name], index) => `, ${name} = $${index + 3}`).join('');
  await tx.query(
    `UPDATE contract SET state = $2, row_version = row_version + 1, updated_at = now()${assignments} WHERE id = $1`,
    [row.id, state, ...columns.map(([, value]) => value)],
  );
  const after = await appendEvents(tx, head, [{ type, actor: by.actor.id, payload }]);
  await endBaselessFlow(tx, after, row, by);
  return after.seq;
}
