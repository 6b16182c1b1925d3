import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import type { Step } from '../approval/time.js';
import { appendEvents } from '../events.js';
import { activePolicy } from '../policy/policy.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockContract, step } from './store.js';

export type ContractMoved = { contractId: string; state: string };

/** A sealed contract that the customer did not sign in time lapses, by Postgres' clock. Otherwise nothing happens. */
export function lapseContract(db: DataSource, by: Step, contractId: string): Promise<Answer<ContractMoved>> {
  const meta = byTime(by, 'contract.lapse', contractId);
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, contractId);
    if (held.row.state !== 'SEALED' || !(await isUnsigned(tx, contractId, held.head.now)))
      return moved(held.row);
    const state = await step(tx, held, meta, { act: 'LAPSE', type: 'contract.lapsed', payload: {} });
    return { contractId, state };
  });
}

/** Notes that the owner was reminded that the customer has not signed `days` days after sealing; once per value. */
export function remindOfSignature(
  db: DataSource,
  by: Step,
  contractId: string,
  days: number,
): Promise<Answer<ContractMoved>> {
  return remind(db, byTime(by, `contract.remind-signature-${days}`, contractId), contractId, {
    type: 'contract.signature-reminder',
    days,
  });
}

/** Notes that the seal keepers were reminded of an approved contract; 0 stands for the seal in the list of reminders. */
export function remindOfSeal(db: DataSource, by: Step, contractId: string): Promise<Answer<ContractMoved>> {
  return remind(db, byTime(by, 'contract.remind-seal', contractId), contractId, {
    type: 'contract.seal-reminder',
    days: 0,
  });
}

function remind(
  db: DataSource,
  meta: CommandMeta,
  contractId: string,
  { type, days }: { type: string; days: number },
): Promise<Answer<ContractMoved>> {
  return runCommand(db, meta, async (tx) => {
    const { head, row } = await lockContract(tx, contractId);
    if (!row.reminded.includes(days)) {
      await tx.query(`UPDATE contract SET reminded = reminded || $2::int WHERE id = $1`, [contractId, days]);
      await appendEvents(tx, head, [{ type, actor: meta.actor.id, payload: { days } }]);
    }
    return moved(row);
  });
}

async function isUnsigned(tx: EntityManager, contractId: string, now: string): Promise<boolean> {
  const { content } = await activePolicy<ContractPolicy>(tx, 'contract', now);
  const [row] = await tx.query<{ over: boolean }[]>(
    `SELECT sealed_at + make_interval(days => $2) <= $3::timestamptz AS over FROM contract WHERE id = $1`,
    [contractId, content.signatureLapseDays, now],
  );
  return row?.over ?? false;
}

function moved(row: { id: string; state: string }): ContractMoved {
  return { contractId: row.id, state: row.state };
}

function byTime({ key, correlationId }: Step, command: string, contractId: string): CommandMeta {
  return { actor: systemActor('process'), key, scope: `${command}/${contractId}`, body: null, correlationId };
}
