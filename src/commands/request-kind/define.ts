import type { DataSource, EntityManager } from 'typeorm';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { appendEvents, beginAggregate, lockAggregate, type AggregateHead } from '../events.js';
import { digest } from '../hash.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { mustLintKind } from './lint.js';

export type KindChanged = { key: string; version: number };

/** Names the aggregate of a kind by its key. */
const NAMESPACE = '5f0f1d4e-6f0b-4f3a-9a51-2f6f6f1d7c11';

/**
 * A new request kind, in force at once: a business without code (AE-START-1).
 * @throws DomainError ALREADY_EXISTS · KIND_ERROR with everything the linter says
 */
export function defineKind(
  db: DataSource,
  meta: CommandMeta,
  { key, content, note }: { key: string; content: Json; note: string },
): Promise<Answer<KindChanged>> {
  return runCommand(db, meta, async (tx) => {
    const added = await tx.query<unknown[]>(
      `INSERT INTO request_kind (key) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1`,
      [key],
    );
    if (added.length === 0) throw new DomainError('ALREADY_EXISTS', { requestKind: key });
    await mustLintKind(tx, content);
    const head = await beginAggregate(tx, 'request-kind', aggregateOf(key));
    return addVersion(tx, head, meta, { key, version: 1, content, note, type: 'kind.defined' });
  });
}

/**
 * The next version of a kind. Requests that are open keep theirs (AE-POL-1).
 * @throws DomainError NOT_FOUND · KIND_RETIRED · STALE_VERSION · KIND_ERROR
 */
export function editKind(
  db: DataSource,
  meta: CommandMeta,
  {
    key,
    content,
    note,
    expectedVersion,
  }: { key: string; content: Json; note: string; expectedVersion: number },
): Promise<Answer<KindChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, version, retired } = await lockKind(tx, key);
    if (retired) throw new DomainError('KIND_RETIRED', { requestKind: key });
    if (version !== expectedVersion) throw new DomainError('STALE_VERSION', { currentVersion: version });
    await mustLintKind(tx, content);
    return addVersion(tx, head, meta, { key, version: version + 1, content, note, type: 'kind.edited' });
  });
}

/**
 * No more requests of the kind are started; what is open goes on, and may be resubmitted.
 * @throws DomainError NOT_FOUND · KIND_RETIRED it is already
 */
export function retireKind(
  db: DataSource,
  meta: CommandMeta,
  { key, reason }: { key: string; reason: string },
): Promise<Answer<KindChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, version, retired } = await lockKind(tx, key);
    if (retired) throw new DomainError('KIND_RETIRED', { requestKind: key });
    await tx.query(`UPDATE request_kind SET retired_at = now() WHERE key = $1`, [key]);
    await appendEvents(tx, head, [
      { type: 'kind.retired', actor: meta.actor.id, payload: { key, version, reason } },
    ]);
    return { key, version };
  });
}

interface NewVersion {
  key: string;
  version: number;
  content: Json;
  note: string;
  type: 'kind.defined' | 'kind.edited';
}

async function addVersion(
  tx: EntityManager,
  head: AggregateHead,
  { actor }: CommandMeta,
  { key, version, content, note, type }: NewVersion,
): Promise<KindChanged> {
  const hash = digest(content);
  await insertVersion(tx, { key, version, content, note, by: actor.id });
  const payload = { key, version, note, contentHash: hash.toString('hex') };
  await appendEvents(tx, head, [{ type, actor: actor.id, payload }]);
  return { key, version };
}

async function lockKind(
  tx: EntityManager,
  key: string,
): Promise<{ head: AggregateHead; version: number; retired: boolean }> {
  // a seeded kind has no history until somebody changes it
  const [exists] = await tx.query<unknown[]>(`SELECT 1 FROM request_kind WHERE key = $1 FOR UPDATE`, [key]);
  if (!exists) throw new DomainError('NOT_FOUND', { requestKind: key });
  const id = aggregateOf(key);
  const head =
    (await lockAggregate(tx, 'request-kind', id)) ?? (await beginAggregate(tx, 'request-kind', id));
  const [row] = await tx.query<{ version: number; retired: boolean }[]>(
    `SELECT max(v.version) AS version, k.retired_at IS NOT NULL AS retired
     FROM request_kind k JOIN request_kind_version v ON v.key = k.key WHERE k.key = $1 GROUP BY k.key`,
    [key],
  );
  return { head, version: row!.version, retired: row!.retired };
}

async function insertVersion(
  tx: EntityManager,
  { key, version, content, note, by }: Omit<NewVersion, 'type'> & { by: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO request_kind_version (id, key, version, content, content_hash, note, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [uuidv7(), key, version, JSON.stringify(content), digest(content), note, by],
  );
}

/** The first version of a kind, when there is none yet. A second call changes nothing. */
export async function addFirstKind(tx: EntityManager, key: string, content: Json): Promise<void> {
  const added = await tx.query<unknown[]>(
    `INSERT INTO request_kind (key) VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1`,
    [key],
  );
  if (added.length > 0)
    await insertVersion(tx, { key, version: 1, content, note: 'first version', by: 'system:seed' });
}

function aggregateOf(key: string): string {
  return uuidv5(key, NAMESPACE);
}
