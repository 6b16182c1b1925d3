import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { Viewer } from '../org/scope.js';

/**
 * Deals are given only to people whose deals the giver works on as well: nobody gives away what they would not see again.
 * @throws DomainError FORBIDDEN the viewer answers for their own deals only · VALIDATION the person is out of reach
 */
export async function mustBeInReach(db: DataSource, viewer: Viewer, newOwnerId: string): Promise<void> {
  const scope = viewer.permissions['opportunity:write'];
  if (scope === undefined || scope === 'OWN') throw new DomainError('FORBIDDEN');
  if (scope === 'ALL' || newOwnerId === viewer.personId) return;
  const within = await db.query<unknown[]>(
    `SELECT 1 FROM assignment WHERE employee_id = $1 AND is_primary AND valid @> now() AND unit_id = ANY($2::uuid[])`,
    [newOwnerId, viewer.unitIds['opportunity:write'] ?? []],
  );
  if (within.length === 0)
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/newOwnerId', code: 'OUT_OF_REACH', rule: 'somebody of the own team or region' },
    ]);
}
