import type { PolicyInput } from '../approval/policy.js';

export type GivenFact = Pick<PolicyInput, 'name' | 'type'>;

/** What the engine knows of a kind of subject: the part of a request kind's description that lies in code for these. */
export interface BuiltInKind {
  policyKind: string;
  /** what its decision table may be asked about; null: whatever the caller sends */
  facts: readonly GivenFact[] | null;
  /** what an approval of it is about (AE-SUB-1) */
  relevant: readonly string[];
  /** the fact that is its exposure in the base currency; null: none */
  exposure: string | null;
  /** the process that waits for it */
  workflow: 'quoteToContract' | 'generalApproval';
  /** effects that cannot be undone, by their words; ALL: whatever effect there is (AE-RV-1) */
  withoutUndo: readonly string[] | 'ALL';
}

const decimal = <N extends string>(name: N) => ({ name, type: 'decimal' }) as const;
const flag = <N extends string>(name: N) => ({ name, type: 'boolean' }) as const;
const text = <N extends string>(name: N) => ({ name, type: 'string' }) as const;

/** The kinds with modules of their own. All others are request kinds, which are data. */
export const BUILT_IN_KINDS = {
  QUOTE: {
    policyKind: 'approval.quote',
    facts: [
      decimal('discountPct'),
      decimal('amount'),
      text('marginFlag'),
      flag('belowFloor'),
      { name: 'nonStandardClauses', type: 'strings' },
      decimal('termDays'),
      flag('beyondClassTerms'),
      flag('instalments'),
      decimal('retentionPct'),
      flag('creditOk'),
      text('creditClass'),
      decimal('rollingAmountBase'),
      { name: 'rollingDeals', type: 'strings' },
      flag('portfolioMargin'),
      flag('fxAccepted'),
    ],
    relevant: ['customer', 'currency', 'lines', 'terms', 'clauses'],
    exposure: 'amount',
    workflow: 'quoteToContract',
    withoutUndo: ['SENT'],
  },
  CONTRACT: {
    policyKind: 'approval.contract',
    facts: [
      decimal('amount'),
      { name: 'nonStandardClauses', type: 'strings' },
      decimal('rollingAmountBase'),
      { name: 'rollingDeals', type: 'strings' },
    ],
    relevant: ['textHash', 'terms', 'clauses', 'reviewNote', 'termination'],
    exposure: 'amount',
    workflow: 'quoteToContract',
    withoutUndo: [
      'SEALED',
      'EFFECTIVE',
      'PERFORMING',
      'CHANGE_PENDING',
      'SUSPENDED',
      'COMPLETED',
      'TERMINATED',
      'EXPIRED',
      'ARCHIVED',
      'LAPSED',
    ],
  },
  GENERAL: {
    policyKind: 'approval.general',
    facts: null,
    relevant: ['title', 'amount', 'facts', 'content'],
    exposure: 'amount',
    workflow: 'generalApproval',
    withoutUndo: 'ALL',
  },
  REVOCATION: {
    policyKind: 'approval.revocation',
    facts: [decimal('amount'), text('kind')],
    relevant: ['requestId', 'subjectHash', 'reason'],
    exposure: 'amount',
    workflow: 'generalApproval',
    withoutUndo: 'ALL',
  },
  SPLIT: {
    policyKind: 'approval.split',
    facts: [decimal('amount'), { name: 'managerIds', type: 'strings' }],
    relevant: ['splitId', 'validFrom', 'changes', 'reason'],
    exposure: null,
    workflow: 'generalApproval',
    withoutUndo: 'ALL',
  },
} as const satisfies Readonly<Record<string, BuiltInKind>>;

type Values = { decimal: string; boolean: boolean; string: string; strings: readonly string[] };

/** The facts a built-in kind gives, so that its module cannot forget one it declares, nor give one it does not. */
export type BuiltInFacts<K extends 'QUOTE' | 'CONTRACT' | 'REVOCATION' | 'SPLIT'> = {
  [F in (typeof BUILT_IN_KINDS)[K]['facts'][number] as F['name']]: Values[F['type']];
};

/** The effect, when there is no undo of it: the approval it followed from cannot be revoked (AE-RV-1). Null: it can. */
export function effectWithoutUndo(kind: string, effect: string | null): string | null {
  if (effect === null || !Object.hasOwn(BUILT_IN_KINDS, kind)) return null;
  const { withoutUndo } = BUILT_IN_KINDS[kind as keyof typeof BUILT_IN_KINDS] as BuiltInKind;
  return withoutUndo === 'ALL' || withoutUndo.includes(effect) ? effect : null;
}
