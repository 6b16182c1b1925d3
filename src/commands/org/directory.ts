import type { DataSource, EntityManager } from 'typeorm';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { partOf } from '../../domain/org/part.js';
import { loadOrganisation, type Organisation } from './organisation.js';
import { orgRevision } from './revision.js';

const MAX_KEPT = 8;
const kept = new WeakMap<DataSource, Organisation[]>();

export interface DirectoryWanted {
  /** initiator, subject owner, beneficiaries, named approvers, seat holders: whoever the decision may be about */
  personIds: readonly string[];
  /** further units whose role holders may be needed: the subject's own */
  unitIds?: readonly string[];
  /** ISO instant */
  at: string;
}

/**
 * The part of the organisation one request needs, at one instant: the persons given, their reporting lines, their
 * stand-ins, and whoever holds a role over their units or everywhere. The organisation is read once per revision.
 */
export async function loadDirectory(tx: EntityManager, wanted: DirectoryWanted): Promise<DirectorySnapshot> {
  const organisation = await organisationAt(tx, wanted.at);
  return partOf(organisation.snapshot, wanted.personIds, wanted.unitIds ?? [], wanted.at);
}

/** Everybody at one instant, for what concerns the organisation as a whole. */
export async function wholeDirectory(tx: EntityManager, at: string): Promise<DirectorySnapshot> {
  return { ...(await organisationAt(tx, at)).snapshot, at };
}

async function organisationAt(tx: EntityManager, at: string): Promise<Organisation> {
  const revision = await orgRevision(tx);
  const atMs = Date.parse(at);
  const known = kept.get(tx.connection) ?? [];
  const found = known.find(
    ({ snapshot, fromMs, untilMs }) => snapshot.revision === revision && fromMs <= atMs && atMs < untilMs,
  );
  if (found) return found;
  const loaded = await loadOrganisation(tx, at);
  kept.set(tx.connection, [loaded, ...known].slice(0, MAX_KEPT));
  return loaded;
}
