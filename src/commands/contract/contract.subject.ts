import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import type { ContractAct } from '../../domain/contract/contract.js';
import type { ContractPolicy } from '../../domain/contract/policy.js';
import type { ContractTerms } from '../../domain/contract/text.js';
import { addDuration } from '../../domain/calendar.js';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS } from '../../domain/request-kind/built-in.js';
import type { JsonObject } from '../../domain/json.js';
import { Exact, formatAmount, roundAmount } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import type { NearbyDeal } from '../../domain/quote/rolling.js';
import { contractLifeMessage, quoteToContractMessage } from '../../workflows/messages.js';
import type { ApprovalSubject, RequestOutcome, SubjectOwner } from '../approval/subject.js';
import { isOpenVersion } from '../../db/open-version.js';
import { irreversibleEffect } from '../../db/subject-effect.js';
import { loadCalendar } from '../calendar.js';
import { mustNotBeBlocked } from '../customer/standing.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';
import { approveChange, refuseChange } from './change-outcome.js';
import { contractFacts, measuresOf } from './measures.js';
import { nearbyContracts } from './nearby.js';
import { lockContract, noteLife, step, type HeldContract } from './store.js';
import { mustOpenVersion, versionStep } from './version-store.js';

interface Row {
  id: string;
  number: string;
  version: number;
  owner_id: string;
  quote_owner_id: string;
  customer_id: string;
  unit_id: string;
  customer: string;
  currency: string;
  total: string;
  text_hash: string;
  terms: ContractTerms & JsonObject;
  clauses: { key: string; title: string; standard: boolean; text: string }[];
  review_note: string | null;
  termination: { on: string; reason: string } | null;
}

const OUTCOME: Readonly<Record<RequestOutcome, ContractAct>> = {
  APPROVED: 'APPROVE',
  REJECTED: 'REJECT',
  RETURNED: 'RETURN',
  WITHDRAWN: 'RETURN',
  TERMINATED: 'REJECT',
  EXPIRED: 'REJECT',
};

