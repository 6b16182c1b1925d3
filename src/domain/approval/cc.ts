import { DomainError } from '../errors.js';
import { findCandidates, type Who } from './candidates.js';
import type { ApprovalEvent, Dropped } from './events.js';
import type { CcRule, CcTrigger } from './policy.js';
import type { Transition } from './transition.js';

interface Occasion {
  trigger: CcTrigger;
  stageKey: string | null;
}

/**
 * AE-CC-1: who is sent a copy of what has just happened: by the policy's rules, and at submission by the submitter's wish.
 * Once per person and request; whoever counts as initiator knows already. A copy never counts and never blocks: whoever
 * cannot get one is named in the event, and nothing else comes of it.
 * @param wanted whom the submitter named
 */
export function sendCopies(transition: Transition, wanted: readonly string[]): void {
  for (const occasion of transition.events.flatMap((event) => occasionOf(transition, event)))
    sendCopy(transition, occasion, occasion.trigger === 'SUBMIT' ? wanted : []);
}

function occasionOf(transition: Transition, event: ApprovalEvent): Occasion[] {
  switch (event.type) {
    case 'request.submitted':
      return [{ trigger: 'SUBMIT', stageKey: null }];
    case 'request.closed':
      return [{ trigger: 'FINAL', stageKey: null }];
    case 'stage.closed':
      return event.state === 'PASSED'
        ? [{ trigger: 'STAGE_PASSED', stageKey: transition.stage(event.stageId).spec.key }]
        : [];
    default:
      return [];
  }
}

function sendCopy(transition: Transition, { trigger, stageKey }: Occasion, wanted: readonly string[]): void {
  const { state, context } = transition;
  const rules = (context.cc ?? []).filter(
    (rule) => rule.on === trigger && (rule.stageKey === undefined || rule.stageKey === stageKey),
  );
  const found = [...rules.map((rule) => peopleOf(transition, rule)), named(transition, wanted)];
  const known = new Set([...(state.copiedTo ?? []), ...state.selfIds]);
  const personIds = [...new Set(found.flatMap(({ ids }) => ids))].filter((id) => !known.has(id));
  const skipped = found.flatMap((part) => part.skipped);
  if (personIds.length === 0 && skipped.length === 0) return;
  transition.emit({ type: 'request.copied', trigger, stageKey, personIds, skipped, at: context.now });
}

interface Found {
  ids: readonly string[];
  skipped: readonly Dropped[];
}

/** A rule that cannot be followed, for instance up a reporting line that is a circle, sends nothing. */
function peopleOf({ state, context }: Transition, rule: CcRule): Found {
  const who: Who = state;
  try {
    const { found, dropped } = findCandidates(rule.to, who, rule.stageKey ?? '', context.directory);
    return { ids: found.map(({ person }) => person.id), skipped: dropped };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { ids: [], skipped: [] };
  }
}

function named({ context }: Transition, personIds: readonly string[]): Found {
  const isActive = (id: string) => context.directory.people[id]?.active === true;
  return {
    ids: personIds.filter(isActive),
    skipped: personIds.filter((id) => !isActive(id)).map((personId) => ({ personId, code: 'INACTIVE' })),
  };
}
