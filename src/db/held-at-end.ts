/**
 * SQL of whether a contract was suspended when its term ended: the last that its chain says of it is that it was held.
 * @param contract SQL of the contract's id
 */
export function heldAtEndSql(contract: string): string {
  return `coalesce((SELECT h.type = 'contract.suspended' FROM event h
    WHERE h.aggregate_kind = 'contract' AND h.aggregate_id = ${contract} AND h.type IN ('contract.suspended', 'contract.resumed')
    ORDER BY h.seq DESC LIMIT 1), false)`;
}
