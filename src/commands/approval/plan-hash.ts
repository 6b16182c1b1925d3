import type { Plan, PlannedStage } from '../../domain/approval/plan.js';
import type { Json } from '../../domain/json.js';
import { hexDigest } from '../hash.js';

/** What became of one stage between a preview and its submission (AE-PLAN-1). */
export interface PlanChange {
  stageKey: string;
  change: 'ADDED' | 'REMOVED' | 'CHANGED';
  title: string | null;
  /** who would sit there now */
  personIds: string[];
}

const DIGEST_CHARS = 12;

/**
 * Names a plan exactly: a digest of the whole, then one per stage. The stage digests let a later submission say what
 * changed without anybody having stored the preview.
 */
export function planHash(plan: Plan, policy: { kind: string; version: number }): string {
  const whole = hexDigest(asJson({ plan, policy: { kind: policy.kind, version: policy.version } }));
  return [whole, ...plan.stages.map((stage) => `${stage.spec.key}=${stageDigest(stage)}`)].join(';');
}

/** The stages that differ between the plan named by `previewed` and the plan of now. */
export function planChanges(previewed: string, plan: Plan): PlanChange[] {
  const before = new Map(
    previewed
      .split(';')
      .slice(1)
      .map((part) => part.split('=', 2) as [string, string | undefined]),
  );
  const now = plan.stages.flatMap((stage): PlanChange[] => {
    const { key, title } = stage.spec;
    const known = before.get(key);
    if (known === stageDigest(stage)) return [];
    const personIds = stage.seats.map((seat) => seat.holderId);
    return [{ stageKey: key, change: before.has(key) ? 'CHANGED' : 'ADDED', title, personIds }];
  });
  const gone = [...before.keys()].filter((key) => !plan.stages.some((stage) => stage.spec.key === key));
  return [
    ...now,
    ...gone.map((stageKey): PlanChange => ({ stageKey, change: 'REMOVED', title: null, personIds: [] })),
  ];
}

function stageDigest(stage: PlannedStage): string {
  return hexDigest(asJson(stage)).slice(0, DIGEST_CHARS);
}

/** Plans hold plain data only; this drops absent optional members, as storing does. */
export function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}
