import type { submission as zh } from '../zh/submission.js';

/** Before a request exists: who would be asked, and sending it. */
export const submission: typeof zh = {
  preview: {
    outranked: 'a higher level decides instead: {{rules}}',
    notMet: 'asked when: {{rules}}',
    sla: 'within {{span}} of work time',
    title: 'Who must approve',
    asking: 'Working it out…',
    incomplete: 'Choose a customer and products to see who must approve, and why.',
    auto: 'Nobody needs to approve: it passes when you submit it.',
    notAsked: 'Why others are not asked ({{n}})',
  },
  submit: {
    title: 'Submit for approval',
    button: 'Submit for approval',
    confirm: 'Submit',
    again: 'Submit again',
    done: 'Submitted for approval',
    cc: 'Send a copy to',
    ccHint: 'They can read it, each is told once; a copy is no vote.',
    planChanged: 'The path has just changed. Check the new one before you submit.',
  },
};
