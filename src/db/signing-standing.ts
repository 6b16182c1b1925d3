/**
 * Whether what a flow was begun for still waits for its signature: the sealed contract, or the sealed change of one in force,
 * with the very text. Of `signing_flow f` joined to `contract k`.
 */
export const SIGNING_STANDS = `((k.base IS NULL AND k.state = 'SEALED' AND k.version = f.version AND k.text_hash = f.text_hash)
  OR (k.base IS NOT NULL AND k.state IN ('EFFECTIVE', 'PERFORMING', 'CHANGE_PENDING', 'SUSPENDED') AND EXISTS (
    SELECT 1 FROM contract_version v WHERE v.contract_id = k.id AND v.version = f.version AND v.state = 'SEALED'
      AND v.text_hash = f.text_hash)))`;

export const SIGNING_IS_BLOCKED = `EXISTS (SELECT 1 FROM customer_block b WHERE b.customer_id = k.customer_id AND b.lifted_at IS NULL)`;
