import type { DataSource, EntityManager } from 'typeorm';
import { systemActor, type Actor } from '../../domain/actor.js';
import { refreshOf } from '../../domain/approval/fact-source.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { judge, type Held } from './apply.js';
import { readSources, saveSnapshots, withSnapshots } from './fact-sources.js';
import { apply } from './family.js';
import { approvalPolicyOf } from './policy-content.js';
import { changesOf, judgedBy } from './reassess.js';
import { replan } from './replan.js';
import { lockRequest, lockVisible, type ReadRight } from './request-lock.js';
import { saveContent } from './round.js';
import { subjectOwner } from './subjects.js';
import { commandInTurn } from './turn.js';

export type Refreshed = {
  requestId: string;
  seq: number;
  /** the values are others than before */
  changed: boolean;
  /** keys of the stages whose approvals the values of now are outside of */
  askedAgain: string[];
};

const ACTOR = systemActor('books');

/**
 * AE-MGR-3: reads again what the request's policy is told from the books. Unchanged, the request goes on with the instant
 * of now; else it is planned on the values of now, and approvals that do not cover them are void. By anybody who sees it.
 * Nothing happens where the policy is told nothing from the books.
 * @throws DomainError NOT_FOUND · REQUEST_STATE · STALE_SUBJECT · as planRound
 */
export function refreshRequest(
  db: DataSource,
  meta: CommandMeta,
  requestId: string,
  sees?: ReadRight,
): Promise<Answer<Refreshed>> {
  return commandInTurn(db, meta, requestId, async (tx) =>
    refreshHeld(tx, await lockVisible(tx, requestId, meta.actor, sees), meta),
  );
}

/** The same by the engine, after a yes was refused because what it would rest on is too old. */
export async function refreshAfter(
  db: DataSource,
  { actor, key, correlationId }: CommandMeta,
  requestId: string,
): Promise<void> {
  const scope = `request.refresh/${requestId}`;
  const meta = { actor: ACTOR, key: `${actor.id}/${key}`, scope, body: null, correlationId };
  await commandInTurn(db, meta, requestId, async (tx) =>
    refreshHeld(tx, await lockRequest(tx, requestId), meta),
  );
}

async function refreshHeld(
  tx: EntityManager,
  held: Held & { before: ApprovalState },
  { actor, correlationId }: { actor: Actor; correlationId: string | null },
): Promise<Refreshed> {
  const { before, head, kind, subjectId } = held;
  const { sources = [] } = (await approvalPolicyOf(tx, before.policy.id)).content;
  if (sources.length === 0) return { requestId: before.id, seq: before.seq, changed: false, askedAgain: [] };
  const loaded = await subjectOwner(kind).load(tx, subjectId);
  const snapshots = await readSources(tx, loaded, sources, head.now);
  const judged = await judgedBy(tx, before.id, before.round);
  // only what the books say is read again: what else has moved is told by whatever moved it
  const asJudged = {
    ...loaded,
    facts: { ...loaded.facts, ...judged.facts },
    confidential: judged.confidential,
    ...(loaded.measures ? { measures: { ...loaded.measures, ...before.measured?.values } } : {}),
    exposure: before.exposure,
  };
  const subject = withSnapshots(asJudged, snapshots);
  const changes = changesOf(judged.facts, subject.facts);
  const { facts, planned, context } = await replan(tx, before, subject, { actor, now: head.now, snapshots });
  const decided = judge(before, { type: 'REFRESH', facts, plan: planned.plan, changes }, context);
  const moved = decided.events.find((event) => event.type === 'request.reassessed');
  if (moved)
    await saveContent(tx, before, { subject, planned, at: head.now, by: { cause: refreshOf(snapshots) } });
  if (decided.events.length > 0) await saveSnapshots(tx, before.id, snapshots);
  await apply(tx, held, decided, { actor, cause: 'REFRESH', correlationId });
  return {
    requestId: before.id,
    seq: decided.after.seq,
    changed: moved !== undefined,
    askedAgain: moved?.broken?.map(({ stageKey }) => stageKey) ?? [],
  };
}
