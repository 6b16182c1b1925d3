import type { Resolver } from '../../domain/approval/stage-spec.js';
import { DomainError } from '../../domain/errors.js';
import { generalApprovalMessage } from '../../workflows/messages.js';
import type { SubjectKind, SubjectOwner } from './subject.js';
import { subjectOwner } from './subjects.js';

interface StageRow {
  title: string;
  resolver: Resolver;
  request_id: string;
  kind: SubjectKind;
  subject_id: string;
}

/**
 * A stage of another request as a subject of its own: what is approved is the parent's subject, so its hash is the
 * parent's (AE-CHILD-1). The parent learns of the end from the engine, in the same transaction; nothing follows here.
 */
export const stageSubject: SubjectOwner = {
  async load(tx, stageId) {
    const [row] = await tx.query<StageRow[]>(
      `SELECT t.title, t.spec->'resolver' AS resolver, r.id AS request_id, r.kind, r.subject_id
       FROM approval_stage t JOIN approval_request r ON r.id = t.request_id WHERE t.id = $1`,
      [stageId],
    );
    if (row?.resolver.kind !== 'CHILD') throw new DomainError('NOT_FOUND', { subjectId: stageId });
    const subject = await subjectOwner(row.kind).load(tx, row.subject_id);
    return {
      ...subject,
      kind: 'STAGE',
      id: stageId,
      title: `${row.title} · ${subject.title}`,
      policyKind: row.resolver.policyKind,
      parentRequestId: row.request_id,
    };
  },
  opened: () => Promise.resolve(),
  closed: () => Promise.resolve(),
  // a part of a request is not revoked alone
  irreversible: () => Promise.resolve('PART_OF_A_REQUEST'),
  revoked: () => Promise.resolve(),
  process: (_tx, _stageId, requestId, seq) => Promise.resolve(generalApprovalMessage(requestId, seq)),
};
