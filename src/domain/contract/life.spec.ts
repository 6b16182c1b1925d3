import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContractState } from './contract.js';
import { afterLifeAct, lifeActsIn, mustPerform, standingState, type LifeAct, type Standing } from './life.js';

const PLAIN: Standing = { base: 'PERFORMING', suspended: false, changing: false };

describe('the life of a contract in force (processes 3.2)', () => {
  it.each<[string, ContractState, Partial<Standing>, LifeAct, ContractState]>([
    ['first delivery', 'EFFECTIVE', { base: 'EFFECTIVE' }, 'START', 'PERFORMING'],
    ['a second one', 'PERFORMING', {}, 'START', 'PERFORMING'],
    [
      'a delivery while it changes',
      'CHANGE_PENDING',
      { base: 'EFFECTIVE', changing: true },
      'START',
      'CHANGE_PENDING',
    ],
    ['credit hold', 'EFFECTIVE', { base: 'EFFECTIVE' }, 'SUSPEND', 'SUSPENDED'],
    ['the hold is over', 'SUSPENDED', { base: 'EFFECTIVE', suspended: true }, 'RESUME', 'EFFECTIVE'],
    [
      'the hold is over during a change',
      'SUSPENDED',
      { suspended: true, changing: true },
      'RESUME',
      'CHANGE_PENDING',
    ],
    ['a change is proposed', 'PERFORMING', {}, 'CHANGE', 'CHANGE_PENDING'],
    ['a dispute during a change', 'CHANGE_PENDING', { changing: true }, 'SUSPEND', 'SUSPENDED'],
    [
      'the change settles the dispute',
      'SUSPENDED',
      { suspended: true, changing: true },
      'SETTLE_CHANGE',
      'SUSPENDED',
    ],
    ['the change is in force', 'CHANGE_PENDING', { changing: true }, 'SETTLE_CHANGE', 'PERFORMING'],
    ['all is done', 'PERFORMING', {}, 'COMPLETE', 'COMPLETED'],
    ['it is ended', 'SUSPENDED', { suspended: true }, 'TERMINATE', 'TERMINATED'],
    ['its term ends', 'CHANGE_PENDING', { changing: true }, 'EXPIRE', 'EXPIRED'],
    ['it is put away', 'TERMINATED', {}, 'ARCHIVE', 'ARCHIVED'],
  ])('%s: %s %o, %s: %s', (_name, state, standing, act, expected) => {
    expect(afterLifeAct(state, { ...PLAIN, ...standing }, act).state).toBe(expected);
  });

  it.each<[ContractState, Partial<Standing>, LifeAct, string]>([
    ['EFFECTIVE', { base: 'EFFECTIVE' }, 'COMPLETE', 'CONTRACT_STATE'],
    ['SUSPENDED', { suspended: true }, 'COMPLETE', 'CONTRACT_STATE'],
    ['SUSPENDED', { suspended: true }, 'SUSPEND', 'CONTRACT_STATE'],
    ['CHANGE_PENDING', { changing: true }, 'CHANGE', 'CHANGE_PENDING'],
    ['SUSPENDED', { suspended: true, changing: true }, 'CHANGE', 'CHANGE_PENDING'],
    ['CHANGE_PENDING', { changing: true }, 'COMPLETE', 'CONTRACT_STATE'],
    ['PERFORMING', {}, 'ARCHIVE', 'CONTRACT_STATE'],
    ['PERFORMING', {}, 'RESUME', 'CONTRACT_STATE'],
    ['ARCHIVED', {}, 'ARCHIVE', 'CONTRACT_STATE'],
    ['COMPLETED', {}, 'TERMINATE', 'CONTRACT_STATE'],
    ['SEALED', {}, 'SUSPEND', 'CONTRACT_STATE'],
  ])('%s %o refuses %s with %s', (state, standing, act, code) => {
    expect(() => afterLifeAct(state, { ...PLAIN, ...standing }, act)).toThrow(code);
  });

  it('whatever happens, a state in force is the one its standing shows, and an end stays an end', () => {
    const acts = fc.array(
      fc.constantFrom<LifeAct>(
        'START',
        'SUSPEND',
        'RESUME',
        'CHANGE',
        'SETTLE_CHANGE',
        'COMPLETE',
        'TERMINATE',
        'EXPIRE',
        'ARCHIVE',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(acts, (story) => {
        let now: { state: ContractState; standing: Standing } = {
          state: 'EFFECTIVE',
          standing: { base: 'EFFECTIVE', suspended: false, changing: false },
        };
        let ended = false;
        for (const act of story) {
          if (!lifeActsIn(now.state, now.standing).includes(act)) continue;
          now = afterLifeAct(now.state, now.standing, act);
          if (ended) expect(now.state).toBe('ARCHIVED');
          ended ||= ['COMPLETED', 'TERMINATED', 'EXPIRED'].includes(now.state);
          if (!ended) expect(now.state).toBe(standingState(now.standing));
        }
      }),
    );
  });

  it('nothing is performed under a suspended contract, or one that is over', () => {
    expect(() => mustPerform('SUSPENDED', 'ORDER')).toThrow('CONTRACT_SUSPENDED');
    expect(() => mustPerform('COMPLETED', 'ORDER')).toThrow('CONTRACT_STATE');
    expect(() => mustPerform('CHANGE_PENDING', 'ORDER')).not.toThrow();
  });
});
