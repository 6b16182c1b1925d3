import type { Measure, Measured } from '../../domain/approval/envelope.js';
import { factsOfSnapshots, type FactSnapshot } from '../../domain/approval/fact-source.js';
import type { StageSpec } from '../../domain/approval/stage-spec.js';
import type { Json, JsonObject } from '../../domain/json.js';
import { hexDigest } from '../hash.js';
import type { ApprovalSubject } from './subject.js';

/**
 * What envelopes of a policy are held against. A value that no stage owns is owned by all of them, so that nothing
 * changes unseen. Undefined when the policy has no envelopes and reads nothing from the books: its approvals are for the very content.
 */
export function measuredOf(
  subject: ApprovalSubject,
  stages: readonly StageSpec[],
  snapshots: readonly FactSnapshot[] = [],
): Measured | undefined {
  const { open } = subject;
  const isPlain = !open && stages.every(({ envelope }) => envelope === undefined);
  if (isPlain && snapshots.length === 0) return undefined;
  const owned = new Set(stages.flatMap(({ envelope = [] }) => envelope.map(({ name }) => name)));
  const values = valuesOf(subject, owned);
  const moving = new Set([...owned, ...(open ?? []).map(({ name }) => name)]);
  const shared = Object.keys(values).filter((name) => !moving.has(name));
  const currency = subject.amount?.currency ?? null;
  const sourced =
    snapshots.length === 0 ? {} : { sourced: hexDigest(factsOfSnapshots(snapshots) as JsonObject) };
  return { values, currency, shared: shared.sort(), ...sourced, ...(open ? { open } : {}) };
}

/** Facts of a kind that measures its own fields repeat them, so they count where a stage of the policy asks for them. */
function valuesOf({ measures, content, facts, open }: ApprovalSubject, owned: ReadonlySet<string>) {
  if (!measures) return { ...measuresIn(content), ...facts };
  if (!open) return measures;
  return { ...measures, ...Object.fromEntries(Object.entries(facts).filter(([name]) => owned.has(name))) };
}

/** The members of a document as values that can be told apart; one with members of its own by its digest. */
export function measuresIn(document: JsonObject): Record<string, Measure> {
  const named = Object.entries(document).flatMap(([name, value]) => {
    const measure = measureOf(value);
    return measure === null ? [] : [[name, measure] as const];
  });
  return Object.fromEntries(named);
}

function measureOf(value: Json): Measure | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const isList = Array.isArray(value);
  return isList && value.every((item) => typeof item === 'string') ? value : hexDigest(value);
}
