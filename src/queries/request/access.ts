import type { Reader } from '../../db/prepared.js';
import { scopeCondition, type Viewer } from '../org/scope.js';

/** Permissions that reach every request, whoever owns it. */
const EVERYWHERE = ['approval:admin', 'ops:read', 'audit:read'];

/** The initiator, the subject's owner, whoever has or had a seat or answered; of request `r` and person `$2`. */
const HAS_PART = `(r.initiator_id = $2::uuid OR r.owner_id = $2::uuid OR EXISTS (
       SELECT 1 FROM approval_seat s WHERE s.request_id = r.id AND (s.holder_id = $2::uuid OR s.owner_id = $2::uuid OR $2::uuid = ANY(s.past_holder_ids)))
       OR EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = r.id AND d.actor = $2::uuid::text))`;

function holdsOffice(viewer: Viewer): boolean {
  return EVERYWHERE.some((permission) => viewer.permissions[permission] !== undefined);
}

/**
 * May the viewer read this request? The initiator, the subject's owner, and whoever has or had a seat or was sent a copy may
 * always; others by the scope of approval:read.
 */
export async function mayReadRequest(db: Reader, viewer: Viewer, requestId: string): Promise<boolean> {
  return (await accessTo(db, viewer, requestId)) !== null;
}

/** COPY: only because they were sent one (AE-CC-1) · null: not at all */
export type RequestAccess = 'FULL' | 'COPY' | null;

export async function accessTo(db: Reader, viewer: Viewer, requestId: string): Promise<RequestAccess> {
  const scope = scopeCondition(
    viewer,
    'approval:read',
    { ownerId: 'r.initiator_id', unitId: 'r.unit_id' },
    4,
  );
  const [row] = await db.query<{ may: boolean; copied: boolean }[]>(
    `SELECT ($3::boolean OR ${scope.sql} OR ${HAS_PART}) AS may,
       EXISTS (SELECT 1 FROM request_copy c WHERE c.request_id = r.id AND c.person_id = $2::uuid) AS copied
     FROM approval_request r WHERE r.id = $1`,
    [requestId, viewer.personId, holdsOffice(viewer), ...scope.params],
  );
  if (row?.may === true) return 'FULL';
  return row?.copied === true ? 'COPY' : null;
}

/** Would the viewer read this request only by virtue of an office, having no part in it? Such reads are recorded (AE-AUD-1). */
export async function readsByOffice(db: Reader, viewer: Viewer, requestId: string): Promise<boolean> {
  if (!holdsOffice(viewer)) return false;
  const rows = await db.query<unknown[]>(
    `SELECT 1 FROM approval_request r WHERE r.id = $1 AND NOT ${HAS_PART}`,
    [requestId, viewer.personId],
  );
  return rows.length > 0;
}
