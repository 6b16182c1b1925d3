import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { verifyAnchors, type BadAnchor } from '../commands/audit/anchor.js';
import { brokenRoots, type AuditRoot, type BrokenRoot } from '../commands/audit/root.js';
import { chainRanges, type ChainRange, type ChainsReport } from '../commands/audit/verify.js';
import { openDatabase } from './database.js';

export interface AuditVerdict extends ChainsReport {
  badAnchors: readonly BadAnchor[];
  brokenRoots: readonly BrokenRoot[];
  seconds: number;
}

/** Checks every chain on all cores, every anchor, and the roots that were published outside. Changes nothing. */
export async function verifyAudit(url: string, published: readonly AuditRoot[]): Promise<AuditVerdict> {
  const started = performance.now();
  const db = await openDatabase(url, 'sealflow-verify-audit');
  try {
    const ranges = await chainRanges(db, Math.max(2, availableParallelism()));
    const parts = await Promise.all(ranges.map((range) => onThread(url, range)));
    const seconds = (performance.now() - started) / 1000;
    return {
      aggregates: parts.reduce((sum, { aggregates }) => sum + aggregates, 0),
      events: parts.reduce((sum, { events }) => sum + events, 0),
      bad: parts.flatMap(({ bad }) => bad),
      badAnchors: await verifyAnchors(db),
      brokenRoots: await brokenRoots(db, published),
      seconds,
    };
  } finally {
    await db.destroy();
  }
}

function onThread(url: string, range: ChainRange): Promise<ChainsReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./verify-audit-worker.js', import.meta.url), {
      workerData: { url, range },
    });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code !== 0) reject(new Error(`a verifying thread ended with ${code}`));
    });
  });
}
