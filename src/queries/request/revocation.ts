import type { StoredRequest } from '../../db/approval-state.js';
import type { Reader } from '../../db/prepared.js';
import { irreversibleEffect } from '../../db/subject-effect.js';
import type { ActionRight } from '../../domain/approval/rights.js';
import type { Viewer } from '../org/scope.js';

/** How a request and its revocation point to each other (AE-RV-1). */
export interface RevocationLinks {
  /** the last request to revoke this approval */
  revocation: { requestId: string; state: string } | null;
  /** of a revocation: the request whose approval it ends */
  revokes: { requestId: string; title: string; state: string } | null;
}

interface Row extends RevocationLinks {
  irreversible: boolean;
}

/** Both links, and whether anything that cannot be undone has followed. */
export async function revocationOf(db: Reader, { state, kind, subjectId }: StoredRequest): Promise<Row> {
  const [links] = await db.query<RevocationLinks[]>(
    `SELECT (SELECT json_build_object('requestId', q.id, 'state', q.state)
             FROM revocation v JOIN approval_request q ON q.kind = 'REVOCATION' AND q.subject_id = v.id
             WHERE v.request_id = $1 ORDER BY v.created_at DESC, v.id DESC LIMIT 1) AS revocation,
       (SELECT json_build_object('requestId', o.id, 'title', o.title, 'state', o.state)
        FROM revocation v JOIN approval_request o ON o.id = v.request_id WHERE $2 = 'REVOCATION' AND v.id = $3) AS revokes`,
    [state.id, kind, subjectId],
  );
  return { ...links!, irreversible: (await irreversibleEffect(db, kind, subjectId)) !== null };
}

/** Whether the viewer may ask for this approval's revocation now; the server refuses the same. */
export function revokeRight(
  { state, kind, ownerId }: StoredRequest,
  { revocation, irreversible }: Row,
  viewer: Viewer,
): ActionRight[] {
  const open = revocation?.state === 'PENDING' || revocation?.state === 'RETURNED';
  const theirs =
    state.initiatorId === viewer.personId ||
    ownerId === viewer.personId ||
    viewer.permissions['approval:admin'] !== undefined;
  if (state.state !== 'APPROVED' || ['STAGE', 'REVOCATION', 'SPLIT'].includes(kind)) return [];
  if (open || irreversible || !theirs) return [];
  return [{ action: 'REVOKE', seatId: null, seatVersion: null, commentRequired: true }];
}
