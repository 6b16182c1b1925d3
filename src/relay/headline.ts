import type { DataSource } from 'typeorm';
import { plainText } from '../domain/process/sentence.js';
import type { DueMessage } from './claim.js';

/** What a workflow is called in the Temporal UI from its first moment on. */
export interface Headline {
  summary: string;
  details: string;
  owner: string | null;
}

const SUMMARY_LIMIT = 120;

/** One statement per delivery: the request that a process was started for, or that it waits for now. */
export async function headlineOf(
  db: Pick<DataSource, 'query'>,
  { workflowType, workflowId, input }: DueMessage,
): Promise<Headline> {
  const { requestId = null, quoteId = null } = input as { requestId?: string; quoteId?: string };
  const [row] = await db.query<{ id: string; number: string; title: string; owner: string }[]>(
    `SELECT r.id, r.number, r.title, o.username AS owner FROM approval_request r JOIN employee o ON o.id = r.owner_id
     WHERE r.id = $1 OR (r.kind = 'QUOTE' AND r.subject_id = $2) ORDER BY r.submitted_at LIMIT 1`,
    [requestId, quoteId],
  );
  if (!row)
    return {
      summary: `${workflowType} ${workflowId}`.slice(0, SUMMARY_LIMIT),
      details: workflowId,
      owner: null,
    };
  const named = row.title.includes(row.number) ? row.title : `${row.number} ${row.title}`;
  const summary = plainText(named).slice(0, SUMMARY_LIMIT);
  return { summary, details: `${summary}\n\nRequest \`${row.id}\``, owner: row.owner };
}
