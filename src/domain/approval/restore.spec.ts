import { describe, expect, it } from '@jest/globals';
import { Case, FACTS, people, stage } from '../../../test/builders/approval.js';

const ALL = { kind: 'ALL' } as const;
const MINUTE = 1 / 60;

describe('AE-TB-1 added seats', () => {
  const atTwo = () =>
    new Case([
      stage('x', { ...people('f1', 'f2'), quorum: ALL }),
      stage('boss', { rank: 2, ...people('boss') }),
    ]);

  it('前加签 whoever asked waits again when the yes before them is taken back', () => {
    const request = atTwo();
    request.add('f1', 'BEFORE', ['f3']);
    request.vote('f3', 'APPROVE');
    expect(request.holders()).toEqual(['f1', 'f2']);
    request.later(MINUTE).retract('f3');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'PARKED', code: 'ADDED_BEFORE' });
    expect(request.holders()).toEqual(['f2', 'f3']);
    request.vote('f3', 'APPROVE');
    expect(request.holders()).toEqual(['f1', 'f2']);
  });

  it('后加签 those asked after a yes wait for it again', () => {
    const request = atTwo();
    request.add('f1', 'AFTER', ['f3']);
    request.vote('f1', 'APPROVE');
    expect(request.holders()).toEqual(['f2', 'f3']);
    request.later(MINUTE).retract('f1');
    expect(request.lastSeat('f3')).toMatchObject({ state: 'WAITING' });
    request.vote('f1', 'APPROVE');
    request.later(MINUTE).vote('f3', 'APPROVE');
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
  });

  it('of several asked under ANY the others are asked again', () => {
    const request = atTwo();
    request.add('f1', 'BEFORE', ['f3', 'f4'], { rule: 'ANY' });
    request.vote('f3', 'APPROVE');
    expect(request.lastSeat('f4')).toMatchObject({ state: 'CANCELLED', code: 'OTHERS_DECIDED' });
    request.later(MINUTE).retract('f3');
    expect(request.holders()).toEqual(['f2', 'f3', 'f4']);
  });

  it('a seat that waited for others when the stage ended waits for them again', () => {
    const request = new Case([
      stage('x', { ...people('f1', 'f2'), quorum: { kind: 'COUNT', count: 1 } }),
      stage('boss', { rank: 2, ...people('boss') }),
    ]);
    request.add('f1', 'BEFORE', ['f3']);
    request.later(MINUTE).vote('f2', 'APPROVE');
    expect(request.holders()).toEqual(['boss']);
    request.later(MINUTE).retract('f2');
    expect(request.lastSeat('f1')).toMatchObject({ state: 'PARKED', code: 'ADDED_BEFORE' });
    expect(request.holders()).toEqual(['f2', 'f3']);
  });
});

describe('AE-TB-1, AE-DUP-4 stages left to a later one', () => {
  it('a stage that waited, to be walked again behind another, stands as it had ended', () => {
    const request = new Case(
      [
        stage('s1', people('director')),
        stage('s2', { rank: 2, ...people('f4', 'boss', 'lead'), quorum: ALL }),
        stage('s3', { rank: 3, ...people('director', 'f4', 'lead') }),
      ],
      { facts: { ...FACTS, dedupe: 'LAST_COUNTS', effectDelayMinutes: 60 } },
    );
    request.later(MINUTE).transfer('boss', 'lead');
    request.later(MINUTE).vote('lead', 'APPROVE');
    const asked = ['director', 'f4', 'lead'];
    expect([request.stageState('s2'), ...request.holders()]).toEqual(['PASSED', ...asked]);
    request.later(MINUTE).vote('lead', 'APPROVE');
    expect(['s1', 's2'].map((key) => request.stageState(key))).toEqual(['ACTIVE', 'INVALIDATED']);
    const askedAt = request.now;
    request.later(MINUTE).retract('lead');
    const [first] = request.current.stages;
    const between = request.current.seats.find(({ stageId, visit }) => stageId === first!.id && visit === 2);
    expect(between).toMatchObject({ state: 'CANCELLED', openedAt: askedAt, closedAt: request.now });
    expect([request.stageState('s2'), ...request.holders()]).toEqual(['PASSED', ...asked]);
  });
});
