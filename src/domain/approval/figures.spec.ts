import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import { counterfactual, figuresOf, percentile, type Task } from './figures.js';

const ALWAYS = { from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' };
const LEAD = stage('lead', { rank: 1 });
const DIRECTOR = stage('director', { rank: 2, ...people('director') });

/** The chain has each event's time beside it; most say it themselves. */
const logOf = ({ log }: Case) =>
  log.map((event) => {
    const at = 'at' in event ? event.at : 'seat' in event ? event.seat.openedAt : null;
    return { event, at: at ?? (event.type === 'seat.decided' ? event.decision.at : '') };
  });
/** From Monday 01:00; every minute of a weekday works. */
const figures = (request: Case, period = ALWAYS) =>
  figuresOf(logOf(request), request.calendar, period, request.now);
const brief = (tasks: readonly Task[]) =>
  tasks.map(({ stageKey, actorId, action, minutes }) => [stageKey, actorId, action, minutes]);

describe('figures of one request', () => {
  it('AE-STAT-1 each answer has the minutes from OPEN; what is open still runs', () => {
    const request = new Case([LEAD, DIRECTOR]).later(2);
    request.vote('lead', 'APPROVE');
    request.later(5);
    const { tasks, lost } = figures(request);
    expect(brief(tasks)).toEqual([
      ['lead', 'lead', 'APPROVE', 120],
      ['director', 'director', null, 300],
    ]);
    expect(tasks[0]).toMatchObject({ rows: ['approval.test/row-lead-director'], ownerId: 'lead' });
    expect(lost).toEqual({ HOLDER: 420, PARKED: 0, BLOCKED: 0, RETURNED: 0, OTHER: 0 });
  });

  it('AE-STAT-1 parked minutes are those of whoever was added, not of the seat that waits', () => {
    const request = new Case([LEAD]).later(1);
    request.add('lead', 'BEFORE', ['f1']);
    request.later(3);
    request.vote('f1', 'APPROVE');
    request.later(2);
    request.vote('lead', 'APPROVE');
    expect(brief(figures(request).tasks)).toEqual([
      ['lead', 'f1', 'APPROVE', 180],
      ['lead', 'lead', 'APPROVE', 180],
    ]);
  });

  it('AE-STAT-1 a seat that another one decided took nobody’s time', () => {
    const request = new Case([stage('x', people('f1', 'f2'))]).later(4);
    request.vote('f2', 'APPROVE');
    expect(brief(figures(request).tasks)).toEqual([['x', 'f2', 'APPROVE', 240]]);
  });

  it('AE-STAT-1 returned minutes are the initiator’s; the second visit counts anew', () => {
    const request = new Case([LEAD]).later(1);
    request.vote('lead', 'RETURN', { returnTo: 'INITIATOR' });
    request.later(6);
    request.resubmit();
    request.later(2);
    request.vote('lead', 'APPROVE');
    request.later(30);
    const { tasks, lost } = figures(request);
    expect(brief(tasks)).toEqual([
      ['lead', 'lead', 'RETURN', 60],
      ['lead', 'lead', 'APPROVE', 120],
    ]);
    expect(lost).toMatchObject({ HOLDER: 180, RETURNED: 360 });
  });

  it('AE-STAT-1 an abstention that leaves nobody is blocked time', () => {
    const request = new Case([LEAD]).later(1);
    request.vote('lead', 'ABSTAIN');
    request.later(10);
    expect(figures(request).lost).toMatchObject({ HOLDER: 60, BLOCKED: 600 });
  });

  it('time itself answers under its own name', () => {
    const request = new Case([LEAD], { ladder: [['auto', 'AUTO_REJECT', 1]] }).later(1);
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    expect(brief(figures(request).tasks)).toEqual([['lead', 'system:timeout', 'REJECT', 60]]);
  });

  it('of a period counts the minutes within it', () => {
    const request = new Case([LEAD]).later(10);
    const period = { from: '2026-03-02T03:00:00.000Z', to: '2026-03-02T08:00:00.000Z' };
    expect(figures(request, period).lost).toMatchObject({ HOLDER: 300 });
    expect(brief(figures(request, period).tasks)).toEqual([['lead', 'lead', null, 600]]);
  });
});

describe('the stored clock of an answer', () => {
  it('says when it was due and which rungs had fired before it', () => {
    const request = new Case([LEAD]).later(5);
    request.run({ type: 'FIRE_RUNGS' }, 'system:timeout');
    request.later(1);
    request.vote('lead', 'APPROVE');
    expect(figures(request).tasks[0]!.clock).toEqual({
      answered: 360,
      due: 480,
      rungs: [
        { id: 'remind', fired: 300 },
        { id: 'escalate', fired: null },
        { id: 'incident', fired: null },
      ],
    });
  });
});

describe('had the ladder had a rung at another time', () => {
  const task = (answered: number, fired: number | null, over: Partial<Task> = {}): Task => ({
    stageKey: 'x',
    stageTitle: 'x',
    rows: [],
    ownerId: 'f1',
    actorId: 'f1',
    endedAt: '2026-03-02T09:00:00.000Z',
    action: 'APPROVE',
    minutes: answered,
    clock: { answered, due: 480, rungs: [{ id: 'remind', fired }] },
    ...over,
  });
  /** due after 480: one before the rung, one 100 after it and in time, two late by 60 and 400, one by time itself */
  const TASKS = [
    task(100, null),
    task(340, 240),
    task(540, 240),
    task(880, 240),
    task(480, 240, { actorId: 'system:timeout' }),
  ];

  it.each([
    [240, 2, 'as it was'],
    [180, 3, '540 − 60 is in time'],
    [181, 2, 'one minute too late'],
    [60, 3, '880 − 180 is not'],
    [0, 3, 'nor at once: 640 minutes from reminder to answer'],
    [400, 1, 'later than it was: 340 becomes 500'],
  ])('AE-STAT-1 at %i minutes %i of four are on time: %s', (atMinutes, wouldBeOnTime) => {
    expect(counterfactual(TASKS, 'remind', atMinutes)).toEqual({
      considered: 4,
      rung: 3,
      onTime: 2,
      wouldBeOnTime,
      reactionMinutes: 300,
    });
  });

  it('says nothing of a rung nobody had', () => {
    expect(counterfactual(TASKS, 'other', 10)).toEqual({
      considered: 0,
      rung: 0,
      onTime: 0,
      wouldBeOnTime: 0,
      reactionMinutes: null,
    });
  });
});

describe('percentiles', () => {
  it.each([
    [[], 50, null],
    [[7], 90, 7],
    [[1, 2, 3, 4], 50, 2],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 90, 9],
  ])('of %j at %i is %s', (sorted, percent, expected) => {
    expect(percentile(sorted, percent)).toBe(expected);
  });
});
