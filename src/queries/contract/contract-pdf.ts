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
  return print(
    { ...row, textHash: row.approved && !UNAPPROVED.includes(row.state) ? row.text_hash : null },
    language,
  );
}

/** What customers are given to sign. */
export interface SealedPdf extends PdfFile {
  textHash: string;
}

/**
 * The sealed text that waits for its counter-signature, as PDF with its hash: of a change under way, or of the contract. Null
 * when nothing is sealed.
 */
export async function sealedPdf(
  db: DataSource,
  contractId: string,
  language: DocumentLanguage,
): Promise<SealedPdf | null> {
  const [row] = await db.query<
    { number: string; version: number; text: string; textHash: string; at: Date }[]
  >(
    `SELECT k.number, v.version, v.text, v.text_hash AS "textHash", date_trunc('milliseconds', v.sealed_at) AS at
     FROM contract k CROSS JOIN LATERAL (
       SELECT k.version, k.text, k.text_hash, k.sealed_at WHERE k.state = 'SEALED' UNION ALL
       SELECT version, text, text_hash, sealed_at FROM contract_version WHERE contract_id = k.id AND state = 'SEALED') v
     WHERE k.id = $1`,
    [contractId],
  );
  return row ? { ...(await print(row, language)), textHash: row.textHash } : null;
}

interface Printed {
  number: string;
  version: number;
  text: string;
  textHash: string | null;
  at: Date;
}

async function print(
  { number, version, text, textHash, at }: Printed,
  language: DocumentLanguage,
): Promise<PdfFile> {
  const bytes = await printPdf({
    name: `${number} v${version}`,
    language,
    blocks: contractDocument(text),
    textHash,
    datedAt: at.toISOString(),
  });
  return { name: `${number}-v${version}-${language === 'en' ? 'en' : 'zh'}.pdf`, bytes };
}
