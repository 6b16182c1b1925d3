import type { erasure as zh } from '../zh/erasure.js';

export const erasure: typeof zh = {
  erasure: {
    erased: '(comment erased on request)',
    title: 'Erase personal text',
    find: 'Find',
    about:
      'Finds what a person wrote freely (comments, reasons, notes), to erase all of it or only what stands in one request. Only counts and requests are shown here, never the texts; every look is in the access log.',
    person: 'Who wrote it (leavers too)',
    another: 'Somebody else',
    onlyIn: 'Only in request {{request}}',
    everywhere: 'Everywhere instead',
    goes: '{{name}} · would be erased',
    nothing: 'There is no text to erase.',
    texts: 'Texts',
    copies: 'Copies',
    copyIn: {
      approval_decision: '{{n}} in answers',
      approval_round: '{{n}} in submissions',
      approval_seat: '{{n}} why somebody was asked in',
      approval_stage: '{{n}} why a stage was staffed ahead',
      contract: '{{n}} why a contract ended',
      milestone: '{{n}} on milestones',
      notification: '{{n}} in notices',
    },
    textsIn: '{{n}} texts',
    lastAt: 'latest',
    only: 'Only in this request',
    elsewhere: '{{n}} more stand outside of requests or are not listed.',
    stays: 'What stays',
    digests:
      'The audit chain: of each text a salted digest is left ({{n}} erased so far) and the chain still verifies; who erased, when and why is on record.',
    subjects:
      'Business content: title and body of the {{n}} requests they submitted are business records, to be dealt with where they were made.',
    files: 'Files: {{n}} that they put to requests.',
    messages: 'Messages that have left: {{n}} mails or cards carry such a text and cannot be called back.',
    older: 'Text written before there was a place beside the chain stands in the audit record of then.',
    backups: 'Backups of the database, and exports that were downloaded.',
    erase: 'Erase',
    confirm: '{{n}} texts that {{name}} wrote in any request will be erased, with their copies.',
    confirmIn: '{{n}} texts that {{name}} wrote in request {{request}} will be erased, with their copies.',
    sure: 'I am sure: this cannot be undone',
    done: '{{n}} texts are erased. {{n}} digests are left; the audit chain is as before.',
    here: 'Erase personal text…',
  },
};
