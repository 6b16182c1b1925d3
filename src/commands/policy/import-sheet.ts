import type { DataSource } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import type { Json } from '../../domain/json.js';
import { isApprovalContent } from '../../policy/shape.js';
import { sheetsToPolicy } from '../../policy/sheet.js';
import { digest } from '../hash.js';
import type { Answer, CommandMeta } from '../transaction.js';
import { changePolicyDraft, type DraftChanged } from './draft.js';

/**
 * The rows of a workbook instead of the draft's own. What the cells say is the linter's matter; what is no table of this
 * form changes nothing.
 * @throws DomainError POLICY.NO_TABLE a draft of parameters · POLICY.SHEET with every problem at its cell ·
 *   POLICY.SHEET_UNREADABLE · BODY_TOO_LARGE · as editPolicyDraft
 */
export function importPolicySheet(
  db: DataSource,
  meta: CommandMeta,
  { draftId, rowVersion, file }: { draftId: string; rowVersion: number; file: Buffer },
): Promise<Answer<DraftChanged>> {
  // the key is for this very file: another one under it is refused
  const body: Json = { file: digest(file.toString('base64')).toString('hex') };
  return changePolicyDraft(db, { ...meta, body }, { draftId, rowVersion }, async ({ kind, content }) => {
    if (!isApprovalContent(content)) throw new DomainError('POLICY.NO_TABLE', { kind });
    return JSON.parse(JSON.stringify(await sheetsToPolicy(content, file))) as Json;
  });
}
