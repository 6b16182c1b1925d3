import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { policyOfRequestKind, type RequestKind } from '../../domain/request-kind/kind.js';
import { documentMeasures } from '../../domain/request-kind/measures.js';
import { beneficiariesOf } from '../../domain/request-kind/named.js';
import {
  exposureOf,
  factsOf,
  relevantContent,
  subjectKeyOf,
  titleOf,
} from '../../domain/request-kind/reading.js';
import { documentProblems } from '../../policy/request-kind/validate.js';
import { budgetRates } from '../approval/base-currency.js';
import { hexDigest } from '../hash.js';
import type { ApprovalSubject } from '../approval/subject.js';
import { digestsOf } from './named.js';

/** A request of a kind as it is stored, or as it would be. */
export interface Form {
  id: string;
  number: string;
  version: number;
  ownerId: string;
  unitId: string;
  document: JsonObject;
}

/**
 * The approval subject of a document, as its kind describes it: the one way for preview, submission and resubmission
 * (AE-PLAN-1). Money is judged at the budget rates of now.
 * @throws DomainError DOCUMENT_INVALID with every field and rule
 */
export async function formSubject(
  tx: EntityManager,
  form: Form,
  kind: RequestKind,
): Promise<ApprovalSubject> {
  const { id, number, version, ownerId, unitId, document } = form;
  const { content } = kind;
  mustFollowSchema(kind, document);
  const toBase = await budgetRates(tx);
  const { values, open, rest } = documentMeasures(kind, document);
  const digests = await digestsOf(tx, kind, document);
  const files: JsonObject = Object.keys(digests).length === 0 ? {} : { attachments: digests };
  return {
    kind: 'GENERAL',
    id,
    number,
    version,
    title: titleOf(content, document),
    ownerId,
    beneficiaryIds: beneficiariesOf(content, document),
    unitId,
    policyKind: content.policyKind,
    requestKind: policyOfRequestKind(kind.key),
    facts: factsOf(content, document, toBase),
    content: { ...relevantContent(kind, document), ...files },
    ...(open.length > 0 ? { measures: { ...values, content: hexDigest({ ...rest, ...files }) }, open } : {}),
    ...exposureOf(content, document, toBase),
    confidential: null,
  };
}

/** @throws DomainError DOCUMENT_INVALID (422), fields as pointers into the request body */
export function mustFollowSchema({ content }: RequestKind, document: JsonObject, at = '/document'): void {
  const problems = documentProblems(content.schema, document);
  if (problems.length === 0) return;
  const fields = problems.map((problem) => ({ ...problem, pointer: `${at}${problem.pointer}` }));
  throw new DomainError('DOCUMENT_INVALID', {}, fields);
}

/**
 * AE-START-1: of two requests of a kind about the same thing one is open at a time. Waits for whoever opens another one now.
 * @throws DomainError OPEN_REQUEST_EXISTS with the open one
 */
export async function mustBeAlone(
  tx: EntityManager,
  { id, document }: Pick<Form, 'id' | 'document'>,
  kind: RequestKind,
): Promise<void> {
  const subjectKey = subjectKeyOf(kind.content, document);
  if (subjectKey === null) return;
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`${kind.key}/${subjectKey}`]);
  const [open] = await tx.query<{ id: string; state: string }[]>(
    `SELECT r.id, r.state FROM general_request g JOIN approval_request r ON r.kind = 'GENERAL' AND r.subject_id = g.id
     WHERE g.kind_key = $1 AND g.subject_key = $2 AND g.id <> $3 AND r.state IN ('PENDING', 'RETURNED')`,
    [kind.key, subjectKey, id],
  );
  if (open)
    throw new DomainError('OPEN_REQUEST_EXISTS', {
      openRequestId: open.id,
      requestState: open.state,
      subjectKey,
    });
}
