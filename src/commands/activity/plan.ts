import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { checkPlanned, type ActivityKind } from '../../domain/opportunity/activity.js';

/** What is done next with a deal, and on which day. */
export interface NextActivity {
  kind: ActivityKind;
  /** ISO date */
  plannedOn: string;
  subject: string;
}

export interface About {
  opportunityId: string | null;
  customerId: string | null;
  contactId?: string | null;
  ownerId: string;
  unitId: string | null;
  /** ISO date in the owner's zone */
  today: string;
}

/** @returns the activity's id. @throws DomainError VALIDATION a day in the past */
export async function planNext(
  tx: EntityManager,
  { kind, plannedOn, subject }: NextActivity,
  about: About,
  pointer = '/next/plannedOn',
): Promise<string> {
  checkPlanned(plannedOn, about.today, pointer);
  const id = uuidv7();
  await tx.query(
    `INSERT INTO activity (id, kind, state, opportunity_id, customer_id, contact_id, subject, planned_on, owner_id, unit_id)
     VALUES ($1, $2, 'PLANNED', $3, $4, $5, $6, $7, $8, $9)`,
    [
      id,
      kind,
      about.opportunityId,
      about.customerId,
      about.contactId ?? null,
      subject,
      plannedOn,
      about.ownerId,
      about.unitId,
    ],
  );
  return id;
}

/** Whether anything is planned with a deal. */
export async function hasNext(tx: EntityManager, opportunityId: string): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM activity WHERE opportunity_id = $1 AND state = 'PLANNED' LIMIT 1`,
    [opportunityId],
  );
  return rows.length > 0;
}
