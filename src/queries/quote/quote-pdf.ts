import type { DataSource } from 'typeorm';
import { quotationContent } from '../../db/quotation-content.js';
import type { BothLanguages, DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { quotationDocument } from '../../domain/quote/quotation-document.js';
import type { QuoteState } from '../../domain/quote/quote.js';
import { printPdf } from '../document/pdf.js';

export interface PdfFile {
  name: string;
  bytes: Buffer;
}

interface Row {
  number: string;
  version: number;
  state: QuoteState;
  at: Date;
  document: BothLanguages | null;
  textHash: string | null;
}

/** States in which nothing of it is approved, whatever was before. */
const UNAPPROVED: readonly QuoteState[] = ['DRAFT', 'IN_APPROVAL', 'RETURNED', 'REJECTED', 'WITHDRAWN'];

/**
 * A quotation as PDF: the approved document with its text hash, or what it would be, marked as a draft. Whoever calls has
 * seen to it that its reader may read it.
 * @throws DomainError NOT_FOUND · DOCUMENT_TOO_LONG
 */
export async function quotePdf(
  db: DataSource,
  quoteId: string,
  language: DocumentLanguage,
): Promise<PdfFile> {
  const [row] = await db.query<Row[]>(
    `SELECT q.number, q.version, q.state, coalesce(d.at, date_trunc('milliseconds', q.updated_at)) AS at, d.document, d.text_hash AS "textHash"
     FROM quote q LEFT JOIN quote_document d ON d.quote_id = q.id AND d.material_hash = q.material_hash WHERE q.id = $1`,
    [quoteId],
  );
  if (!row) throw new DomainError('NOT_FOUND', { quoteId });
  const isApproved = row.document !== null && !UNAPPROVED.includes(row.state);
  const document = isApproved ? row.document! : await draftOf(db, quoteId);
  const name = `${row.number}-v${row.version}`;
  const bytes = await printPdf({
    name: `${row.number} v${row.version}`,
    language,
    blocks: document[language],
    textHash: isApproved ? row.textHash : null,
    datedAt: row.at.toISOString(),
  });
  return { name: `${name}-${language === 'en' ? 'en' : 'zh'}.pdf`, bytes };
}

async function draftOf(db: DataSource, quoteId: string): Promise<BothLanguages> {
  const content = await quotationContent(db, quoteId);
  if (!content) throw new DomainError('NOT_FOUND', { quoteId });
  return quotationDocument(content);
}
