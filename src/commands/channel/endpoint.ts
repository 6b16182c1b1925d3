import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { outboundUrlProblem } from '../../domain/outbound/outbound-url.js';
import { appendEvents, beginAggregate, lockAggregate } from '../events.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import type { SecretBox } from './secret-box.js';

/** Robots of messengers and webhooks; mail is the operator's own. */
export const OUTSIDE_CHANNELS = ['DINGTALK', 'FEISHU', 'WECOM', 'WEBHOOK'] as const;
export type OutsideChannel = (typeof OUTSIDE_CHANNELS)[number];

export interface NewEndpoint {
  channel: OutsideChannel;
  name: string;
  url: string;
  /** what messages are signed with; null: none */
  secret: string | null;
  /** kinds of notice or types of event; none: those a channel gets by itself */
  kinds: readonly string[];
  /** a robot that only this person reads; null: a group's */
  personId: string | null;
  locale: 'zh-CN' | 'en';
}

export interface EndpointChange {
  id: string;
  expectedVersion: number;
  name?: string | undefined;
  url?: string | undefined;
  /** null takes it away; left out: as it is */
  secret?: string | null | undefined;
  kinds?: readonly string[] | undefined;
  state?: 'ACTIVE' | 'DISABLED' | undefined;
}

/** Seals what is secret, and knows which addresses an operator lets messages go to although they are not public. */
export interface EndpointVault {
  box: SecretBox;
  allowedHosts: readonly string[];
}

/** Of a webhook: `whsec_` and base64, as Standard Webhooks has it. */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/** @throws DomainError VALIDATION the address or the secret cannot be used · NOT_FOUND no such person */
export function createEndpoint(
  db: DataSource,
  meta: CommandMeta,
  endpoint: NewEndpoint,
  vault: EndpointVault,
): Promise<Answer<{ id: string }>> {
  const { channel, name, url, secret, kinds, personId, locale } = endpoint;
  return runCommand(db, hidden(meta, vault), async (tx) => {
    mustBeUsable(channel, { url, secret }, vault);
    const id = uuidv7();
    const [person] = personId
      ? await tx.query<unknown[]>(`SELECT 1 FROM employee WHERE id = $1 AND status <> 'LEFT'`, [personId])
      : [true];
    if (!person) throw new DomainError('NOT_FOUND', { personId });
    await tx.query(
      `INSERT INTO channel_endpoint (id, channel, name, url, secrets, kinds, person_id, locale)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [id, channel, name, vault.box.seal(url), sealed(vault, secret), kinds, personId, locale],
    );
    await record(tx, id, meta, 'endpoint.created', { channel, name, kinds: [...kinds], personId });
    return { id };
  });
}

/** @throws DomainError VALIDATION · NOT_FOUND · STALE_VERSION */
export function changeEndpoint(
  db: DataSource,
  meta: CommandMeta,
  change: EndpointChange,
  vault: EndpointVault,
): Promise<Answer<{ id: string }>> {
  const { id, expectedVersion, name, url, secret, kinds, state } = change;
  return runCommand(db, hidden(meta, vault), async (tx) => {
    const [row] = await tx.query<{ channel: OutsideChannel; version: number }[]>(
      `SELECT channel, version FROM channel_endpoint WHERE id = $1 AND channel <> 'MAIL' FOR UPDATE`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND');
    if (row.version !== expectedVersion) throw new DomainError('STALE_VERSION', { version: row.version });
    mustBeUsable(row.channel, { url, secret }, vault);
    await tx.query(
      `UPDATE channel_endpoint SET version = version + 1, name = coalesce($2, name), url = coalesce($3, url),
         secrets = coalesce($4, secrets), kinds = coalesce($5, kinds), state = coalesce($6, state),
         disabled_code = CASE WHEN $6 = 'ACTIVE' THEN NULL WHEN $6 = 'DISABLED' THEN 'BY_ADMIN' ELSE disabled_code END
       WHERE id = $1`,
      [
        id,
        name ?? null,
        url === undefined ? null : vault.box.seal(url),
        secret === undefined ? null : sealed(vault, secret),
        kinds ?? null,
        state ?? null,
      ],
    );
    const changed = Object.keys(change).filter((field) => field !== 'id' && field !== 'expectedVersion');
    await record(tx, id, meta, 'endpoint.changed', { changed, state: state ?? null });
    return { id };
  });
}

/** A key keeps a digest of its body: an address and a secret must not be guessed from it. */
function hidden(meta: CommandMeta, { box }: EndpointVault): CommandMeta {
  return { ...meta, body: box.fingerprint(JSON.stringify(meta.body)) };
}

function sealed({ box }: EndpointVault, secret: string | null): string {
  return JSON.stringify(secret === null ? [] : [box.seal(secret)]);
}

function mustBeUsable(
  channel: OutsideChannel,
  { url, secret }: { url?: string | undefined; secret?: string | null | undefined },
  { allowedHosts }: EndpointVault,
): void {
  const problem = url === undefined ? null : outboundUrlProblem(url, allowedHosts);
  if (problem)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/url', code: problem, rule: 'https to a public host' },
    ]);
  if (channel === 'WEBHOOK' && secret !== undefined && !(secret !== null && WEBHOOK_SECRET.test(secret)))
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/secret', code: 'INVALID', rule: 'whsec_ and at least 24 bytes as base64' },
    ]);
}

/** The chain keeps who changed which endpoint, never where it points or what it signs with. */
async function record(
  tx: EntityManager,
  id: string,
  { actor }: CommandMeta,
  type: string,
  payload: { [key: string]: string | string[] | null },
): Promise<void> {
  const head = (await lockAggregate(tx, 'operation', id)) ?? (await beginAggregate(tx, 'operation', id));
  await appendEvents(tx, head, [{ type, actor: actor.id, payload: { endpointId: id, ...payload } }]);
}
