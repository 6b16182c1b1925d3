import type { QuotationContent } from '../domain/quote/quotation-document.js';
import type { Reader } from './prepared.js';

export interface StoredQuotation extends QuotationContent {
  materialHash: string;
}

/** What the document of a stored quotation is made of; null when there is no such quotation. */
export async function quotationContent(db: Reader, quoteId: string): Promise<StoredQuotation | null> {
  const [row] = await db.query<StoredQuotation[]>(
    `SELECT q.number, q.version, q.material, q.material_hash AS "materialHash",
       coalesce((SELECT u.name FROM org_unit u WHERE u.kind = 'COMPANY' ORDER BY u.code LIMIT 1), '') AS seller
     FROM quote q WHERE q.id = $1`,
    [quoteId],
  );
  return row ?? null;
}
