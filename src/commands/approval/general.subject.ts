import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import { BUILT_IN_KINDS } from '../../domain/request-kind/built-in.js';
import { generalApprovalMessage } from '../../workflows/messages.js';
import type { RequestKind } from '../../domain/request-kind/kind.js';
import { dropApprovedForm, restoreApprovedForm } from '../request-kind/approved-form.js';
import { editableInForm, editedForm } from '../request-kind/edit-in-decision.js';
import { formSubject, mustBeAlone, type Form } from '../request-kind/form.subject.js';
import { kindVersion } from '../request-kind/store.js';
import { notWritable } from './not-writable.js';
import type { ApprovalSubject, RequestOutcome, SubjectOwner } from './subject.js';
import { irreversibleEffect } from '../../db/subject-effect.js';

interface GeneralRow {
  id: string;
  number: string;
  title: string;
  owner_id: string;
  unit_id: string;
  amount: string | null;
  currency: string | null;
  exposure: string | null;
  exposure_currency: string | null;
  facts: ApprovalSubject['facts'];
  content: JsonObject;
  beneficiary_ids: string[];
  row_version: number;
  /** of a request kind: the version it is bound to, and what was filled in */
  kind_version_id: string | null;
  document: JsonObject | null;
}

export interface GeneralDraft {
  id: string;
  number: string;
  title: string;
  ownerId: string;
  unitId: string;
  amount: ApprovalSubject['amount'];
  exposure: ApprovalSubject['exposure'];
  facts: ApprovalSubject['facts'];
  content: JsonObject;
  /** whom it is for, besides whoever asks; they count as initiator, too (AE-SELF-1) */
  beneficiaryIds: readonly string[];
}

/** What other systems ask approval for: a title, an amount, facts for the table and content of their own. */
export function generalSubjectOf(draft: GeneralDraft): ApprovalSubject {
  const { id, number, title, ownerId, unitId, amount, exposure, facts, content, beneficiaryIds } = draft;
  const isFor: JsonObject = beneficiaryIds.length === 0 ? {} : { beneficiaryIds: [...beneficiaryIds] };
  return {
    kind: 'GENERAL',
    id,
    number,
    version: 1,
    title,
    ownerId,
    beneficiaryIds,
    unitId,
    policyKind: BUILT_IN_KINDS.GENERAL.policyKind,
    facts,
    content: { title, amount, facts, content, ...isFor },
    exposure,
    amount,
    confidential: null,
  };
}

export const generalSubject: SubjectOwner = {
  async load(tx: EntityManager, id: string): Promise<ApprovalSubject> {
    const row = await readRow(tx, id);
    const { kind_version_id: kindId, document } = row;
    if (kindId !== null && document !== null)
      return formSubject(tx, formOf(row, document), await kindVersion(tx, kindId));
    return generalSubjectOf({
      ...row,
      ownerId: row.owner_id,
      unitId: row.unit_id,
      beneficiaryIds: row.beneficiary_ids,
      amount: money(row.amount, row.currency),
      exposure: money(row.exposure, row.exposure_currency),
    });
  },
  async editable(tx, id, stage) {
    const found = await formRow(tx, id);
    return found ? editableInForm(found.form, found.kind, stage) : [];
  },
  async edited(tx, id, stage, edits) {
    const found = await formRow(tx, id);
    if (!found) throw notWritable(Object.keys(edits));
    return editedForm(tx, found.form, found.kind, stage, edits);
  },
  async opened(tx, subject) {
    const [row] = await tx.query<{ kind_version_id: string | null; document: JsonObject | null }[]>(
      `SELECT kind_version_id, document FROM general_request WHERE id = $1 FOR UPDATE`,
      [subject.id],
    );
    const { kind_version_id: kindId = null, document = null } = row ?? {};
    if (kindId !== null && document !== null)
      await mustBeAlone(tx, { id: subject.id, document }, await kindVersion(tx, kindId));
    await setState(tx, subject.id, 'IN_APPROVAL');
  },
  async closed(tx, subject, _requestId, outcome) {
    await setState(tx, subject.id, outcome);
    if (outcome === 'APPROVED') await dropApprovedForm(tx, subject.id);
  },
  async reverted(tx, id) {
    await restoreApprovedForm(tx, id);
    await setState(tx, id, 'APPROVED');
  },
  async irreversible(tx, id) {
    await tx.query(`SELECT 1 FROM general_request WHERE id = $1 FOR UPDATE`, [id]);
    return irreversibleEffect(tx, 'GENERAL', id);
  },
  async revoked(tx, id) {
    await setState(tx, id, 'REVOKED');
  },
  async process(tx, _subjectId, requestId, seq) {
    const reopened = await tx.query<unknown[]>(
      `SELECT 1 FROM approval_request WHERE id = $1 AND state = 'PENDING' AND amends IS NOT NULL`,
      [requestId],
    );
    return generalApprovalMessage(requestId, seq, reopened.length > 0);
  },
};

async function readRow(tx: EntityManager, id: string): Promise<GeneralRow> {
  const [row] = await tx.query<GeneralRow[]>(
    `SELECT id, number, title, owner_id, unit_id, trim_scale(amount)::text AS amount, currency,
       trim_scale(exposure)::text AS exposure, exposure_currency, facts, content,
       beneficiary_ids, row_version, kind_version_id, document
     FROM general_request WHERE id = $1`,
    [id],
  );
  if (!row) throw new DomainError('NOT_FOUND', { subjectId: id });
  return row;
}

/** The document of a request kind; null: the request is of none. */
async function formRow(tx: EntityManager, id: string): Promise<{ form: Form; kind: RequestKind } | null> {
  const row = await readRow(tx, id);
  const { kind_version_id: kindId, document } = row;
  if (kindId === null || document === null) return null;
  return { form: formOf(row, document), kind: await kindVersion(tx, kindId) };
}

function formOf({ id, number, row_version: version, owner_id, unit_id }: GeneralRow, document: JsonObject) {
  return { id, number, version, ownerId: owner_id, unitId: unit_id, document };
}

async function setState(
  tx: EntityManager,
  id: string,
  state: 'IN_APPROVAL' | 'REVOKED' | RequestOutcome,
): Promise<void> {
  await tx.query(`UPDATE general_request SET state = $2 WHERE id = $1`, [id, state]);
}

function money(amount: string | null, currency: string | null): { amount: string; currency: string } | null {
  return amount !== null && currency !== null ? { amount, currency } : null;
}
