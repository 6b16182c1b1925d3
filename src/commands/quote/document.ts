import type { EntityManager } from 'typeorm';
import { quotationContent } from '../../db/quotation-content.js';
import { canonicalText } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { quotationDocument } from '../../domain/quote/quotation-document.js';
import { textDigest } from '../contract/text-digest.js';

/**
 * Keeps the document of what is approved, word for word, and answers its text hash. As long as the approved content is the
 * same the first one stays, whatever the words of documents become later.
 */
export async function keepDocument(tx: EntityManager, quoteId: string): Promise<string> {
  const content = await quotationContent(tx, quoteId);
  if (!content) throw new DomainError('NOT_FOUND', { quoteId });
  const document = quotationDocument(content);
  const [kept] = await tx.query<{ text_hash: string }[]>(
    `INSERT INTO quote_document AS d (quote_id, document, text_hash, material_hash) VALUES ($1, $2, $3, $4)
     ON CONFLICT (quote_id) DO UPDATE SET document = excluded.document, text_hash = excluded.text_hash,
       material_hash = excluded.material_hash, at = excluded.at WHERE d.material_hash <> excluded.material_hash
     RETURNING text_hash`,
    [quoteId, JSON.stringify(document), textDigest(canonicalText(document)), content.materialHash],
  );
  if (kept) return kept.text_hash;
  return (await offeredText(tx, quoteId))!;
}

/** Hash of the text the customer has before them; null when nothing was ever sent. */
export async function offeredText(tx: EntityManager, quoteId: string): Promise<string | null> {
  const [kept] = await tx.query<{ text_hash: string }[]>(
    `SELECT text_hash FROM quote_document WHERE quote_id = $1`,
    [quoteId],
  );
  return kept?.text_hash ?? null;
}
