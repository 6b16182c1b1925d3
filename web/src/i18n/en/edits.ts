import type { edits as zh } from '../zh/edits.js';

/** A change with one's own approval. */
export const edits: typeof zh = {
  edit: {
    open: 'Change something and approve it so',
    note: 'Only what this stage may change. The change is made with your approval, or not at all.',
    was: 'now {{value}}',
    check: 'What the change brings about',
    newAmount: 'New amount:',
    unchanged: 'That is what it says already.',
    invalidates: 'These have approved something else and are asked again:',
    askedAgain: 'Asked again: {{people}}',
    accept: 'They may be asked again',
    covered: 'What others have approved covers the change.',
    added: 'Asked for the first time: {{stage}} ({{people}})',
    leftOut: 'Not needed any more: {{stage}}',
    confirm: 'Approve with the change',
  },
};
