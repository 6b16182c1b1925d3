import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import { afterDraftAct } from '../../domain/policy/draft.js';
import { pipelineOfKind } from '../../domain/opportunity/pipeline.js';
import { appendEvents } from '../events.js';
import { watchPipeline } from '../opportunity/watch.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import type { DraftChanged } from './draft.js';
import { isAuthor, lockDraft, mustBeOfLatest } from './draft-store.js';
import { mustLint } from './lint.js';
import { addVersion, lockRouting, mustBeToCome, type Published } from './versions.js';

/**
 * Hands a draft to a second person. What the linter calls an error stops it here, named at its cells (AE-POL-1).
 * @param submission.validFrom ISO instant its author wants it in force from; null: as soon as it is approved
 * @throws DomainError NOT_FOUND · STALE_VERSION · POLICY.DRAFT_STATE · POLICY.FROM_PAST · POLICY.BASE_CONFLICT there is a
 *   newer version than it was made from · POLICY_ERROR
 */
export function submitPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { draftId, rowVersion, validFrom }: { draftId: string; rowVersion: number; validFrom: string | null },
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'SUBMIT');
    mustBeVersion(draft, rowVersion);
    if (validFrom !== null) mustBeToCome(validFrom, head.now);
    await mustBeOfLatest(tx, draft);
    await mustLint(tx, draft);
    await tx.query(
      `UPDATE policy_draft SET state = $2, wanted_from = $3, submitted_by = $4, reviewed_by = NULL, review_reason = NULL,
         authors = CASE WHEN $4::uuid = ANY(authors) THEN authors ELSE authors || $4::uuid END,
         row_version = row_version + 1, updated_at = $5 WHERE id = $1`,
      [draftId, state, validFrom, meta.actor.id, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'policy.submitted', actor: meta.actor.id, payload: { kind: draft.kind, validFrom } },
    ]);
    return { draftId, rowVersion: rowVersion + 1 };
  });
}

/**
 * An author takes a draft out of review, to go on with it.
 * @throws DomainError NOT_FOUND · POLICY.DRAFT_STATE · POLICY.NOT_AUTHOR
 */
export function recallPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  draftId: string,
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'RECALL');
    if (!(await isAuthor(tx, draft, meta.actor.id))) throw new DomainError('POLICY.NOT_AUTHOR', { draftId });
    await tx.query(
      `UPDATE policy_draft SET state = $2, row_version = row_version + 1, updated_at = $3 WHERE id = $1`,
      [draftId, state, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'policy.recalled', actor: meta.actor.id, payload: { kind: draft.kind } },
    ]);
    return { draftId, rowVersion: draft.rowVersion + 1 };
  });
}

/**
 * A second person sends a draft back to its authors, saying why.
 * @throws DomainError NOT_FOUND · STALE_VERSION · POLICY.DRAFT_STATE · SOD_VIOLATION an author reviews
 */
export function sendBackPolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { draftId, rowVersion, reason }: { draftId: string; rowVersion: number; reason: string },
): Promise<Answer<DraftChanged>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'SEND_BACK');
    mustBeVersion(draft, rowVersion);
    if (await isAuthor(tx, draft, meta.actor.id)) throw ownReview();
    await tx.query(
      `UPDATE policy_draft SET state = $2, reviewed_by = $3, review_reason = $4, row_version = row_version + 1,
         updated_at = $5 WHERE id = $1`,
      [draftId, state, meta.actor.id, reason, head.now],
    );
    await appendEvents(tx, head, [
      { type: 'policy.sent-back', actor: meta.actor.id, payload: { kind: draft.kind, reason } },
    ]);
    return { draftId, rowVersion: rowVersion + 1 };
  });
}

/**
 * A second person approves a draft as they saw it: from an instant on it is the version in force, immutable. Requests
 * that are open keep the version they have pinned (AE-POL-1).
 * @param approval.validFrom ISO instant still to come; null: the one its author named, or at once
 * @throws DomainError NOT_FOUND · STALE_VERSION · POLICY.DRAFT_STATE · SOD_VIOLATION an author reviews, under whatever
 *   account · POLICY.FROM_PAST · POLICY.BASE_CONFLICT · POLICY.SCHEDULED_EXISTS · POLICY_ERROR the linter of now
 */
export function approvePolicyDraft(
  db: DataSource,
  meta: CommandMeta,
  { draftId, rowVersion, validFrom }: { draftId: string; rowVersion: number; validFrom: string | null },
): Promise<Answer<Published>> {
  return runCommand(db, meta, async (tx) => {
    const { head, draft } = await lockDraft(tx, draftId);
    const state = afterDraftAct(draft.state, 'APPROVE');
    mustBeVersion(draft, rowVersion);
    if (await isAuthor(tx, draft, meta.actor.id)) throw ownReview();
    if (validFrom !== null) mustBeToCome(validFrom, head.now);
    const wanted = draft.wantedFrom !== null && draft.wantedFrom > head.now ? draft.wantedFrom : head.now;
    const from = validFrom ?? wanted;
    await lockRouting(tx, draft);
    await mustBeOfLatest(tx, draft);
    await mustLint(tx, draft);
    const published = await addVersion(tx, draft, { by: meta.actor.id, from, now: head.now });
    const pipeline = pipelineOfKind(draft.kind);
    if (pipeline !== null) await watchPipeline(tx, pipeline, meta.correlationId);
    await tx.query(
      `UPDATE policy_draft SET state = $2, published_as = $3, reviewed_by = $4, row_version = row_version + 1,
         updated_at = $5 WHERE id = $1`,
      [draftId, state, published.policyId, meta.actor.id, head.now],
    );
    await appendEvents(tx, head, [
      {
        type: 'policy.published',
        actor: meta.actor.id,
        payload: { kind: draft.kind, validFrom: from, ...published },
      },
    ]);
    return published;
  });
}

function ownReview(): DomainError {
  return new DomainError('SOD_VIOLATION', { rule: 'author ≠ reviewer' });
}
