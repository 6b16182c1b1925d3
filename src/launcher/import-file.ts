import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpSession } from './http-session.js';

export interface ImportResult {
  id: string;
  state: 'PENDING' | 'RUNNING' | 'DONE' | 'FAILED';
  rowsRead: number;
  created: number;
  updated: number;
  unchanged: number;
  invalid: number;
  warnings: number;
  failure: string | null;
}

const LOOK_MS = 250;

/** Uploads a file and watches it until it is in. */
export async function importFile(
  session: HttpSession,
  kind: string,
  path: string,
  progress: (job: ImportResult) => void = () => undefined,
): Promise<ImportResult> {
  const form = new FormData();
  form.set('kind', kind);
  form.set('file', new Blob([readFileSync(path)], { type: 'text/csv' }), basename(path));
  let job = await session.post<ImportResult>('/imports', form);
  while (job.state === 'PENDING' || job.state === 'RUNNING') {
    await delay(LOOK_MS);
    job = await session.get<ImportResult>(`/imports/${job.id}`);
    progress(job);
  }
  return job;
}

export function importSentence(job: ImportResult): string {
  const { rowsRead, created, updated, unchanged, invalid, warnings } = job;
  return `${rowsRead} rows: ${created} created, ${updated} updated, ${unchanged} unchanged, ${invalid} invalid, ${warnings} warnings`;
}
