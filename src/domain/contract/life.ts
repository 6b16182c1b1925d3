import { DomainError } from '../errors.js';
import type { ContractState } from './contract.js';

export const SUSPENSION_CAUSES = ['CREDIT_HOLD', 'DISPUTE', 'FORCE_MAJEURE'] as const;
export type SuspensionCause = (typeof SUSPENSION_CAUSES)[number];

/** Whoever holds a contract for a cause is who lets it go on: a permission of its own for each (processes.md 3.8). */
export const HOLD_PERMISSION = {
  CREDIT_HOLD: 'contract:hold-credit',
  DISPUTE: 'contract:hold-dispute',
  FORCE_MAJEURE: 'contract:hold-force-majeure',
} as const satisfies Readonly<Record<SuspensionCause, string>>;

/** How far performance has come; under it a contract may be suspended, and a change of it may be under way. */
export interface Standing {
  base: 'EFFECTIVE' | 'PERFORMING';
  suspended: boolean;
  changing: boolean;
}

export type LifeAct =
  | 'START'
  | 'SUSPEND'
  | 'RESUME'
  | 'CHANGE'
  | 'SETTLE_CHANGE'
  | 'COMPLETE'
  | 'TERMINATE'
  | 'EXPIRE'
  | 'ARCHIVE';

const ENDS = { TERMINATE: 'TERMINATED', EXPIRE: 'EXPIRED', COMPLETE: 'COMPLETED' } as const;

/** What is not listed is refused (processes.md 3.2). A contract with a change under way is neither completed nor changed again. */
const ALLOWED: Readonly<Partial<Record<ContractState, readonly LifeAct[]>>> = {
  EFFECTIVE: ['START', 'SUSPEND', 'CHANGE', 'TERMINATE', 'EXPIRE'],
  PERFORMING: ['START', 'SUSPEND', 'CHANGE', 'COMPLETE', 'TERMINATE', 'EXPIRE'],
  CHANGE_PENDING: ['START', 'SUSPEND', 'SETTLE_CHANGE', 'TERMINATE', 'EXPIRE'],
  SUSPENDED: ['RESUME', 'CHANGE', 'SETTLE_CHANGE', 'TERMINATE', 'EXPIRE'],
  COMPLETED: ['ARCHIVE'],
  TERMINATED: ['ARCHIVE'],
  EXPIRED: ['ARCHIVE'],
};

/** The state that shows: a suspension outweighs a change, which outweighs how far performance has come. */
export function standingState({ base, suspended, changing }: Standing): ContractState {
  if (suspended) return 'SUSPENDED';
  return changing ? 'CHANGE_PENDING' : base;
}

/** What an effective contract allows next. */
export function lifeActsIn(state: ContractState, { changing }: Pick<Standing, 'changing'>): LifeAct[] {
  return (ALLOWED[state] ?? []).filter((act) =>
    act === 'CHANGE' ? !changing : act === 'SETTLE_CHANGE' ? changing : true,
  );
}

/**
 * How an effective contract stands after an act. The old version stays in force while a change is under way.
 * @throws DomainError CHANGE_PENDING a second change · CONTRACT_STATE anything else not allowed now
 */
export function afterLifeAct(
  state: ContractState,
  standing: Standing,
  act: LifeAct,
): { state: ContractState; standing: Standing } {
  if (!lifeActsIn(state, standing).includes(act)) {
    if (act === 'CHANGE' && standing.changing) throw new DomainError('CHANGE_PENDING', { state });
    throw new DomainError('CONTRACT_STATE', { state, act });
  }
  switch (act) {
    case 'START':
      return stands({ ...standing, base: 'PERFORMING' });
    case 'SUSPEND':
      return stands({ ...standing, suspended: true });
    case 'RESUME':
      return stands({ ...standing, suspended: false });
    case 'CHANGE':
      return stands({ ...standing, changing: true });
    case 'SETTLE_CHANGE':
      return stands({ ...standing, changing: false });
    case 'ARCHIVE':
      return { state: 'ARCHIVED', standing };
    case 'COMPLETE':
    case 'TERMINATE':
    case 'EXPIRE':
      return { state: ENDS[act], standing: { ...standing, suspended: false, changing: false } };
  }
}

function stands(standing: Standing): { state: ContractState; standing: Standing } {
  return { state: standingState(standing), standing };
}

/** In force: orders may be placed and milestones reached unless it is suspended. */
export function isInForce(state: ContractState): boolean {
  return (
    state === 'EFFECTIVE' || state === 'PERFORMING' || state === 'CHANGE_PENDING' || state === 'SUSPENDED'
  );
}

/** @throws DomainError CONTRACT_SUSPENDED · CONTRACT_STATE it is not in force */
export function mustPerform(state: ContractState, act: string): void {
  if (state === 'SUSPENDED') throw new DomainError('CONTRACT_SUSPENDED', { state, act });
  if (!isInForce(state)) throw new DomainError('CONTRACT_STATE', { state, act });
}
