import { describe, expect, it } from '@jest/globals';
import { Case, company, people, person, stage } from '../../../test/builders/approval.js';
import { actionsFor } from './rights.js';
import type { StageSpec } from './stage-spec.js';

const LATER: Partial<StageSpec> = { rank: 2, ...people('director') };
const CHOICE: Partial<StageSpec> = { rank: 2, resolver: { kind: 'INITIATOR_CHOICE', among: 'FINANCE' } };

function open(later: Partial<StageSpec> = LATER): Case {
  const list = [stage('s1', people('lead')), stage('s2', later), stage('s3', { rank: 3, ...people('boss') })];
  return new Case(list, { directory: company(person('gone', { active: false })), chosen: { s2: ['f1'] } });
}

function name(
  request: Case,
  by: string,
  personIds: readonly string[],
  over: { key?: string; reason?: string } = {},
) {
  const { key = 's2', reason = 'knows the customer' } = over;
  const stageId = request.current.stages.find(({ spec }) => spec.key === key)!.id;
  return request.run({ type: 'NAME_APPROVERS', stageId, personIds, reason, asAdmin: by === 'a1' }, by);
}

describe('approvers of a stage that has not begun', () => {
  it('AE-SEQ-2 an admin names them: they are asked when it begins, and nobody else', () => {
    const request = open();
    name(request, 'a1', ['f2']);
    expect(request.holders()).toEqual(['lead']);
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['f2']);
    request.vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
  });

  it('named again, the last word counts; after a return it still does', () => {
    const request = open();
    name(request, 'a1', ['f2']);
    name(request, 'a1', ['f3']);
    request.vote('lead', 'APPROVE');
    request.vote('f3', 'RETURN', { returnTo: 's1' });
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['f3']);
    expect(request.current.stages[1]!.named).toEqual({
      personIds: ['f3'],
      byId: 'a1',
      reason: 'knows the customer',
    });
  });

  it('AE-EMPTY-1 they have left when it begins: the empty policy', () => {
    const request = open({ ...LATER, empty: { kind: 'FALLBACK', role: 'LEGAL' } });
    name(request, 'a1', ['f2']);
    const { people: everybody } = request.directory;
    request.directory = {
      ...request.directory,
      people: { ...everybody, f2: { ...everybody['f2']!, active: false } },
    };
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['l1']);
  });

  it('AE-PLAN-5 the initiator changes a late choice, within its range, as the policy allows', () => {
    const request = open({ ...CHOICE, lateChoice: true });
    name(request, 'rep', ['f3']);
    request.vote('lead', 'APPROVE');
    expect(request.holders()).toEqual(['f3']);
  });

  it.each<[string, Partial<StageSpec>, string, string[], string, string | null]>([
    ['nobody in particular', LATER, 'f4', ['f2'], 'NOT_INITIATOR', null],
    ['the initiator, where it is not theirs to choose', LATER, 'rep', ['f2'], 'NOT_INITIATOR', null],
    ['the initiator, a choice that stands', CHOICE, 'rep', ['f2'], 'NOT_INITIATOR', null],
    [
      'a late choice outside the range',
      { ...CHOICE, lateChoice: true },
      'rep',
      ['f2', 'l1'],
      'APPROVER_NOT_ALLOWED',
      '/personIds/1',
    ],
    ['somebody who has left', LATER, 'a1', ['gone'], 'PERSON_INACTIVE', '/personIds/0'],
    ['the initiator as approver', LATER, 'a1', ['rep'], 'SOD_INITIATOR', '/personIds/0'],
    ['one person twice', LATER, 'a1', ['f1', 'f1'], 'ALREADY_IN_STAGE', '/personIds/1'],
    [
      'fewer than the stage wants',
      { ...LATER, ...people('director', 'boss'), quorum: { kind: 'COUNT', count: 2 } },
      'a1',
      ['f1'],
      'QUORUM_UNREACHABLE',
      null,
    ],
  ])('refused: %s', (_, later, by, personIds, code, pointer) => {
    const request = open(later);
    const before = request.current;
    const error = (() => {
      try {
        return name(request, by, personIds);
      } catch (refused) {
        return refused;
      }
    })();
    expect(error).toMatchObject({ code, fields: pointer ? [{ pointer, code }] : [] });
    expect(request.current).toBe(before);
  });

  it('AE-SEQ-2 not of a stage that has begun, nor without a reason, nor of a closed request', () => {
    const request = open();
    expect(() => name(request, 'a1', ['f2'], { key: 's1' })).toThrow('STAGE_BEGUN');
    expect(() => name(request, 'a1', ['f2'], { reason: ' ' })).toThrow('REQUIREMENT_MISSING');
    request.vote('lead', 'REJECT');
    expect(() => name(request, 'a1', ['f2'])).toThrow('REQUEST_CLOSED');
  });

  it('not of a stage that another request decides', () => {
    const request = open({ rank: 2, resolver: { kind: 'CHILD', policyKind: 'approval.child' } });
    expect(() => name(request, 'a1', ['f2'])).toThrow('ACTION_NOT_ALLOWED');
  });

  it('AE-DUP-4 a person left to the later stage, which then is another’s, is asked in the earlier one', () => {
    const list = [
      stage('s1', people('lead')),
      stage('s2', { rank: 2, ...people('director') }),
      stage('s3', { rank: 3, ...people('lead') }),
    ];
    const facts = { ...open().facts, dedupe: 'LAST_COUNTS' as const };
    const request = new Case(list, { facts });
    name(request, 'a1', ['f2'], { key: 's3' });
    request.vote('director', 'APPROVE');
    expect(request.holders().sort()).toEqual(['f2', 'lead']);
  });

  it.each<[string, boolean, Partial<StageSpec>, boolean]>([
    ['a1', true, LATER, true],
    ['rep', true, LATER, false],
    ['rep', false, { ...CHOICE, lateChoice: true }, true],
    ['rep', false, CHOICE, false],
    ['f4', false, LATER, false],
  ])('offered to %s (admin %s): %#', (who, admin, later, offered) => {
    const actions = actionsFor(
      open(later).current,
      who,
      { decide: true, admin, ops: false },
      '2026-03-02T02:00:00.000Z',
    );
    expect(actions.some(({ action }) => action === 'NAME_APPROVERS')).toBe(offered);
  });
});
