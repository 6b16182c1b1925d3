import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DealRun, type Deal } from './demo/deal-run.js';
import { pipelineReport, readStuck } from './demo/pipeline-report.js';
import { demo, importFiles, listPrices, sideBySide, spread } from './demo/real-pipeline.js';
import { unpublishedPrices } from './demo/unpublished-prices.js';
import { readAll, type HttpSession } from './http-session.js';

/**
 * `npm run demo:pipeline [-- <sales_pipeline.csv>]`: imports the files beside it (accounts, products, sales_teams) and
 * it, by default a bundled part of a real pipeline, then drives 200 of its won deals from quotation to effective contract through the public API, each step as the
 * person whose turn it is. SEALFLOW_URL names another system than the one `npm start` runs; SEALFLOW_DEMO_DEALS another number.
 */
const DEALS = Number(process.env['SEALFLOW_DEMO_DEALS'] ?? 200);

/** Won deals of the file, spread over the whole of it. */
async function chooseDeals(session: HttpSession, pipeline: string): Promise<Deal[]> {
  const rows = parse(readFileSync(pipeline), { columns: true, bom: true }) as Record<string, string>[];
  const inFile = new Set(rows.map(({ opportunity_id: number }) => number));
  const won = await readAll<Deal>(session, '/opportunities?stage=WON');
  const sellable = won
    .filter(({ number, product, amount }) => inFile.has(number) && product !== null && amount !== null)
    .sort((a, b) => (a.number < b.number ? -1 : 1));
  return spread(sellable, DEALS);
}

await demo(async ({ people, pipeline }) => {
  await importFiles(await people.as('backoffice'), pipeline, true);
  process.stdout.write(await unpublishedPrices(await people.as('finance')));
  await people.loginDeciders();
  const manager = await people.as('manager');
  const deals = await chooseDeals(manager, pipeline);
  const prices = new Map((await listPrices(manager)).map(({ productId, list }) => [productId, list]));
  const started = performance.now();
  const outcomes = await sideBySide(deals, (deal, index) =>
    DealRun.of(people, deal, index, prices.get(deal.product?.id ?? '') ?? '0').run(),
  );
  const report = pipelineReport(
    outcomes,
    await readStuck(await people.as('ops')),
    performance.now() - started,
  );
  process.stdout.write(report.text);
  return report.isClean && outcomes.length > 0;
});
