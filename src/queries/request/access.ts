import type { Reader } from '../../db/prepared.js';
import { scopeCondition, type Viewer } from '../org/scope.js';

/** Permissions that reach every request, whoever owns it. */
const EVERYWHERE = ['approval:admin', 'ops:read', 'audit:read'];

/**
 * May the viewer read this request? The initiator, the subject's owner, and whoever has or had a seat may always;
 * others by the scope of approval:read.
 */
export async function mayReadRequest(db: Reader, viewer: Viewer, requestId: string): Promise<boolean> {
  const everywhere = EVERYWHERE.some((permission) => viewer.permissions[permission] !== undefined);
  const scope = scopeCondition(
    viewer,
    'approval:read',
    { ownerId: 'r.initiator_id', unitId: 'r.unit_id' },
    4,
  );
  const [row] = await db.query<{ may: boolean }[]>(
    `SELECT ($3::boolean OR r.initiator_id = $2::uuid OR r.owner_id = $2::uuid OR ${scope.sql} OR EXISTS (
       SELECT 1 FROM approval_seat s WHERE s.request_id = r.id AND (s.holder_id = $2::uuid OR s.owner_id = $2::uuid OR $2::uuid = ANY(s.past_holder_ids)))
       OR EXISTS (SELECT 1 FROM approval_decision d WHERE d.request_id = r.id AND d.actor = $2::uuid::text)) AS may
     FROM approval_request r WHERE r.id = $1`,
    [requestId, viewer.personId, everywhere, ...scope.params],
  );
  return row?.may === true;
}
