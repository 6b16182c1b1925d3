import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readEndpoints } from '../data-directory.js';
import type { HttpSession } from '../http-session.js';
import { importFile, importSentence } from '../import-file.js';
import { launchSettings } from '../settings.js';
import { DemoPeople } from './people.js';

const AT_ONCE = 4;
const REPORT_EVERY = 20;
/** What stands beside a pipeline file and comes before it. */
const FILES = [
  ['teams', 'sales_teams.csv'],
  ['accounts', 'accounts.csv'],
  ['products', 'products.csv'],
] as const;

/**
 * Runs a demonstration against the system at SEALFLOW_URL, or the one `npm start` runs, on the pipeline file that the command
 * names, else on the part of a real pipeline that comes with the program. Exit code 0: all went well; 1: it says what did not; 2: it could not.
 */
export async function demo(
  run: (on: { people: DemoPeople; pipeline: string }) => Promise<boolean>,
): Promise<void> {
  try {
    const base = process.env['SEALFLOW_URL'] || readEndpoints(launchSettings().dataDirectory).api;
    const given = process.argv[2];
    const pipeline =
      given === undefined ? fileURLToPath(new URL('./sales_pipeline.csv', import.meta.url)) : resolve(given);
    process.stdout.write(`${base}\n${pipeline}\n`);
    process.exitCode = (await run({ people: new DemoPeople(base), pipeline })) ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

/** Imports the files beside it, and the pipeline itself where its deals are wanted as they are. */
export async function importFiles(session: HttpSession, pipeline: string, withDeals: boolean): Promise<void> {
  const deals = withDeals ? [['opportunities', pipeline] as const] : [];
  for (const [kind, name] of [...FILES, ...deals]) {
    const path = resolve(dirname(pipeline), name);
    if (!existsSync(path)) continue;
    const started = performance.now();
    const job = await importFile(session, kind, path);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${kind.padEnd(13)} ${importSentence(job)} in ${seconds} s\n`);
    if (job.failure !== null) throw new Error(job.failure);
  }
}

export interface ListPrice {
  productId: string;
  name: string;
  list: string;
}

export async function listPrices(session: HttpSession): Promise<ListPrice[]> {
  return (await session.get<{ items: ListPrice[] }>('/price-lists/current?currency=CNY')).items;
}

/** `count` of them, spread over the whole. */
export function spread<T>(all: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, index) => index % step === 0).slice(0, count);
}

/** A few deals at a time, as people work side by side; says how far it is. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.map((item, index) => ({ item, index }));
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      results.push(await work(next.item, next.index));
      if (results.length % REPORT_EVERY === 0)
        process.stdout.write(`${results.length} of ${items.length} deals\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
