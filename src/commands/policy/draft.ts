import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { afterDraftAct } from '../../domain/policy/draft.js';
import { appendEvents, beginAggregate } from '../events.js';
import { digest } from '../hash.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { latestVersion, lockDraft, type PolicyDraft } from './draft-store.js';
import { mustBeKind } from './lint.js';

export interface NewPolicyDraft {
  kind: string;
  /** left out: what the newest version says */
  content?: Json;
  /** why it changes */
  note: string;
}

export type DraftChanged = { draftId: string; rowVersion: number };

const hashOf = (content: Json) => digest(content).toString('hex');

/**
 * Begins the next version of a policy, from its newest one. What it says may still be wrong: the linter names it, and
 * nothing that it names as an error gets into review (AE-POL-1).
 * @throws DomainError POLICY.KIND there is no such kind · NO_POLICY nothing to begin from
 */
export function createPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { kind, content, note }: NewPolicyDraft,
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    mustBeKind(kind);
    const base = await latestVersion(tx, kind);
    const first = content ?? base?.content;
    if (first === undefined) throw new DomainError('NO_POLICY', { kind });
    const draftId = uuidv7();
    const head = await beginAggregate(tx, 'policy', draftId);
    await tx.query(
      `INSERT INTO policy_draft (id, kind, content, note, created_by, authors, based_on, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, ARRAY[$5::uuid], $6, $7, $7)`,
      [draftId, kind, JSON.stringify(first), note, meta.actor.id, base?.id ?? null, head.now],
    );
    await appendEvents(tx, head, [
      {
        type: 'policy.proposed',
        actor: meta.actor.id,
        payload: { kind, note, basedOn: base?.id ?? null, contentHash: hashOf(first) },
      },
    ]);
    return { draftId, rowVersion: 1 };
  });
}

export interface PolicyDraftEdit {
  draftId: string;
  /** as the editor read it */
  rowVersion: number;
  content: Json;
  note?: string;
  /** the newest version, when the editor has taken over what it changed; left out: as before */
  basedOn?: string;
}

/**
 * New content for a draft; whoever edits is one of its authors from then on.
 * @throws DomainError NOT_FOUND · STALE_VERSION · POLICY.DRAFT_STATE · POLICY.BASE_CONFLICT `basedOn` is not the newest
 */
export function editPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { content, ...edit }: PolicyDraftEdit,
): Promise<Answer<DraftChanged>> {
  return changePolicyDraft(db, meta, edit, () => content);
}

/** As editPolicyDraft, with content that is made from what is stored. */
export function changePolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { draftId, rowVersion, note, basedOn }: Omit<PolicyDraftEdit, 'content'>,
  contentFrom: (draft: PolicyDraft) => Json | Promise<Json>,
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'EDIT');
    mustBeVersion(draft, rowVersion);
    if (basedOn !== undefined) await mustBeNewest(tx, draft.kind, basedOn);
    const content = await contentFrom(draft);
    await tx.query(
      `UPDATE policy_draft SET content = $2, note = coalesce($3, note), based_on = coalesce($4, based_on), state = $5,
         authors = CASE WHEN $6::uuid = ANY(authors) THEN authors ELSE authors || $6::uuid END,
         row_version = row_version + 1, updated_at = $7 WHERE id = $1`,
      [draftId, JSON.stringify(content), note ?? null, basedOn ?? null, state, meta.actor.id, head.now],
    );
    await appendEvents(tx, head, [
      {
        type: 'policy.edited',
        actor: meta.actor.id,
        payload: {
          before: hashOf(draft.content),
          after: hashOf(content),
          ...(note === undefined ? {} : { note }),
          ...(basedOn === undefined ? {} : { basedOn }),
        },
      },
    ]);
    return { draftId, rowVersion: rowVersion + 1 };
  });
}

async function mustBeNewest(tx: EntityManager, kind: string, basedOn: string): Promise<void> {
  const latest = await latestVersion(tx, kind);
  if (latest?.id !== basedOn)
    throw new DomainError('POLICY.BASE_CONFLICT', {
      latest: latest?.id ?? null,
      version: latest?.version ?? null,
    });
}

/**
 * Gives a draft up. It stays on record and leaves every list.
 * @throws DomainError NOT_FOUND · POLICY.DRAFT_STATE
 */
export function discardPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  draftId: string,
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'DISCARD');
    await tx.query(
      `UPDATE policy_draft SET state = $2, row_version = row_version + 1, updated_at = $3 WHERE id = $1`,
      [draftId, state, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'policy.discarded', actor: meta.actor.id, payload: { kind: draft.kind } },
    ]);
    return { draftId, rowVersion: draft.rowVersion + 1 };
  });
}
