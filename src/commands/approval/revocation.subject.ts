import type { EntityManager } from 'typeorm';
import { systemActor } from '../../domain/actor.js';
import { DomainError } from '../../domain/errors.js';
import { BUILT_IN_KINDS, type BuiltInFacts } from '../../domain/request-kind/built-in.js';
import { generalApprovalMessage } from '../../workflows/messages.js';
import { judge } from './apply.js';
import { tryToCompensate } from './compensate.js';
import { contextFor } from './context.js';
import { apply } from './family.js';
import { lockRequest } from './request-lock.js';
import type { ApprovalSubject, SubjectKind, SubjectOwner } from './subject.js';
import { subjectOwner } from './subjects.js';

interface Row {
  request_id: string;
  reason: string;
  kind: SubjectKind;
  number: string;
  title: string;
  subject_version: number;
  subject_hash: string;
  owner_id: string;
  self_ids: string[];
  unit_id: string;
  amount: string | null;
  currency: string | null;
  exposure: string | null;
  exposure_currency: string | null;
}

/**
 * The revocation of an approval as a subject of its own (AE-RV-1): what is approved is that the approval ends. Whoever
 * counted as initiator of the approval does so here too.
 */
export const revocationSubject: SubjectOwner = {
  async load(tx, id): Promise<ApprovalSubject> {
    const row = await rowOf(tx, id);
    const { kind, number, title, reason, request_id: requestId, subject_hash: subjectHash } = row;
    const exposure = money(row.exposure, row.exposure_currency);
    return {
      kind: 'REVOCATION',
      id,
      number,
      version: row.subject_version,
      title: `撤销 Revocation: ${title}`,
      ownerId: row.owner_id,
      beneficiaryIds: row.self_ids,
      unitId: row.unit_id,
      policyKind: BUILT_IN_KINDS.REVOCATION.policyKind,
      facts: { kind, amount: exposure?.amount ?? '0' } satisfies BuiltInFacts<'REVOCATION'>,
      content: { requestId, subjectHash, number, title, reason },
      exposure,
      amount: money(row.amount, row.currency),
      confidential: null,
    };
  },

  opened: () => Promise.resolve(),

  async closed(tx, { id }, requestId, outcome) {
    if (outcome === 'RETURNED') return;
    if (outcome === 'APPROVED') await revokeOriginal(tx, id, requestId);
    else await tx.query(`UPDATE revocation SET state = 'ENDED' WHERE id = $1`, [id]);
  },

  // a revocation undoes; it is not undone itself
  irreversible: () => Promise.resolve('REVOCATION'),
  revoked: () => Promise.resolve(),
  process: (_tx, _id, requestId, seq) => Promise.resolve(generalApprovalMessage(requestId, seq)),
};

/** @throws DomainError EFFECT_IRREVERSIBLE something has followed while the revocation was asked for */
async function revokeOriginal(tx: EntityManager, revocationId: string, requestId: string): Promise<void> {
  const { request_id: originalId, reason } = await rowOf(tx, revocationId);
  const original = await lockRequest(tx, originalId);
  await mustBeReversible(tx, original.kind, original.subjectId);
  const actor = systemActor('revocation');
  const context = await contextFor(tx, original.before, { actor, now: original.head.now });
  const decided = judge(original.before, { type: 'REVOKE', revocationId: requestId, reason }, context);
  await apply(tx, original, decided, { actor, cause: 'REVOCATION', correlationId: null });
  await tx.query(`UPDATE revocation SET state = 'REVOKED', compensation = 'PENDING' WHERE id = $1`, [
    revocationId,
  ]);
  await tryToCompensate(tx, revocationId);
}

/** @throws DomainError EFFECT_IRREVERSIBLE with what cannot be undone */
export async function mustBeReversible(
  tx: EntityManager,
  kind: SubjectKind,
  subjectId: string,
): Promise<void> {
  const effect = await subjectOwner(kind).irreversible(tx, subjectId);
  if (effect !== null) throw new DomainError('EFFECT_IRREVERSIBLE', { effect });
}

async function rowOf(tx: EntityManager, id: string): Promise<Row> {
  const [row] = await tx.query<Row[]>(
    `SELECT v.request_id, v.reason, r.kind, r.number, r.title, r.subject_version, r.subject_hash, r.owner_id, r.self_ids, r.unit_id,
       trim_scale(r.amount)::text AS amount, r.currency, trim_scale(r.exposure)::text AS exposure, r.exposure_currency
     FROM revocation v JOIN approval_request r ON r.id = v.request_id WHERE v.id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
  return row;
}

function money(amount: string | null, currency: string | null): { amount: string; currency: string } | null {
  return amount !== null && currency !== null ? { amount, currency } : null;
}
