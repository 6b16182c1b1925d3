import type { Blocks, DocumentLanguage } from '../../domain/document/document.js';
import { DomainError } from '../../domain/errors.js';
import { drawBlock } from './draw.js';
import { Sheet } from './sheet.js';

export interface PrintedDocument {
  /** for the frame of every page and the file's title */
  name: string;
  language: DocumentLanguage;
  blocks: Blocks;
  /** SHA-256 of the text that is approved, on every page; null: it is not approved, and says so */
  textHash: string | null;
  /** ISO instant the file claims as its date, so that the same document is the same bytes */
  datedAt: string;
}

/** Letters a document may have: about 200 pages. More is refused before anything is drawn. */
const MAX_LETTERS = 400_000;

/**
 * A document as PDF on A4 with the used part of the font embedded, pages numbered. The same document gives the same bytes.
 * @throws DomainError DOCUMENT_TOO_LONG
 */
export async function printPdf(document: PrintedDocument): Promise<Buffer> {
  const letters = JSON.stringify(document.blocks).length;
  if (letters > MAX_LETTERS) throw new DomainError('DOCUMENT_TOO_LONG', { letters, max: MAX_LETTERS });
  const sheet = await Sheet.open(document);
  for (const block of document.blocks) drawBlock(sheet, block);
  return sheet.close();
}
