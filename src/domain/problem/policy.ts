import type { ProblemTexts } from './text.js';

/** What the rules of policies and request kinds refuse: drafts, versions, workbooks, forms. */
export const POLICY_PROBLEMS = {
  'POLICY.DRAFT_STATE': {
    title: 'The draft has moved on',
    detail: 'The state the draft is in does not allow this act; read it again.',
  },
  'POLICY.BASE_CONFLICT': {
    title: 'A newer version began',
    detail: 'The draft starts from a version that is not in force any more; take over what changed since.',
  },
  'POLICY.FROM_PAST': {
    title: 'That instant is over',
    detail: 'A version begins now or later; choose another start.',
  },
  'POLICY.SCHEDULED_EXISTS': {
    title: 'Another version is scheduled',
    detail: 'One version of a kind waits for its start at a time; wait for it, or cancel it.',
  },
  'POLICY.NOT_AUTHOR': {
    title: 'Not your draft',
    detail: 'Only its authors take a draft out of review; ask one of them.',
  },
  'POLICY.NOT_ACTIVE': {
    title: 'Not in force',
    detail: 'Only a version that is in force or scheduled is used for this; choose another.',
  },
  'POLICY.STATE': {
    title: 'The version has moved on',
    detail: 'The state the version is in does not allow this act; read it again.',
  },
  'POLICY.KIND': {
    title: 'Not a kind for this',
    detail: 'There is no such kind of policy, or it is none of approval; choose another.',
  },
  'POLICY.NO_TABLE': {
    title: 'No decision table',
    detail: 'This kind of policy has no decision table; edit its content as it is.',
  },
  'POLICY.SHEET': {
    title: 'The workbook has errors',
    detail: 'Nothing of the workbook was taken; correct the cells named in `errors` and import it again.',
  },
  'POLICY.SHEET_UNREADABLE': {
    title: 'Not a workbook',
    detail: 'The file is no readable workbook (.xlsx); export one and start from it.',
  },
  'POLICY.ENDING_EXISTS': {
    title: 'Proposed already',
    detail: 'The end of this version waits for a second person; let one confirm it.',
  },
  'POLICY.NO_ENDING': {
    title: 'Nothing is proposed',
    detail: 'There is no proposed end of this version; propose one first.',
  },
  'POLICY.NEEDED': {
    title: 'Something needs it',
    detail: 'A policy that others rest on is not ended; end or change what `by` names first.',
  },
  KIND_RETIRED: {
    title: 'The kind is retired',
    detail: 'Nobody starts requests of a retired kind; use another one.',
  },
  DOCUMENT_INVALID: {
    title: 'Fields need attention',
    detail: "The form does not have the kind's form; correct the fields named in `errors`.",
  },
  FORM_STATE: {
    title: 'The request has moved on',
    detail: 'The state the request is in does not allow this act; read it again.',
  },
} satisfies ProblemTexts;
