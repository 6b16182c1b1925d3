import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { DomainError } from '../../domain/errors.js';
import { runCommand, type Answer, type CommandMeta } from '../transaction.js';
import { absenceMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';
import { assertActivePerson, lockHistory, record } from './history.js';

export interface NewAbsence {
  personId: string;
  /** ISO instant; one that has passed counts as now (AE-ABS-1: an absence begins no earlier) */
  from: string;
  to: string;
  delegateId: string | null;
  note: string | null;
  /** kinds of policy, and request kinds as `request.expense`, it is about; null = all */
  kinds?: readonly string[] | null;
  /** above it the stand-in does not act */
  maxAmount?: { amount: string; currency: string } | null;
  /** the stand-in may answer besides the person, not instead */
  share?: boolean;
  /** what is open when it begins goes along */
  includeOpen?: boolean;
  /** in which the person thinks of the dates, IANA */
  zone?: string | null;
}

/** @throws DomainError VALIDATION ends before it begins or before now, unknown people · ORG.OVERLAP with another absence */
export function enterAbsence(
  db: DataSource,
  meta: CommandMeta,
  absence: NewAbsence,
): Promise<Answer<{ id: string }>> {
  return runCommand(db, meta, async (tx) => {
    await assertActivePerson(tx, absence.personId, '/personId');
    assertStandIn(absence);
    if (absence.delegateId !== null) await assertActivePerson(tx, absence.delegateId, '/delegateId');
    const head = await lockHistory(tx, 'employee', absence.personId);
    const from = absence.from < head.now ? head.now : absence.from;
    if (absence.to <= from)
      throw new DomainError('VALIDATION', {}, [
        {
          pointer: '/to',
          code: 'RANGE',
          rule: 'ends after it begins and after now',
        },
      ]);
    await mustNotOverlap(tx, absence, from);
    const id = uuidv7();
    const { kinds = null, maxAmount = null, share = false, includeOpen = false, zone = null } = absence;
    await tx.query(
      `INSERT INTO absence (id, employee_id, delegate_id, during, note, created_by, kinds, max_amount, max_currency, share,
         include_open, zone)
       VALUES ($1, $2, $3, tstzrange($4, $5), $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        id,
        absence.personId,
        absence.delegateId,
        from,
        absence.to,
        absence.note,
        meta.actor.id,
        kinds,
        maxAmount?.amount ?? null,
        maxAmount?.currency ?? null,
        share,
        includeOpen,
        zone,
      ],
    );
    await record(tx, head, meta.actor, 'employee.absence-entered', {
      ...absence,
      kinds: kinds === null ? null : [...kinds],
      id,
      from,
    });
    await tellProcess(tx, absenceMessage(id, head.seq + 1), meta.correlationId);
    return { id };
  });
}

/** Ends an absence early or takes back a coming one. @throws DomainError NOT_FOUND over, cancelled or never there */
export function cancelAbsence(db: DataSource, meta: CommandMeta, id: string): Promise<Answer<null>> {
  return runCommand(db, meta, async (tx) => {
    const [row] = await tx.query<{ employee_id: string }[]>(
      `SELECT employee_id FROM absence WHERE id = $1 AND cancelled_at IS NULL AND upper(during) > now()`,
      [id],
    );
    if (!row) throw new DomainError('NOT_FOUND');
    const head = await lockHistory(tx, 'employee', row.employee_id);
    await tx.query(`UPDATE absence SET cancelled_at = now() WHERE id = $1`, [id]);
    await record(tx, head, meta.actor, 'employee.absence-cancelled', { id });
    await tellProcess(tx, absenceMessage(id, head.seq + 1), meta.correlationId);
    return null;
  });
}

/**
 * AE-ABS-1: two rules for one kind at one time would contradict each other. A request kind is met by the policy that routes
 * it, too.
 */
async function mustNotOverlap(
  tx: EntityManager,
  { personId, to, kinds = null }: NewAbsence,
  from: string,
): Promise<void> {
  const [other] = await tx.query<{ id: string }[]>(
    `SELECT id FROM absence WHERE employee_id = $1 AND cancelled_at IS NULL AND during && tstzrange($2, $3)
       AND (kinds IS NULL OR $4::varchar[] IS NULL OR kinds && ($4 || ARRAY(
         SELECT CASE WHEN v.kind = ANY($4) THEN v.content->>'policyKind' ELSE v.kind END FROM policy_version v
         WHERE v.kind LIKE 'request.%' AND v.valid @> now() AND (v.kind = ANY($4) OR v.content->>'policyKind' = ANY($4))
       )::varchar[])) LIMIT 1`,
    [personId, from, to, kinds],
  );
  if (other) throw new DomainError('ORG.OVERLAP', { absenceId: other.id });
}

function assertStandIn({ personId, delegateId, share, maxAmount }: NewAbsence): void {
  if (personId === delegateId)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/delegateId', code: 'SELF', rule: 'somebody else' },
    ]);
  if (share && delegateId === null)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/delegateId', code: 'REQUIRED', rule: 'somebody to share it with' },
    ]);
  if (maxAmount?.amount.startsWith('-'))
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/maxAmount', code: 'RANGE', rule: 'not below zero' },
    ]);
}
