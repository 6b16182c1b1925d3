import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { staffChangeMessage } from '../../workflows/messages.js';
import { tellProcess } from '../outbox.js';

export interface StaffChange {
  /** who it is about; of a unit's place in the reporting line: `unitId` instead */
  employeeId?: string;
  unitId?: string;
  kind: 'LEFT' | 'ROLE_GRANTED' | 'ROLE_LOST' | 'LINE_CHANGED' | 'SAME_HUMAN';
  role: string | null;
  /** ISO instant: when it is so */
  effectiveAt: string;
  /** of a leaver: who takes over what is theirs in person, and whom they reported to */
  successorId?: string | null;
  managerId?: string | null;
}

/** What was decided about a person or a unit is told to a process of its own, which looks at open seats when the time has come. */
export async function announce(
  tx: EntityManager,
  change: StaffChange,
  by: { seq: number; correlationId: string | null },
): Promise<void> {
  const id = uuidv7();
  await tx.query(
    `INSERT INTO staff_change (id, employee_id, unit_id, kind, role, effective_at, successor_id, manager_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      change.employeeId ?? null,
      change.unitId ?? null,
      change.kind,
      change.role,
      change.effectiveAt,
      change.successorId ?? null,
      change.managerId ?? null,
    ],
  );
  await tellProcess(tx, staffChangeMessage(id, by.seq), by.correlationId);
}
