import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { readEndpoints } from './data-directory.js';
import { DealRun, type Deal, type DealOutcome } from './demo/deal-run.js';
import { DemoPeople } from './demo/people.js';
import { pipelineReport } from './demo/pipeline-report.js';
import { readAll, type HttpSession } from './http-session.js';
import { importFile, importSentence } from './import-file.js';
import { launchSettings } from './settings.js';

/**
 * `npm run demo:pipeline [-- <sales_pipeline.csv>]`: imports the files beside it (accounts, products, sales_teams) and
 * it, by default a bundled part of a real pipeline, then drives 200 of its won deals from quotation to effective contract through the public API, each step as the
 * person whose turn it is. SEALFLOW_URL names another system than the one `npm start` runs; SEALFLOW_DEMO_DEALS another number.
 */
const DEALS = Number(process.env['SEALFLOW_DEMO_DEALS'] ?? 200);
const AT_ONCE = 4;
const FILES = [
  ['teams', 'sales_teams.csv'],
  ['accounts', 'accounts.csv'],
  ['products', 'products.csv'],
] as const;

/** The file given, else the part of a real pipeline that comes with the program. */
function pipelineFile(given: string | undefined): string {
  return given === undefined
    ? fileURLToPath(new URL('./demo/sales_pipeline.csv', import.meta.url))
    : resolve(given);
}

async function importFiles(session: HttpSession, pipeline: string): Promise<void> {
  for (const [kind, name] of [...FILES, ['opportunities', pipeline] as const]) {
    const path = resolve(dirname(pipeline), name);
    if (!existsSync(path)) continue;
    const started = performance.now();
    const job = await importFile(session, kind, path);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${kind.padEnd(13)} ${importSentence(job)} in ${seconds} s\n`);
    if (job.failure !== null) throw new Error(job.failure);
  }
}

/** Won deals of the file, spread over the whole of it. */
async function chooseDeals(session: HttpSession, pipeline: string): Promise<Deal[]> {
  const rows = parse(readFileSync(pipeline), { columns: true, bom: true }) as Record<string, string>[];
  const inFile = new Set(rows.map(({ opportunity_id: number }) => number));
  const won = await readAll<Deal>(session, '/opportunities?stage=WON');
  const sellable = won
    .filter(({ number, product, amount }) => inFile.has(number) && product !== null && amount !== null)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  const step = Math.max(1, Math.floor(sellable.length / DEALS));
  return sellable.filter((_, index) => index % step === 0).slice(0, DEALS);
}

async function listPrices(session: HttpSession): Promise<Map<string, string>> {
  const { items } = await session.get<{ items: { productId: string; list: string }[] }>(
    '/price-lists/current?currency=CNY',
  );
  return new Map(items.map(({ productId, list }) => [productId, list]));
}

async function runDeals(
  people: DemoPeople,
  deals: readonly Deal[],
  prices: ReadonlyMap<string, string>,
): Promise<DealOutcome[]> {
  const outcomes: DealOutcome[] = [];
  const waiting = deals.map((deal, index) => ({ deal, index }));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const list = prices.get(next.deal.product?.id ?? '') ?? '0';
      outcomes.push(await DealRun.of(people, next.deal, next.index, list).run());
      if (outcomes.length % 20 === 0) process.stdout.write(`${outcomes.length} of ${deals.length} deals\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

async function run(given: string | undefined): Promise<boolean> {
  const base = process.env['SEALFLOW_URL'] ?? readEndpoints(launchSettings().dataDirectory).api;
  const pipeline = pipelineFile(given);
  process.stdout.write(`${base}\n${pipeline}\n`);
  const people = new DemoPeople(base);
  await importFiles(await people.as('backoffice'), pipeline);
  await people.loginDeciders();
  const deals = await chooseDeals(await people.as('manager'), pipeline);
  const started = performance.now();
  const outcomes = await runDeals(people, deals, await listPrices(await people.as('manager')));
  const stuck = await readAll<{ requestId: string | null; cause: string; title: string }>(
    await people.as('ops'),
    '/ops/stuck',
  );
  const report = pipelineReport(outcomes, stuck, performance.now() - started);
  process.stdout.write(report.text);
  return report.isClean && outcomes.length > 0;
}

run(process.argv[2]).then(
  (isClean) => {
    process.exitCode = isClean ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
