import type { DataSource } from 'typeorm';

export interface UnitTree {
  id: string;
  name: string;
  kind: 'COMPANY' | 'REGION' | 'TEAM' | 'DEPT' | 'PRODUCT_LINE';
  head: { id: string; name: string; title: string | null } | null;
  children: UnitTree[];
}

type Row = Omit<UnitTree, 'children'> & { parent_id: string | null };

/** A hierarchy as it was, is or will be at an instant; null = now. */
export async function unitTree(
  db: DataSource,
  hierarchy: 'REPORTING' | 'PRODUCT',
  asOf: string | null,
): Promise<UnitTree[]> {
  const rows = await db.query<Row[]>(
    `WITH at AS (SELECT coalesce($2::timestamptz, now()) AS t),
     edge AS (SELECT e.parent_id, e.child_id FROM org_edge e, at WHERE e.hierarchy = $1 AND e.valid @> at.t)
     SELECT u.id, u.name, u.kind, edge.parent_id,
       (SELECT json_build_object('id', p.id, 'name', p.name, 'title', p.title)
        FROM assignment a JOIN employee p ON p.id = a.employee_id, at
        WHERE a.unit_id = u.id AND a.position = 'HEAD' AND a.valid @> at.t) AS head
     FROM org_unit u LEFT JOIN edge ON edge.child_id = u.id
     WHERE (u.kind = 'PRODUCT_LINE') = ($1 = 'PRODUCT') AND (u.active OR $2::timestamptz IS NOT NULL)
     ORDER BY u.name, u.id`,
    [hierarchy, asOf],
  );
  return childrenOf(null, rows, new Set(rows.map(({ id }) => id)));
}

/** A unit whose parent is not in this tree stands at its root. */
function childrenOf(parentId: string | null, rows: readonly Row[], ids: ReadonlySet<string>): UnitTree[] {
  return rows
    .filter((row) => (row.parent_id !== null && ids.has(row.parent_id) ? row.parent_id : null) === parentId)
    .map(({ id, name, kind, head }) => ({
      id,
      name,
      kind,
      head,
      children: childrenOf(id, rows, ids),
    }));
}