/** A contract under review: legal ∥ finance ∥ credit ∥ delivery look at the text, whose hash is part of what they approve. */
export const contractSubject: SubjectOwner = {
  async load(tx, id): Promise<ApprovalSubject> {
    const [row] = await tx.query<Row[]>(
      `SELECT k.id, k.number, k.owner_id, q.owner_id AS quote_owner_id, k.customer_id, k.unit_id, c.name AS customer, k.currency,
         ${SUBJECT_OF_NOW}
       FROM contract k JOIN customer c ON c.id = k.customer_id JOIN quote q ON q.id = k.quote_id
       LEFT JOIN contract_version v ON v.contract_id = k.id AND ${isOpenVersion('v')}
       WHERE k.id = $1`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
    const now = await transactionTime(tx);
    const { content: pricing } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
    const who = { id, customerId: row.customer_id };
    return subjectOf(row, pricing, await nearbyContracts(tx, who, pricing, now));
  },

  async opened(tx, subject, requestId) {
    const held = await lockContract(tx, subject.id);
    await mustNotBeBlocked(tx, held.row.customerId);
    if (held.row.base !== null) return openedChange(tx, held, subject, requestId);
    // the text was read before the lock: an edit that came between them is not what was planned for
    if (held.row.textHash !== subject.content['textHash'])
      throw new DomainError('STALE_SUBJECT', { textHash: held.row.textHash });
    await step(tx, held, BY, {
      act: 'SUBMIT',
      type: 'contract.submitted',
      payload: { requestId },
      set: { request_id: requestId },
    });
  },

  async closed(tx, subject, requestId, outcome, at) {
    const held = await lockContract(tx, subject.id);
    if (held.row.base !== null) return closedChange(tx, held, requestId, outcome);
    const approved = outcome === 'APPROVED';
    const { content: policy } = await activePolicy<ContractPolicy>(tx, 'contract', at);
    const calendar = approved ? await loadCalendar(tx) : null;
    const sealBy = calendar && addDuration(calendar, at, { unit: 'workDays', n: policy.sealWorkDays }).at;
    await step(tx, held, BY, {
      act: OUTCOME[outcome],
      type: 'contract.review-ended',
      payload: { requestId, outcome },
      ...(approved ? { set: { approved_at: at, seal_due_at: sealBy } } : {}),
    });
  },

  async reverted(tx, id) {
    const held = await lockContract(tx, id);
    const version = await mustOpenVersion(tx, id);
    await refuseChange(tx, held, version, BY, 'contract.change-refused');
  },

  async irreversible(tx, id) {
    await lockContract(tx, id);
    return irreversibleEffect(tx, 'CONTRACT', id);
  },

  async revoked(tx, id, requestId) {
    const held = await lockContract(tx, id);
    if (held.row.state !== 'APPROVED' || held.row.requestId !== requestId) return; // cancelled meanwhile: nothing to undo
    await step(tx, held, BY, {
      act: 'REVOKE',
      type: 'contract.approval-revoked',
      payload: { requestId },
      set: { approved_at: null, seal_due_at: null, reminded: [] },
    });
  },

  async approvable(tx, id) {
    const { row } = await lockContract(tx, id);
    await mustNotBeBlocked(tx, row.customerId);
  },

  async process(tx, subjectId, _requestId, seq) {
    const [row] = await tx.query<{ quote_id: string; in_force: boolean }[]>(
      `SELECT quote_id, effective_on IS NOT NULL AS in_force FROM contract WHERE id = $1`,
      [subjectId],
    );
    if (!row) throw new DomainError('NOT_FOUND', { subjectId });
    if (row.in_force) return contractLifeMessage(subjectId, seq);
    return quoteToContractMessage(row.quote_id, seq);
  },
};

/** A change under way is what is decided on; otherwise the contract is. */
const SUBJECT_OF_NOW = ['version', 'text_hash', 'terms', 'clauses', 'review_note']
  .map((column) => `CASE WHEN v.version IS NULL THEN k.${column} ELSE v.${column} END AS ${column}`)
  .concat(
    'trim_scale(coalesce(v.total, k.total))::text AS total',
    `CASE WHEN v.kind = 'TERMINATION' THEN json_build_object('on', v.terminates_on, 'reason', v.reason) END AS termination`,
  )
  .join(', ');

const BY = { actor: systemActor('approval'), correlationId: null };

async function openedChange(
  tx: EntityManager,
  held: HeldContract,
  subject: ApprovalSubject,
  requestId: string,
): Promise<void> {
  const version = await mustOpenVersion(tx, held.row.id);
  if (version.textHash !== subject.content['textHash'])
    throw new DomainError('STALE_SUBJECT', { textHash: version.textHash });
  await versionStep(tx, version, 'SUBMIT');
  await noteLife(tx, held, BY, {
    type: 'contract.change-submitted',
    payload: { requestId, version: version.version, textHash: version.textHash },
  });
}

/** What ends without an approval comes as `reverted`; here it was approved, or goes back to whoever proposed it. */
async function closedChange(
  tx: EntityManager,
  held: HeldContract,
  requestId: string,
  outcome: RequestOutcome,
): Promise<void> {
  const version = await mustOpenVersion(tx, held.row.id);
  if (outcome === 'APPROVED') return approveChange(tx, held, version, BY);
  if (outcome !== 'RETURNED') return refuseChange(tx, held, version, BY, 'contract.change-refused');
  await versionStep(tx, version, 'RETURN');
  await noteLife(tx, held, BY, {
    type: 'contract.change-returned',
    payload: { requestId, version: version.version },
  });
}

function subjectOf(row: Row, pricing: PricingPolicy, nearby: readonly NearbyDeal[]): ApprovalSubject {
  const rate = pricing.ratesToBase[row.currency];
  if (rate === undefined) throw new DomainError('RATE_MISSING', { currency: row.currency });
  const base = roundAmount(new Exact(row.total).times(rate), pricing.baseCurrency).toFixed();
  return {
    kind: 'CONTRACT',
    id: row.id,
    number: row.number,
    version: row.version,
    title: `${row.customer} · ${row.number} v${row.version}`,
    ownerId: row.owner_id,
    // whoever sold it, if the contract is somebody else's by now
    beneficiaryIds: row.quote_owner_id === row.owner_id ? [] : [row.quote_owner_id],
    customerId: row.customer_id,
    unitId: row.unit_id,
    policyKind: BUILT_IN_KINDS.CONTRACT.policyKind,
    facts: contractFacts(row, base, nearby),
    content: {
      textHash: row.text_hash,
      terms: row.terms,
      clauses: row.clauses,
      reviewNote: row.review_note,
      ...(row.termination ? { termination: row.termination } : {}),
    },
    measures: measuresOf(row, base),
    exposure: { amount: base, currency: pricing.baseCurrency },
    amount: { amount: formatAmount(row.total, row.currency), currency: row.currency },
    confidential: null,
  };
}
