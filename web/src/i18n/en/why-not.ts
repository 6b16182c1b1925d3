import type { whyNot as zh } from '../zh/why-not.js';

/** Why somebody was not asked. */
export const whyNot: typeof zh = {
  whyNot: {
    title: 'Why was somebody not asked?',
    ask: 'Choose a person',
    person: 'Who',
    verdict: {
      ASKED: 'asks {{name}}:',
      DROPPED: 'would have asked {{name}}, but {{why}}',
      STAGE_NOT_ASKED: 'would ask {{name}}, but no rule asks for this stage:',
      UNKNOWN:
        'no rule asks for this stage; the organisation of then was not kept, so whether {{name}} would sit here is not known:',
    },
    notNamed: 'Stages that would not ask {{name}} in any case: {{stages}}',
    met: '“{{rule}}” holds',
    outranked: '“{{rule}}” holds, but a higher level of its group decides instead',
    unmet: '“{{rule}}” does not hold: {{fact}} is {{value}}',
    hidden: '(not shown to you)',
  },
  dropped: {
    INACTIVE: 'they had left or were disabled',
    INITIATOR: 'they count as requester, and nobody approves their own request',
    AWAY: 'they were away',
    NOT_ALLOWED: 'they are not among those who may be chosen',
    DUPLICATE: 'they sit in this stage already',
    OVER_LIMIT: 'the amount is above what they may answer for the other',
  },
};
