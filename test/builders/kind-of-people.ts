import type { ApprovalPolicyContent, PolicyInput } from '../../src/domain/approval/policy.js';
import type { RequestKindContent } from '../../src/domain/request-kind/kind.js';
import { decisionTable, LADDERS, stage } from '../../src/policy/seed/build.js';

const named = (en: string, zh: string, schema: Record<string, unknown>) => ({
  ...schema,
  'x-titles': { en, zh },
});
const INPUTS: PolicyInput[] = [
  { name: 'keeper', label: 'Keeper · 保管人', type: 'string' },
  { name: 'openContracts', label: 'Open contracts · 在手合同', type: 'decimal' },
];

/** Whoever is to keep a thing agrees to it: the approver is a field of the form. It reads the books as well. */
export const KEEPER_POLICY = {
  jdm: decisionTable(INPUTS, [
    { id: 'all', when: {}, stages: ['KEEPER'], rule: 'everything', text: 'whoever keeps it agrees' },
  ]),
  inputs: INPUTS,
  sources: [{ source: 'OPEN_CONTRACTS', snapshotMaxAgeMinutes: 60 }],
  stages: [
    stage({
      key: 'KEEPER',
      title: 'Keeper · 保管人',
      block: 0,
      branch: 'keeper',
      resolver: { kind: 'FORM_FIELD', input: 'keeper' },
      empty: { kind: 'BLOCK' },
    }),
  ],
  ladders: LADDERS,
  withdraw: 'ANYTIME',
  returnedWorkDays: 20,
  returnedReminderWorkDays: 15,
  separation: [{ kind: 'NOT_BENEFICIARY' }],
} satisfies ApprovalPolicyContent;

/** Something is given to somebody to keep, for the good of somebody else, with the lease as a file. */
export const KEEPER = {
  titles: { zh: '物品保管', en: 'Keeping' },
  title: '{thing}',
  numberPrefix: 'KE',
  policyKind: 'approval.keeper',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['thing', 'keeper'],
    properties: {
      thing: named('Thing', '物品', { type: 'string', minLength: 1, maxLength: 80 }),
      keeper: named('Keeper', '保管人', { type: 'string', format: 'person' }),
      heir: named('For', '受益人', { type: 'string', format: 'person' }),
      lease: named('Lease', '租约', { type: 'string', format: 'attachment' }),
      handover: named('Handover note', '交接单', { type: 'string', format: 'attachment' }),
    },
  },
  relevant: ['/thing', '/keeper', '/heir', '/lease'],
  facts: [{ name: 'keeper', type: 'string', from: '/keeper' }],
  exposure: null,
  subject: null,
  envelope: [],
  beneficiaries: ['/heir'],
  access: {
    INITIATOR: { '/handover': 'READ' },
    KEEPER: { '/handover': 'WRITE' },
    OTHERS: { '/handover': 'HIDDEN' },
  },
} satisfies RequestKindContent;
