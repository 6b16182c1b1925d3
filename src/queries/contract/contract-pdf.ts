import type { DataSource } from 'typeorm';
import { contractDocument } from '../../domain/contract/contract-document.js';
import type { ContractState } from '../../domain/contract/contract.js';
import type { DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { printPdf } from '../document/pdf.js';
import type { PdfFile } from '../quote/quote-pdf.js';

/** States in which the text is not approved, whatever was before. */
const UNAPPROVED: readonly ContractState[] = ['DRAFT', 'IN_REVIEW', 'RETURNED', 'REJECTED'];

/**
 * A contract's own text as PDF; the language is that of the pages' frame. Whoever calls has seen to it that its reader may
 * read it.
 * @throws DomainError NOT_FOUND · DOCUMENT_TOO_LONG
 */
export async function contractPdf(
  db: DataSource,
  contractId: string,
  language: DocumentLanguage,
): Promise<PdfFile> {
  const [row] = await db.query<
    {
      number: string;
      version: number;
      state: ContractState;
      text: string;
      text_hash: string;
      approved: boolean;
      at: Date;
    }[]
  >(
    `SELECT number, version, state, text, text_hash, approved_at IS NOT NULL AS approved,
       date_trunc('milliseconds', coalesce(approved_at, updated_at)) AS at
     FROM contract WHERE id = $1`,
    [contractId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { contractId });
  const bytes = await printPdf({
    name: `${row.number} v${row.version}`,
    language,
    blocks: contractDocument(row.text),
    textHash: row.approved && !UNAPPROVED.includes(row.state) ? row.text_hash : null,
    datedAt: row.at.toISOString(),
  });
  return { name: `${row.number}-v${row.version}-${language === 'en' ? 'en' : 'zh'}.pdf`, bytes };
}
