import type { DataSource, EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import type { FactChange, Reassessment } from '../../domain/approval/reassessment.js';
import type { Json } from '../../domain/json.js';
import type { Facts } from '../../policy/facts.js';
import { hexDigest } from '../hash.js';
import { judge } from './apply.js';
import { walkRequests, type EachRequest, type Walked } from './each-request.js';
import { withSnapshots } from './fact-sources.js';
import { apply } from './family.js';
import { replan } from './replan.js';
import { lockRequest } from './request-lock.js';
import { saveContent } from './round.js';
import { subjectOwner } from './subjects.js';
import type { Step } from './time.js';
import { commandInTurn } from './turn.js';

const ACTOR = systemActor('pricing');

/**
 * What open requests are judged by has moved: each is looked at again in a command of its own, under the policy it has
 * pinned. Whoever is newly needed is asked; else it goes on, and shows what moved. Repeated, nothing happens twice.
 * @param beat called after each request
 */
export function reassessRequests(
  db: DataSource,
  step: Step,
  find: EachRequest['find'],
  cause: Reassessment,
  beat: (requestId: string) => void,
): Promise<Walked> {
  const one = async (requestId: string): Promise<boolean> => {
    const { key, correlationId } = step;
    const meta = { actor: ACTOR, key, scope: `request.reassess/${requestId}`, body: null, correlationId };
    const { value } = await commandInTurn(db, meta, requestId, async (tx) => ({
      changed: await reassess(tx, requestId, cause, correlationId),
    }));
    return value.changed;
  };
  return walkRequests(find, one, beat);
}

/** As reassessRequests, one, in a transaction that has moved something itself. @returns whether it changed */
export async function reassess(
  tx: EntityManager,
  requestId: string,
  cause: Reassessment,
  correlationId: string | null,
): Promise<boolean> {
  const held = await lockRequest(tx, requestId);
  const { before, head, kind, subjectId } = held;
  if (before.state !== 'PENDING') return false;
  const { snapshots } = before;
  const subject = withSnapshots(await subjectOwner(kind).load(tx, subjectId), snapshots);
  if (hexDigest(subject.content) !== before.subjectHash) return false;
  const changes = changesOf((await judgedBy(tx, requestId, before.round)).facts, subject.facts);
  if (changes.length === 0) return false;
  const by = { actor: ACTOR, now: head.now, snapshots };
  const { facts, planned, context } = await replan(tx, before, subject, by);
  const decided = judge(before, { type: 'REASSESS', facts, plan: planned.plan, cause, changes }, context);
  if (decided.events.length === 0) return false;
  await saveContent(tx, before, { subject, planned, at: head.now, by: { cause } });
  await apply(tx, held, decided, { actor: ACTOR, cause: `REASSESS ${cause.kind}`, correlationId });
  return true;
}

/** What the round stands on now: its facts, and the figures that only some may see. */
export async function judgedBy(
  tx: EntityManager,
  requestId: string,
  round: number,
): Promise<{ facts: Facts; confidential: Json }> {
  const [row] = await tx.query<{ facts: Facts; confidential: Json }[]>(
    `SELECT facts, confidential FROM approval_content WHERE request_id = $1 AND round = $2`,
    [requestId, round],
  );
  return row ?? { facts: {}, confidential: null };
}

/** Facts that a policy did not know when the round began are no change. */
export function changesOf(before: Facts, after: Facts): FactChange[] {
  const shown = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value));
  return Object.entries(after).flatMap(([name, value]) => {
    const was = before[name];
    if (was === undefined || shown(was) === shown(value)) return [];
    return [{ name, before: shown(was), after: shown(value) }];
  });
}
