export type Scope = 'OWN' | 'TEAM' | 'REGION' | 'ALL';

/** A person as lists know them: which permission reaches how far, at this request. */
export interface Viewer {
  personId: string;
  permissions: Readonly<Record<string, Scope>>;
  /** permission → every unit a TEAM or REGION scope of it covers, units below included */
  unitIds: Readonly<Record<string, readonly string[]>>;
}

export interface ScopeCondition {
  sql: string;
  params: unknown[];
}

/**
 * The part of a WHERE that keeps what the viewer may see under a permission. Without the permission nothing passes.
 * @param columns SQL expressions written in code, never taken from a request
 * @param firstParam number of the first `$n` the condition may use
 */
export function scopeCondition(
  viewer: Viewer,
  permission: string,
  columns: { ownerId: string; unitId: string },
  firstParam: number,
): ScopeCondition {
  const scope = viewer.permissions[permission];
  if (scope === undefined) return { sql: 'FALSE', params: [] };
  switch (scope) {
    case 'ALL':
      return { sql: 'TRUE', params: [] };
    case 'OWN':
      return {
        sql: `${columns.ownerId} = $${firstParam}::uuid`,
        params: [viewer.personId],
      };
    case 'TEAM':
    case 'REGION':
      return {
        sql: `(${columns.ownerId} = $${firstParam}::uuid OR ${columns.unitId} = ANY($${firstParam + 1}::uuid[]))`,
        params: [viewer.personId, viewer.unitIds[permission] ?? []],
      };
  }
}

/** As `scopeCondition`, of one record that is there. */
export function isInReach(
  { personId, permissions, unitIds }: Viewer,
  permission: string,
  { ownerId, unitId }: { ownerId: string; unitId: string | null },
): boolean {
  const scope = permissions[permission];
  if (scope === undefined) return false;
  if (scope === 'ALL' || ownerId === personId) return true;
  return scope !== 'OWN' && unitId !== null && (unitIds[permission] ?? []).includes(unitId);
}
