import type { EntityManager } from 'typeorm';
import { splitsOf, type StoredSplit } from '../../db/deal-splits.js';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { formatAmount } from '../../domain/money.js';
import { affectedBy, ownersSplit, splitOn } from '../../domain/opportunity/split.js';
import { BUILT_IN_KINDS, type BuiltInFacts } from '../../domain/request-kind/built-in.js';
import { generalApprovalMessage } from '../../workflows/messages.js';
import type { ApprovalSubject, SubjectOwner } from '../approval/subject.js';
import { transactionTime } from '../events.js';
import { loadDirectory } from '../org/directory.js';
import { lockDeal, record, touch } from './store.js';

interface Row {
  deal_id: string;
  no: number;
  number: string;
  owner_id: string;
  customer_id: string | null;
  unit_id: string;
  title: string;
  value: string | null;
  currency: string | null;
  worth: string;
  given_by: string;
  valid_from: string;
  reason: string;
  changes: JsonObject[];
}

/**
 * A change of a won deal's credit: what is approved is who gets how much from which day on. Whose share moves counts as
 * initiator, so that nobody approves a change of their own (AE-SELF-1).
 */
export const splitSubject: SubjectOwner = {
  async load(tx, id): Promise<ApprovalSubject> {
    const row = await rowOf(tx, id);
    const { number, customer_id: customerId, value, currency } = row;
    const affected = await affectedIn(tx, id, row);
    return {
      kind: 'SPLIT',
      id,
      number,
      version: row.no,
      title: `业绩分成 Split credit: ${row.title}`,
      ownerId: row.given_by,
      beneficiaryIds: affected,
      ...(customerId === null ? {} : { customerId }),
      unitId: row.unit_id,
      policyKind: BUILT_IN_KINDS.SPLIT.policyKind,
      facts: {
        amount: row.worth,
        managerIds: await managersOf(tx, affected.length > 0 ? affected : [row.owner_id]),
      } satisfies BuiltInFacts<'SPLIT'>,
      content: { splitId: id, number, validFrom: row.valid_from, reason: row.reason, changes: row.changes },
      exposure: null,
      amount:
        value !== null && currency !== null ? { amount: formatAmount(value, currency), currency } : null,
      confidential: null,
    };
  },

  opened: () => Promise.resolve(),

  async closed(tx, { id }, requestId, outcome) {
    if (outcome === 'RETURNED') return;
    const { deal_id: dealId } = await rowOf(tx, id);
    const deal = await lockDeal(tx, dealId);
    const approved = outcome === 'APPROVED';
    await tx.query(
      approved
        ? `UPDATE opportunity_split SET state = 'SET', holds_from = greatest(valid_from, $2::date) WHERE id = $1`
        : `UPDATE opportunity_split SET state = 'DROPPED' WHERE id = $1 AND $2::date IS NOT NULL`,
      [id, deal.today],
    );
    await touch(tx, dealId);
    const type = approved ? 'opportunity.split-approved' : 'opportunity.split-refused';
    await record(tx, deal.head, systemActor('approval'), type, {
      id: dealId,
      splitId: id,
      requestId,
      outcome,
    });
  },

  // what was credited stays; another change takes its place
  irreversible: () => Promise.resolve('SPLIT'),
  revoked: () => Promise.resolve(),
  process: (_tx, _id, requestId, seq) => Promise.resolve(generalApprovalMessage(requestId, seq)),
};

/** Whose share it moves, against what holds on its day without it: while it is proposed also what a hand-over kept. */
async function affectedIn(tx: EntityManager, id: string, { deal_id: dealId, owner_id: ownerId }: Row) {
  const given: StoredSplit[] = await splitsOf(tx, dealId);
  const split = given.find((one) => one.id === id);
  if (!split) return [];
  const isProposed = split.state === 'PROPOSED';
  const others = given.filter(({ no, state }) => state === 'SET' && (isProposed || no < split.no));
  return affectedBy(splitOn(others, split.validFrom) ?? ownersSplit(ownerId), split);
}

async function managersOf(tx: EntityManager, personIds: readonly string[]): Promise<string[]> {
  const { people } = await loadDirectory(tx, { personIds, at: await transactionTime(tx) });
  const managers = personIds.flatMap((person) => people[person]?.managerId ?? []);
  return [...new Set(managers)].sort();
}

async function rowOf(tx: EntityManager, id: string): Promise<Row> {
  const [row] = await tx.query<Row[]>(
    `SELECT o.id AS deal_id, s.no, o.number, o.owner_id, o.customer_id, coalesce(o.unit_id, a.unit_id) AS unit_id,
       coalesce(c.name || ' · ', '') || o.number AS title, o.amount::text AS value, o.currency,
       trim_scale(o.worth)::text AS worth, s.given_by, s.valid_from::text AS valid_from, s.reason, s.changes
     FROM opportunity_split s JOIN opportunity o ON o.id = s.opportunity_id LEFT JOIN customer c ON c.id = o.customer_id
     LEFT JOIN assignment a ON a.employee_id = s.given_by AND a.is_primary AND a.valid @> now()
     WHERE s.id = $1 AND s.changes IS NOT NULL`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
  return row;
}
