import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { AlertKind } from '../../domain/contract/alerts.js';

export interface ContractNews {
  personId: string;
  kind: AlertKind | 'CONTRACT_HANDED_OVER' | 'CONTRACT_DUTY_MOVED' | 'CONTRACT_SIGNING';
  contractId: string;
  /** who is in charge of what is due, owns the contract, or had it before */
  ownerId: string;
  /** ISO instant of the transaction */
  at: string;
  /** names the occasion for ever: the same is never told twice */
  key: string;
}

/** What is said of a contract in the console of whoever is to act. */
export async function tellOfContract(
  tx: EntityManager,
  { personId, kind, contractId, ownerId, at, key }: ContractNews,
): Promise<void> {
  await tx.query(
    `INSERT INTO notification (id, person_id, kind, contract_id, dedupe_key, params, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dedupe_key) DO NOTHING`,
    [
      uuidv7(),
      personId,
      kind,
      contractId,
      `${kind}/${personId}/${contractId}/${key}`.slice(0, 300),
      JSON.stringify({ by: ownerId }),
      at,
    ],
  );
}
