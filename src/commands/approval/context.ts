import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '../../domain/actor.js';
import type { ApprovalContext } from '../../domain/approval/command.js';
import type { ApprovalState } from '../../domain/approval/model.js';
import type { ApprovalPolicyContent } from '../../domain/approval/policy.js';
import { CLAIM_WORK_MINUTES } from '../../domain/approval/pool.js';
import { URGE_WORK_MINUTES } from '../../domain/approval/urge.js';
import { addDuration } from '../../domain/calendar.js';
import type { DirectorySnapshot } from '../../domain/org/directory.js';
import { loadCalendar, loadCalendars } from '../calendar.js';
import { loadDirectory } from '../org/directory.js';
import { ladderClock, officeClock } from './ladder-clock.js';
import { copiedByName, namedIn, unitsIn } from './named.js';
import { approvalPolicyOf } from './policy-content.js';

interface Outside {
  actor: Actor;
  now: string;
  content: ApprovalPolicyContent;
  directory: DirectorySnapshot;
}

export async function contextOf(
  tx: EntityManager,
  { actor, now, content, directory }: Outside,
): Promise<ApprovalContext> {
  const calendar = await loadCalendar(tx, { revision: directory.revision });
  const office = officeClock(await loadCalendars(tx, directory.revision), directory);
  const workDayAfter = (from: string) => addDuration(calendar, from, { unit: 'workDays', n: 1 }).at;
  const claimUntil = (from: string) =>
    addDuration(calendar, from, { unit: 'workMinutes', n: content.claimWorkMinutes ?? CLAIM_WORK_MINUTES })
      .at;
  const urgeAgainAt = (from: string) =>
    addDuration(calendar, from, { unit: 'workMinutes', n: content.urgeWorkMinutes ?? URGE_WORK_MINUTES }).at;
  const ladder = ladderClock(content.ladders, office);
  return {
    now,
    actor,
    directory,
    newId: uuidv7,
    workDayAfter,
    claimUntil,
    urgeAgainAt,
    ladder,
    office,
    cc: content.cc ?? [],
  };
}

/** The outside as a command on a running request sees it: the pinned policy's ladders, or those given, the organisation of now. */
export async function contextFor(
  tx: EntityManager,
  state: ApprovalState,
  {
    actor,
    now,
    others = [],
    unitIds = [],
    content,
  }: {
    actor: Actor;
    now: string;
    others?: readonly string[];
    /** further units whose heads may be asked */
    unitIds?: readonly string[];
    content?: ApprovalPolicyContent;
  },
): Promise<ApprovalContext> {
  const pinned = content ?? (await approvalPolicyOf(tx, state.policy.id)).content;
  const also = [...copiedByName(pinned), ...(actor.kind === 'PERSON' ? [actor.id] : []), ...others];
  const directory = await directoryFor(tx, state, { at: now, others: also, unitIds });
  return contextOf(tx, { actor, now, content: pinned, directory });
}

/** The organisation at an instant as far as a request may need it. @param wanted.others further people it is about */
export function directoryFor(
  tx: EntityManager,
  state: ApprovalState,
  { at, others = [], unitIds = [] }: { at: string; others?: readonly string[]; unitIds?: readonly string[] },
): Promise<DirectorySnapshot> {
  return loadDirectory(tx, {
    personIds: [...new Set([...peopleOf(state), ...others])],
    unitIds: [state.unitId, ...unitIds, ...state.stages.flatMap(({ spec }) => unitsIn(spec.resolver))],
    at,
  });
}

function peopleOf(state: ApprovalState): string[] {
  return [
    ...state.selfIds,
    ...state.beneficiaryIds,
    ...state.seats.flatMap((seat) => [seat.ownerId, seat.holderId]),
    ...state.stages.flatMap((stage) => [
      ...(stage.fixedPersonIds ?? []),
      ...(stage.passedBy ?? []).flat(),
      ...(stage.named?.personIds ?? []),
      ...stage.carriedYes,
      ...namedIn(stage.spec.resolver),
    ]),
  ];
}
