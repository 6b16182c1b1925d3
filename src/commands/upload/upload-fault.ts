import { DomainError } from '../../domain/errors.js';
import { PDF_LIMITS, pdfFault, type PdfFault } from './pdf-size.js';

const RULES: Readonly<Record<PdfFault, string>> = {
  UNPACKS_TOO_LARGE: `at most ${PDF_LIMITS.unpackedBytes} bytes unpacked`,
  PACKED_TWICE: 'its streams are packed once',
  TOO_MANY_OBJECTS: `at most ${PDF_LIMITS.objects} objects`,
  TOO_DEEP: `at most ${PDF_LIMITS.depth} levels`,
};

/**
 * Why an uploaded file is not kept, whatever it is put to; null: nothing against it. It is found before anything is locked and
 * thrown inside the command, where a refusal is recorded.
 */
export async function uploadFault(mediaType: string | null, bytes: Buffer): Promise<DomainError | null> {
  const fault = mediaType === 'application/pdf' ? await pdfFault(bytes) : null;
  if (fault === null) return null;
  return new DomainError('FILE_UNSAFE', {}, [{ pointer: '/file', code: fault, rule: RULES[fault] }]);
}
