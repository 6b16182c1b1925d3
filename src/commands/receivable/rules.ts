import type { EntityManager } from 'typeorm';
import type { CollectionPolicy } from '../../domain/collection/policy.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';

/** Tolerances, tiers, buckets and provisions in force now (policy kind `collection`). @throws DomainError NO_POLICY */
export async function ledgerRules(tx: EntityManager): Promise<CollectionPolicy> {
  return (await activePolicy<CollectionPolicy>(tx, 'collection', await transactionTime(tx))).content;
}
