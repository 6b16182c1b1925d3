import { describe, expect, it } from '@jest/globals';
import { Case, company, FACTS, grant, people, person, stage } from '../../../test/builders/approval.js';
import type { DirectoryPerson, DirectorySnapshot } from '../org/directory.js';
import { staffStage } from './resolve.js';
import type { Resolver } from './stage-spec.js';

const HEADS = { team: ['lead', 'deputy', 'director'], region: ['director'], empty: [] };

function led(...over: DirectoryPerson[]): DirectorySnapshot {
  return { ...company(person('deputy'), ...over), heads: HEADS };
}

function asked(resolver: Resolver, directory = led(), who = FACTS) {
  const { outcome, seats, dropped } = staffStage(stage('x', { resolver }), who, directory);
  return { outcome, holders: seats.map(({ holderId }) => holderId), dropped };
}

const away = { until: '2027-01-01T00:00:00.000Z', delegateId: 'f1' };
const TEAM: Resolver = { kind: 'HEAD', unit: { input: 'dept' }, unitId: 'team' };

describe('AE-MGR-1 the head of a unit', () => {
  it.each<[string, Resolver, DirectorySnapshot, string[]]>([
    ['of the initiator’s unit', { kind: 'HEAD', unit: 'INITIATOR' }, led(), ['lead']],
    ['of the unit a form names', { ...TEAM, unitId: 'region' }, led(), ['director']],
    ['who has left: the deputy', TEAM, led(person('lead', { active: false })), ['deputy']],
    [
      'vacant, the deputy has left: the next unit up',
      TEAM,
      led(person('lead', { active: false }), person('deputy', { active: false })),
      ['director'],
    ],
    ['who is away: whoever stands in', TEAM, led(person('lead', { away })), ['f1']],
    ['of a unit nobody leads: the empty policy', { ...TEAM, unitId: 'empty' }, led(), []],
    ['of a unit the form leaves open: the empty policy', { ...TEAM, unitId: '' }, led(), []],
  ])('%s', (_, resolver, directory, holders) => {
    expect(asked(resolver, directory)).toMatchObject({
      outcome: holders.length === 0 ? 'BLOCK' : 'SEATS',
      holders,
    });
  });

  it('names who was passed over', () => {
    expect(asked(TEAM, led(person('lead', { active: false }))).dropped).toEqual([
      { personId: 'lead', code: 'INACTIVE' },
    ]);
  });

  it('AE-SELF-1 who is the initiator: the next above', () => {
    const who = { ...FACTS, initiatorId: 'lead', selfIds: ['lead'] };
    const directory = led(person('lead', { managerId: 'director' }));
    expect(asked({ kind: 'HEAD', unit: 'INITIATOR' }, directory, who).holders).toEqual(['director']);
  });
});

describe('persons from the form and from an expression', () => {
  it.each<[string, Resolver, string[]]>([
    ['one named in the form', { kind: 'FORM_FIELD', input: 'p', personIds: ['f2'] }, ['f2']],
    ['several', { kind: 'FORM_FIELD', input: 'p', personIds: ['f2', 'l1'] }, ['f2', 'l1']],
    ['nobody', { kind: 'FORM_FIELD', input: 'p', personIds: [] }, []],
    [
      'persons of an expression',
      { kind: 'EXPRESSION', yields: 'PERSONS', expression: 'x', found: ['f1', 'l1'] },
      ['f1', 'l1'],
    ],
    [
      'holders of the roles of an expression',
      { kind: 'EXPRESSION', yields: 'ROLES', expression: 'x', found: ['LEGAL', 'TEAM_LEAD'] },
      ['lead', 'l1'],
    ],
  ])('%s', (_, resolver, holders) => {
    expect(asked(resolver).holders).toEqual(holders);
  });

  it('AE-SELF-1 the form names the initiator: the next above', () => {
    expect(asked({ kind: 'FORM_FIELD', input: 'p', personIds: ['rep'] }).holders).toEqual(['lead']);
  });
});

describe('AE-PLAN-5 the initiator’s choice within a range', () => {
  const far = person('far', { unitIds: ['elsewhere'], grants: [grant('TEAM_LEAD', 'elsewhere')] });
  const choice = (scope?: 'SUBJECT' | 'EVERYWHERE'): Resolver =>
    scope
      ? { kind: 'INITIATOR_CHOICE', among: 'TEAM_LEAD', scope }
      : { kind: 'INITIATOR_CHOICE', among: 'TEAM_LEAD' };

  it.each<[Parameters<typeof choice>[0], string[]]>([
    [undefined, ['lead']],
    ['SUBJECT', ['lead']],
    ['EVERYWHERE', ['lead', 'far']],
  ])('scope %s', (scope, holders) => {
    const chosen = { ...FACTS, chosen: { x: ['lead', 'far', 'l1'] } };
    expect(asked(choice(scope), led(far), chosen).holders).toEqual(holders);
  });

  it('no longer within the range when the stage opens: the empty policy', () => {
    const list = [
      stage('first', people('director')),
      stage('chosen', { rank: 2, resolver: choice(), empty: { kind: 'FALLBACK', role: 'LEGAL' } }),
    ];
    const request = new Case(list, { chosen: { chosen: ['lead'] } });
    const { people: everybody } = request.directory;
    request.directory = {
      ...request.directory,
      people: { ...everybody, lead: { ...everybody['lead']!, grants: [] } },
    };
    request.vote('director', 'APPROVE');
    expect(request.holders()).toEqual(['l1']);
  });
});
