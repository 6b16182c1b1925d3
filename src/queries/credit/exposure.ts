import type { Reader } from '../../db/prepared.js';
import { EXPOSURE_KINDS, type ExposureKind } from '../../domain/credit/exposure.js';

/** What stands in the ledger of a kind, in base currency, and what of it counts by the policy. */
export interface ExposurePart {
  kind: ExposureKind;
  amount: string;
  /** share that counts, 0–1 */
  weight: string;
  counted: string;
}

/** A customer's exposure to a company by its kinds, in their usual order; kinds of which nothing stands are left out. */
export async function exposureParts(
  db: Reader,
  { customerId, companyId }: { customerId: string; companyId: string },
  weights: Readonly<Record<ExposureKind, string>>,
): Promise<ExposurePart[]> {
  return db.query<ExposurePart[]>(
    `SELECT kind, trim_scale(base)::text AS amount, $3::jsonb->>kind AS weight,
       trim_scale(round(base * ($3::jsonb->>kind)::numeric, 4))::text AS counted
     FROM (SELECT kind, sum(base_amount) AS base FROM exposure_entry WHERE customer_id = $1 AND company_id = $2 GROUP BY kind) k
     WHERE base <> 0 ORDER BY array_position($4::text[], kind::text)`,
    [customerId, companyId, JSON.stringify(weights), EXPOSURE_KINDS],
  );
}
