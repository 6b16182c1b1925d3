import type { DataSource } from 'typeorm';
import { actsIn } from '../../domain/contract/contract.js';
import type { ClauseTemplate, ContractPolicy } from '../../domain/contract/policy.js';
import { markStandard } from '../../domain/contract/clause-library.js';
import { renderContract } from '../../domain/contract/text.js';
import { DomainError } from '../../domain/errors.js';
import { dateIn } from '../../domain/quote/validity.js';
import {
  resubmitForApproval,
  submitForApproval,
  type SubmitOptions,
  type Submitted,
} from '../approval/submit.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { activePolicy } from '../policy/policy.js';
import { mustBeVersion } from '../row-version.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { lockContract, step } from './store.js';
import { textDigest } from './text-digest.js';

export type ContractChanged = { contractId: string; rowVersion: number };

/**
 * New clauses for a draft or a returned contract. A clause whose words leave the library is marked for legal review.
 * @throws DomainError NOT_FOUND · STALE_VERSION · LOCKED_BY_APPROVAL · CONTRACT_STATE · VALIDATION a key twice
 */
export function editContractText(
  db: DataSource,
  meta: CommandMeta,
  edit: {
    contractId: string;
    rowVersion: number;
    clauses: readonly ClauseTemplate[];
    /** of its term; undefined: as it is */
    durationMonths?: number | null | undefined;
  },
): Promise<Answer<ContractChanged>> {
  return runCommand(db, meta, async (tx) => {
    const held = await lockContract(tx, edit.contractId);
    const { row, head } = held;
    mustBeDistinct(edit.clauses);
    if (actsIn(row.state).includes('EDIT')) mustBeVersion(row, edit.rowVersion);
    const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', head.now);
    const clauses = markStandard(edit.clauses, {
      library: policy.clauses,
      day: dateIn(row.zone, head.now),
      held: row.clauses,
    });
    const { durationMonths = row.durationMonths } = edit;
    const terms = { ...row.terms, ...(durationMonths === row.durationMonths ? {} : { durationMonths }) };
    const text = renderContract(terms, clauses);
    const textHash = textDigest(text);
    await step(tx, held, meta, {
      act: 'EDIT',
      type: 'contract.text-edited',
      payload: { textHash, nonStandard: clauses.filter(({ standard }) => !standard).map(({ key }) => key) },
      set: {
        clauses: JSON.stringify(clauses),
        terms: JSON.stringify(terms),
        duration_months: durationMonths,
        text,
        text_hash: textHash,
      },
    });
    return { contractId: row.id, rowVersion: row.rowVersion + 1 };
  });
}

/** Sends the text to review: a draft as a new request, a returned one as the next round. @throws as submitForApproval · CUSTOMER_BLOCKED · CONTRACT_STATE */
export function submitContract(
  db: DataSource,
  meta: CommandMeta,
  { contractId, ...options }: SubmitOptions & { contractId: string },
): Promise<Answer<Submitted>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<
      { state: 'DRAFT'; request_id: string | null; customerId: string; open: boolean }[]
    >(
      `SELECT k.state, k.request_id, k.customer_id AS "customerId", EXISTS (SELECT 1 FROM approval_request r WHERE r.id = k.request_id AND r.state = 'RETURNED') AS open
       FROM contract k WHERE k.id = $1`,
      [contractId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { contractId });
    await mustNotBeBlocked(tx, row.customerId);
    if (!actsIn(row.state).includes('SUBMIT'))
      throw new DomainError('CONTRACT_STATE', { state: row.state, act: 'SUBMIT' });
    return row.open && row.request_id
      ? resubmitForApproval(tx, meta, row.request_id, options)
      : submitForApproval(tx, meta, 'CONTRACT', contractId, options);
  });
}

/** @throws DomainError VALIDATION a key twice */
export function mustBeDistinct(clauses: readonly ClauseTemplate[]): void {
  const seen = new Set<string>();
  const twice = clauses.flatMap(({ key }, index) => {
    if (seen.has(key))
      return [{ pointer: `/clauses/${index}/key`, code: 'DUPLICATE', rule: 'each clause once' }];
    seen.add(key);
    return [];
  });
  if (twice.length > 0) throw new DomainError('VALIDATION', {}, twice);
}
