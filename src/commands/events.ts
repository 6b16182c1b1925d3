import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../domain/actor.js';
import type { JsonObject } from '../domain/json.js';
import { prepared } from '../db/prepared.js';
import { digest } from './hash.js';
import { sealTexts, type PersonalText } from './personal-text.js';

/** Where an aggregate's chain ends, held under its row lock, with the database's clock. */
export interface AggregateHead {
  kind: string;
  id: string;
  seq: number;
  hash: Buffer;
  /** ISO instant of this transaction by Postgres' clock; the only clock a command knows */
  now: string;
}

export interface NewEvent {
  type: string;
  actor: Actor['id'];
  onBehalfOf?: string | null;
  cause?: string | null;
  payload: JsonObject;
}

const GENESIS = Buffer.alloc(32);
const UTC_MS = `to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** ISO instant of the running transaction by Postgres' clock. */
export async function transactionTime(tx: EntityManager): Promise<string> {
  const [row] = await tx.query<{ now: string }[]>(`SELECT ${UTC_MS} AS now`);
  return row!.now;
}

/**
 * The clock is read after the lock was waited for, and is past the chain's last event even where it was set back: of two
 * commands the later one has the later time.
 */
const LOCK = `
  WITH held AS (SELECT seq, hash, at FROM event_head WHERE aggregate_kind = $1 AND aggregate_id = $2 FOR UPDATE)
  SELECT seq, hash, to_char(greatest(clock_timestamp(), at + interval '1 ms') AT TIME ZONE 'UTC',
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS now FROM held`;

/** Takes the aggregate's lock, waiting for other commands on it (AE-CMD-6). Null when it does not exist. */
export async function lockAggregate(
  tx: EntityManager,
  kind: string,
  id: string,
): Promise<AggregateHead | null> {
  const [row] = await prepared<{ seq: string; hash: Buffer; now: string }>(tx, LOCK, [kind, id]);
  return row ? { kind, id, seq: Number(row.seq), hash: row.hash, now: row.now } : null;
}

/** Begins an aggregate's chain. A second beginning of the same id fails on the primary key. */
export async function beginAggregate(tx: EntityManager, kind: string, id: string): Promise<AggregateHead> {
  const [row] = await tx.query<{ now: string }[]>(
    `INSERT INTO event_head (aggregate_kind, aggregate_id, seq, hash) VALUES ($1, $2, 0, $3) RETURNING ${UTC_MS} AS now`,
    [kind, id, GENESIS],
  );
  return { kind, id, seq: 0, hash: GENESIS, now: row!.now };
}

/** Takes the lock of a chain that begins with its first event, whoever comes first. */
export async function continueAggregate(tx: EntityManager, kind: string, id: string): Promise<AggregateHead> {
  await tx.query(
    `INSERT INTO event_head (aggregate_kind, aggregate_id, seq, hash) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING`,
    [kind, id, GENESIS],
  );
  const head = await lockAggregate(tx, kind, id);
  if (!head) throw new Error(`the chain ${kind}/${id} vanished`);
  return head;
}

/** The chained form of an event: what its hash covers besides the hash before it (AE-AUD-1). */
export function eventDigest(prev: Buffer, event: JsonObject): Buffer {
  return digest({ prev: prev.toString('hex'), event });
}

const APPEND = `
  WITH added AS (
    INSERT INTO event (aggregate_kind, aggregate_id, seq, id, type, actor, on_behalf_of, cause, payload, at, prev_hash, hash)
    SELECT $1, $2, e.seq, e.id, e.type, e.actor, e."onBehalfOf", e.cause, e.payload, e.at, e.prev_hash, e.hash
    FROM jsonb_to_recordset($3::jsonb) AS e(seq bigint, id uuid, type varchar, actor varchar, "onBehalfOf" uuid,
      cause varchar, payload jsonb, at timestamptz, prev_hash bytea, hash bytea)
  ), texts AS (
    INSERT INTO personal_text (digest, salt, text, author_id, aggregate_kind, aggregate_id, at)
    SELECT t.digest, t.salt, t.text, t."authorId", $1, $2, $6::timestamptz
    FROM jsonb_to_recordset($7::jsonb) AS t(digest bytea, salt bytea, text text, "authorId" uuid)
  )
  UPDATE event_head SET seq = $4, hash = $5, at = $6::timestamptz WHERE aggregate_kind = $1 AND aggregate_id = $2`;

/**
 * Appends to the chain in one statement and returns the new head. `seq` stays gap-free: the lock is held. What people
 * wrote freely goes beside the chain (AE-AUD-3).
 */
export async function appendEvents(
  tx: EntityManager,
  head: AggregateHead,
  events: readonly NewEvent[],
): Promise<AggregateHead> {
  if (events.length === 0) return head;
  let { seq, hash } = head;
  const texts: PersonalText[] = [];
  const rows = events.map((event) => {
    seq += 1;
    const sealed = sealTexts(event.payload, event.actor);
    texts.push(...sealed.texts);
    const body = {
      id: uuidv7(),
      aggregate: `${head.kind}/${head.id}`,
      seq,
      type: event.type,
      actor: event.actor,
      onBehalfOf: event.onBehalfOf ?? null,
      cause: event.cause ?? null,
      payload: sealed.payload,
      at: head.now,
    };
    const prev = hash;
    hash = eventDigest(prev, body);
    return { ...body, prev_hash: bytea(prev), hash: bytea(hash) };
  });
  await prepared(tx, APPEND, [
    head.kind,
    head.id,
    JSON.stringify(rows),
    seq,
    hash,
    head.now,
    JSON.stringify(texts.map((text) => ({ ...text, digest: bytea(text.digest), salt: bytea(text.salt) }))),
  ]);
  return { ...head, seq, hash };
}

function bytea(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
