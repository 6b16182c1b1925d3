import { parentPort, workerData } from 'node:worker_threads';
import { verifyRange, type ChainRange } from '../commands/audit/verify.js';
import { openDatabase } from './database.js';

/** One range of chains, on a thread and a connection of its own. */
const { url, range } = workerData as { url: string; range: ChainRange };
const db = await openDatabase(url, 'sealflow-verify-audit');
try {
  parentPort?.postMessage(await verifyRange(db, range));
} finally {
  await db.destroy();
}
