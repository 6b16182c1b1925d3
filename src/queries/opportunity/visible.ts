import type { DataSource } from 'typeorm';
import { scopeCondition, type Scope, type Viewer } from '../org/scope.js';

const READ = 'opportunity:read';
const COLUMNS = { ownerId: 'o.owner_id', unitId: 'o.unit_id' };

/** Collects the conditions of a WHERE with their parameters. */
export class Where {
  readonly params: unknown[] = [];
  /** whether single deals are named in it, which no sum of many knows */
  namesDeals = false;
  private readonly parts: string[] = [];

  /** The same conditions, to go on from in another way. */
  copy(): Where {
    const other = new Where();
    other.params.push(...this.params);
    other.parts.push(...this.parts);
    other.namesDeals = this.namesDeals;
    return other;
  }

  /** `sql` has `?` where each of its parameters stands */
  and(sql: string, ...params: unknown[]): this {
    let next = 0;
    this.parts.push(
      sql.replaceAll('?', () => {
        this.params.push(params[next++]);
        return `$${this.params.length}`;
      }),
    );
    return this;
  }

  /** A further parameter outside the conditions. @returns its `$n` */
  param(value: unknown): string {
    this.params.push(value);
    return `$${this.params.length}`;
  }

  get sql(): string {
    return this.parts.length === 0 ? 'TRUE' : this.parts.map((part) => `(${part})`).join(' AND ');
  }
}

/**
 * Deals (`o`) within the viewer's reach under a permission; whoever works on a deal with others sees it as well, without changing it. The few
 * deals somebody works on are read first, so that the rest stays a matter of indexes.
 */
export async function visibleDeals(
  db: DataSource,
  viewer: Viewer,
  permission: string,
  where = new Where(),
): Promise<Where> {
  const scope: Scope | undefined = viewer.permissions[permission];
  const { sql, params } = scopeCondition(viewer, permission, COLUMNS, where.params.length + 1);
  where.params.push(...params);
  if (scope === undefined || scope === 'ALL' || permission !== READ) return where.and(sql);
  const shared = await db.query<{ id: string }[]>(
    `SELECT opportunity_id AS id FROM opportunity_collaborator WHERE employee_id = $1 LIMIT 1000`,
    [viewer.personId],
  );
  if (shared.length === 0) return where.and(sql);
  where.namesDeals = true;
  return where.and(`${sql} OR o.id = ANY(${where.param(shared.map(({ id }) => id))}::uuid[])`);
}
