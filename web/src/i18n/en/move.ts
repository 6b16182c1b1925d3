import type { move as zh } from '../zh/move.js';

/** Open requests moved to the version in force. */
export const move: typeof zh = {
  move: {
    title: 'Move open requests',
    how: 'Open requests stay on the version they were submitted under. See first what moving each would do.',
    none: 'No open request is on another version.',
    forbidden: 'Only those who may write policies can move open requests.',
    look: 'Look at the request',
    carried: 'yes counts on: {{people}}',
    lost: '{{person}}’s yes counts no more ({{why}})',
    accept: 'Nobody would be left to ask: it is approved by the move, and I answer for that',
    reason: 'Why they are moved',
    apply: 'Move requests ({{n}})',
    notYet: 'This version is not in force yet; requests can be moved once it is.',
    done: '{{n}} of {{of}} requests were moved',
  },
  moveEffect: {
    KEPT: 'kept',
    ADDED: 'added',
    DROPPED: 'dropped',
  },
  moveState: {
    PASSED: 'stays passed',
    PASSES: 'passes by the votes that count on',
    ASKED: 'people are asked',
  },
  moveLost: {
    STAGE_DROPPED: 'the stage is dropped',
    STRICTER: 'more is needed now',
    CONTENT: 'the content changed',
    NOT_ELIGIBLE: 'not an approver any more',
    NOT_A_PERSON: 'given when time ran out',
    ELSEWHERE: 'said in another stage',
  },
};
