import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import type { JsonObject } from '../../domain/json.js';
import type { Money } from '../../domain/money.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { budgetRates, plain } from './base-currency.js';
import { generalSubjectOf, type GeneralDraft } from './general.subject.js';
import type { PlannedSubject } from './planning.js';
import { previewApproval } from './preview.js';
import { submitForApproval, type Submitted } from './submit.js';

export interface GeneralInput {
  title: string;
  amount: Money | null;
  facts: Readonly<Record<string, string | boolean | readonly string[]>>;
  content: JsonObject;
  approverIds: readonly string[];
  /** whom it is for, besides the caller's person; left out: nobody else */
  beneficiaryIds?: readonly string[];
  /** whom the submitter wants to be sent a copy (AE-CC-1) */
  ccPersonIds?: readonly string[];
}

/** A request of another system, submitted at once. The caller's person is the initiator. @throws as submitForApproval */
export function createGeneralRequest(
  db: DataSource,
  meta: CommandMeta,
  input: GeneralInput,
): Promise<Answer<Submitted>> {
  return runCommand(db, meta, async (tx) => {
    const draft = await draftOf(tx, meta.actor.id, input);
    await insertDraft(tx, draft, input.approverIds);
    return submitForApproval(tx, meta, 'GENERAL', draft.id, {
      approverIds: input.approverIds,
      ccPersonIds: input.ccPersonIds,
    });
  });
}

/** The plan createGeneralRequest would get now; nothing is written. */
export async function previewGeneralRequest(
  tx: EntityManager,
  actor: CommandMeta['actor'],
  input: GeneralInput,
): Promise<PlannedSubject> {
  const draft = await draftOf(tx, actor.id, input);
  return previewApproval(tx, actor, generalSubjectOf(draft), input.approverIds);
}

async function draftOf(tx: EntityManager, initiatorId: string, input: GeneralInput): Promise<GeneralDraft> {
  const unitId = await unitOf(tx, initiatorId);
  const beneficiaryIds = [...new Set(input.beneficiaryIds ?? [])].sort();
  await mustBePeople(tx, beneficiaryIds);
  const exposure = input.amount && (await budgetRates(tx))(input.amount);
  return {
    id: uuidv7(),
    number: '',
    title: input.title,
    ownerId: initiatorId,
    unitId,
    amount: input.amount && plain(input.amount),
    exposure,
    // the table must judge the amount that is asked for, not one told beside it
    facts: exposure ? { ...input.facts, amount: exposure.amount } : input.facts,
    content: input.content,
    beneficiaryIds,
  };
}

/** @throws DomainError VALIDATION one of them is nobody */
async function mustBePeople(tx: EntityManager, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const known = await tx.query<{ id: string }[]>(`SELECT id FROM employee WHERE id = ANY($1::uuid[])`, [ids]);
  const unknown = ids.filter((id) => !known.some((person) => person.id === id));
  if (unknown.length === 0) return;
  throw new DomainError('VALIDATION', { unknown }, [
    { pointer: '/beneficiaryIds', code: 'UNKNOWN_PERSON', rule: 'people of the organisation' },
  ]);
}

/** The unit somebody works in first of all. @throws DomainError NO_UNIT */
export async function unitOf(tx: EntityManager, personId: string): Promise<string> {
  const [unit] = await tx.query<{ unit_id: string }[]>(
    `SELECT unit_id FROM assignment WHERE employee_id = $1 AND is_primary AND valid @> now()`,
    [personId],
  );
  if (!unit) throw new DomainError('NO_UNIT', { personId });
  return unit.unit_id;
}

async function insertDraft(
  tx: EntityManager,
  draft: GeneralDraft,
  approverIds: readonly string[],
): Promise<void> {
  await tx.query(
    `INSERT INTO general_request (id, number, title, owner_id, unit_id, amount, currency, exposure, exposure_currency, facts,
       content, approver_ids, beneficiary_ids, state)
     VALUES ($1, 'G-' || to_char(now(), 'YYYY') || '-' || lpad(nextval('general_request_number')::text, 6, '0'),
       $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'IN_APPROVAL')`,
    [
      draft.id,
      draft.title,
      draft.ownerId,
      draft.unitId,
      draft.amount?.amount ?? null,
      draft.amount?.currency ?? null,
      draft.exposure?.amount ?? null,
      draft.exposure?.currency ?? null,
      JSON.stringify(draft.facts),
      JSON.stringify(draft.content),
      approverIds,
      draft.beneficiaryIds,
    ],
  );
}
