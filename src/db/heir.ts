/**
 * SQL of who has what a person had: themselves while they work here; of a leaver whoever was named, or whom they reported
 * to, and so on (AE-LEAVE-1); null when nobody is left.
 * @param person SQL of the person's id
 */
export function heirSql(person: string): string {
  return `(
    WITH RECURSIVE heir AS (
      SELECT e.id, e.status FROM employee e WHERE e.id = ${person}
      UNION
      SELECT n.id, n.status FROM heir h
      CROSS JOIN LATERAL (SELECT coalesce(c.successor_id, c.manager_id) AS id FROM staff_change c
        WHERE c.employee_id = h.id AND c.kind = 'LEFT' ORDER BY c.effective_at DESC LIMIT 1) c
      JOIN employee n ON n.id = c.id
      WHERE h.status = 'LEFT')
    SELECT id FROM heir WHERE status <> 'LEFT' LIMIT 1)`;
}
