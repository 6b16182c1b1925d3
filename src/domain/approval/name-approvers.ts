import { DomainError } from '../errors.js';
import type { DirectorySnapshot } from '../org/directory.js';
import type { ApprovalCommand } from './command.js';
import { eligibleChoice, type Who } from './candidates.js';
import { mustSayWhy } from './eligible.js';
import type { ApprovalState, Stage } from './model.js';
import { canPass } from './plan.js';
import { isSelf } from './resolve.js';
import { isAhead, isTerminal } from './seats.js';
import { mustBeSeparate, seatEvidence } from './separation.js';
import type { StageSpec } from './stage-spec.js';
import type { Transition } from './transition.js';

type Name = Extract<ApprovalCommand, { type: 'NAME_APPROVERS' }>;

/**
 * Who shall sit in a stage that has not begun, in place of whom its rule would find when it opens: only behind what is
 * open (AE-SEQ-2). By an approval admin who does not count as initiator, or by the initiator where the stage lets them
 * choose late, within its range (AE-PLAN-5). Named again, the last word counts.
 * @throws DomainError REQUEST_CLOSED · REQUEST_STATE returned · NOT_FOUND · STAGE_BEGUN · ACTION_NOT_ALLOWED another request
 *   decides it · NOT_INITIATOR · SOD_INITIATOR · SOD_<constraint> · PERSON_INACTIVE · ALREADY_IN_STAGE · APPROVER_NOT_ALLOWED ·
 *   QUORUM_UNREACHABLE · REQUIREMENT_MISSING
 */
export function nameApprovers(transition: Transition, command: Name): void {
  const { state, context } = transition;
  if (isTerminal(state.state))
    throw new DomainError('REQUEST_CLOSED', { requestState: state.state, seq: state.seq });
  if (state.state !== 'PENDING') throw new DomainError('REQUEST_STATE', { requestState: state.state });
  const stage = transition.stage(command.stageId);
  if (!isAhead(stage)) throw new DomainError('STAGE_BEGUN', { stageState: stage.state });
  if (stage.spec.resolver.kind === 'CHILD')
    throw new DomainError('ACTION_NOT_ALLOWED', { action: 'NAME_APPROVERS', resolver: 'CHILD' });
  mustMayName(transition, stage, command.asAdmin);
  mustSayWhy(command.reason);
  const personIds = command.personIds.map((id, index) => seated(transition, stage, command, id, index));
  mustSuffice(stage.spec, personIds, context.directory);
  const named = { personIds, byId: context.actor.id, reason: command.reason };
  transition.emit({ type: 'stage.named', stageId: stage.id, ...named, at: context.now });
}

/** Stages whose approvers the person may name now. */
export function nameable(state: ApprovalState, personId: string, asAdmin: boolean): Stage[] {
  if (state.state !== 'PENDING') return [];
  const self = state.selfIds.includes(personId) || personId === state.initiatorId;
  return state.stages.filter(
    (stage) =>
      isAhead(stage) &&
      stage.spec.resolver.kind !== 'CHILD' &&
      ((asAdmin && !self) || (personId === state.initiatorId && mayChooseLate(stage))),
  );
}

function mayChooseLate({ spec }: Stage): boolean {
  return spec.resolver.kind === 'INITIATOR_CHOICE' && spec.lateChoice === true;
}

function mustMayName({ state, context }: Transition, stage: Stage, asAdmin: boolean): void {
  const { actor, directory } = context;
  if (actor.id === state.initiatorId && mayChooseLate(stage)) return;
  if (!asAdmin) throw new DomainError('NOT_INITIATOR');
  const admin = directory.people[actor.id];
  if (!admin || isSelf(admin, state, directory)) throw new DomainError('SOD_INITIATOR');
}

function seated(
  { state, context }: Transition,
  stage: Stage,
  { personIds, asAdmin }: Name,
  personId: string,
  index: number,
): string {
  const { directory, actor } = context;
  const person = directory.people[personId];
  const at = (code: string, rule: string) => [{ pointer: `/personIds/${index}`, code, rule }];
  if (!person?.active)
    throw new DomainError('PERSON_INACTIVE', { personId }, at('PERSON_INACTIVE', 'works here'));
  if (isSelf(person, state, directory))
    throw new DomainError('SOD_INITIATOR', { personId }, at('SOD_INITIATOR', 'does not count as initiator'));
  mustBeSeparate(seatEvidence(state, stage, [personId], directory), personId);
  const before = personIds.slice(0, index).map((id) => directory.people[id]?.identity);
  if (before.includes(person.identity))
    throw new DomainError('ALREADY_IN_STAGE', { personId }, at('ALREADY_IN_STAGE', 'is named once'));
  const who: Who = state;
  const { resolver } = stage.spec;
  const asInitiator = actor.id === state.initiatorId || !asAdmin;
  if (asInitiator && resolver.kind === 'INITIATOR_CHOICE') {
    const range = eligibleChoice(resolver, who, directory);
    if (!range.some(({ id }) => id === personId))
      throw new DomainError(
        'APPROVER_NOT_ALLOWED',
        { personIds: [personId] },
        at('APPROVER_NOT_ALLOWED', 'is within the range the stage lets the initiator choose from'),
      );
  }
  return personId;
}

/** AE-Q-9. */
function mustSuffice(spec: StageSpec, personIds: readonly string[], directory: DirectorySnapshot): void {
  const seats = personIds.map((id) => ({ ownerId: id, holderId: id, weight: 1, group: null, text: '' }));
  if (!canPass(spec, seats, directory))
    throw new DomainError('QUORUM_UNREACHABLE', { minApprovals: spec.minApprovals, named: seats.length });
}
