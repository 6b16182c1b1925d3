import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  factsOfSnapshots,
  type FactSnapshot,
  type FactSourceKey,
  type SourceRule,
} from '../../domain/approval/fact-source.js';
import { openContracts } from '../contract/open-contracts.source.js';
import type { ApprovalSubject } from './subject.js';

/** What the books say about a subject, read in the running transaction; the facts are those its key declares. */
export type FactSource = (tx: EntityManager, subject: ApprovalSubject) => Promise<FactSnapshot['facts']>;

const SOURCES: Readonly<Record<FactSourceKey, FactSource>> = { OPEN_CONTRACTS: openContracts };

/** Reads what a policy asks for; nothing is stored yet (AE-PLAN-1). @param asOf ISO instant of the transaction */
export async function readSources(
  tx: EntityManager,
  subject: ApprovalSubject,
  rules: readonly SourceRule[],
  asOf: string,
): Promise<FactSnapshot[]> {
  const snapshots: FactSnapshot[] = [];
  for (const { source, snapshotMaxAgeMinutes: maxAgeMinutes } of rules)
    snapshots.push({
      id: uuidv7(),
      source,
      asOf,
      maxAgeMinutes,
      facts: await SOURCES[source](tx, subject),
    });
  return snapshots;
}

/** The subject with what was read: the table, reasons and envelopes see it, its content does not hold it. */
export function withSnapshots(
  subject: ApprovalSubject,
  snapshots: readonly FactSnapshot[] | undefined,
): ApprovalSubject {
  if (!snapshots || snapshots.length === 0) return subject;
  const read = factsOfSnapshots(snapshots);
  const measures = subject.measures ? { measures: { ...subject.measures, ...read } } : {};
  return { ...subject, facts: { ...subject.facts, ...read }, ...measures };
}

/** Kept for good: what a decision rested on can be read by the id it names. */
export async function saveSnapshots(
  tx: EntityManager,
  requestId: string,
  snapshots: readonly FactSnapshot[] = [],
): Promise<void> {
  for (const { id, source, asOf, facts } of snapshots)
    await tx.query(
      `INSERT INTO fact_snapshot (id, request_id, source, as_of, facts) VALUES ($1, $2, $3, $4, $5)`,
      [id, requestId, source, asOf, JSON.stringify(facts)],
    );
}
