import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, people, person, stage } from '../../../test/builders/approval.js';
import type { DirectorySnapshot } from '../org/directory.js';
import { orgDrift } from './org-drift.js';
import { staffStage } from './resolve.js';
import type { Resolver, StageSpec } from './stage-spec.js';

const MANAGER: Resolver = { kind: 'MANAGER', levels: 1 };
const CHAIN: Resolver = { kind: 'CHAIN_TO_LIMIT', mode: 'FINAL_ONLY', topRole: null };
const HEAD: Resolver = { kind: 'HEAD', unit: 'INITIATOR' };
const HEADS = { team: ['lead'] };

/** The initiator reports to the director now, who leads their team too. */
function moved(directory: DirectorySnapshot): DirectorySnapshot {
  const { people: everybody } = directory;
  const rep = { ...everybody['rep']!, managerId: 'director' };
  return { ...directory, heads: { team: ['director'] }, people: { ...everybody, rep } };
}

function drifted(over: Partial<StageSpec>, change = moved): unknown[] {
  const request = new Case([stage('s1', over)], { directory: { ...company(), heads: HEADS } });
  expect(orgDrift(request.current, request.directory)).toEqual([]);
  request.directory = change(request.directory);
  expect(request.holders()).toEqual(['lead']);
  return orgDrift(request.current, request.directory).map(({ personIds }) => personIds);
}

describe('AE-MGR-2 the manager has changed since the stage began', () => {
  it.each<[string, Partial<StageSpec>, unknown[]]>([
    ['a manager', { resolver: MANAGER }, [['director']]],
    ['the line to a limit', { resolver: CHAIN }, [['director']]],
    ['the head of a unit', { resolver: HEAD }, [['director']]],
    ['somebody named is meant in person', people('lead'), []],
    ['a role is no reporting line', { resolver: { kind: 'ROLE', role: 'TEAM_LEAD', take: 'NEAREST' } }, []],
    ['fixed at submission', { resolver: MANAGER, resolveAt: 'SUBMIT' }, []],
  ])('%s', (_, over, expected) => {
    expect(drifted(over)).toEqual(expected);
  });

  it('the seat stays, its holder answers, and may pass it on', () => {
    const request = new Case([stage('s1', { resolver: MANAGER })]);
    request.directory = moved(request.directory);
    request.transfer('lead', 'director');
    request.vote('director', 'APPROVE');
    expect(request.current.state).toBe('APPROVED');
  });

  it('nobody is left in the line: shown all the same', () => {
    const alone = (directory: DirectorySnapshot): DirectorySnapshot => {
      const { people: everybody } = directory;
      return { ...directory, people: { ...everybody, rep: { ...everybody['rep']!, managerId: null } } };
    };
    expect(drifted({ resolver: MANAGER }, alone)).toEqual([[]]);
  });
});

describe('AE-MGR-1 a reporting line that is none', () => {
  const line = (length: number) =>
    company(
      person('rep', { managerId: 'm1' }),
      ...Array.from({ length }, (_, index) =>
        person(`m${index + 1}`, { managerId: index + 1 === length ? null : `m${index + 2}` }),
      ),
    );

  it('twelve levels are a company, thirteen a mistake', () => {
    const top = stage('x', { resolver: { kind: 'MANAGER', levels: 12 } });
    expect(staffStage(top, FACTS, line(12)).seats.map(({ holderId }) => holderId)).toEqual(['m12']);
    expect(() => staffStage(top, FACTS, line(13))).toThrow('ORG_CYCLE');
  });

  it('a circle that comes later blocks the stage it matters to, not the answer before it', () => {
    const request = new Case([stage('s1', people('f1')), stage('s2', { rank: 2, resolver: MANAGER })]);
    const { people: everybody } = request.directory;
    request.directory = {
      ...request.directory,
      people: { ...everybody, boss: { ...everybody['boss']!, managerId: 'lead' } },
    };
    request.vote('f1', 'APPROVE');
    expect(request.current.stages[1]).toMatchObject({ state: 'BLOCKED', code: 'ORG_CYCLE' });
  });
});
