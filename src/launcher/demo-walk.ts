import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { DealWalk, type DealToWalk } from './demo/deal-walk.js';
import { readStuck } from './demo/pipeline-report.js';
import { demo, importFiles, listPrices, sideBySide, spread } from './demo/real-pipeline.js';
import { walkReport } from './demo/walk-report.js';
import { matchKey } from '../domain/import/name.js';
import { unpublishedPrices } from './demo/unpublished-prices.js';
import { readAll, type HttpSession } from './http-session.js';

/**
 * `npm run demo:walk [-- <sales_pipeline.csv>]`: takes won deals of a real pipeline (by default 200 of the bundled part) and
 * walks each from a new opportunity through every stage, its quotation, its contract and its delivery into the archive, through
 * the public API, each step as the person whose turn it is. Says whether all arrived and whether the money adds up.
 * SEALFLOW_URL names another system than the one `npm start` runs; SEALFLOW_DEMO_DEALS another number.
 */
const DEALS = Number(process.env['SEALFLOW_DEMO_DEALS'] ?? 200);

interface Row {
  opportunity_id: string;
  sales_agent: string;
  product: string;
  account: string;
  deal_stage: string;
  close_value: string;
}

async function chooseDeals(manager: HttpSession, pipeline: string): Promise<DealToWalk[]> {
  const rows = parse(readFileSync(pipeline), { columns: true, bom: true }) as Row[];
  const customers = await readAll<{ id: string; name: string }>(manager, '/customers');
  const customerOf = new Map(customers.map((customer) => [matchKey(customer.name), customer]));
  const productOf = new Map(
    (await listPrices(manager)).map(({ productId, name, list }) => [
      matchKey(name),
      { id: productId, name, list },
    ]),
  );
  const known = rows.flatMap((row) => {
    const customer = customerOf.get(matchKey(row.account));
    const product = productOf.get(matchKey(row.product));
    if (row.deal_stage !== 'Won' || !customer || !product) return [];
    return [
      { number: row.opportunity_id, agent: row.sales_agent, customer, product, closeValue: row.close_value },
    ];
  });
  return spread(known, DEALS);
}

await demo(async ({ people, pipeline }) => {
  await importFiles(await people.as('backoffice'), pipeline, false);
  process.stdout.write(await unpublishedPrices(await people.as('finance')));
  await people.loginDeciders();
  const deals = await chooseDeals(await people.as('manager'), pipeline);
  const started = performance.now();
  const outcomes = await sideBySide(deals, (deal, index) => new DealWalk(people, deal, index).run());
  const report = walkReport(outcomes, await readStuck(await people.as('ops')), performance.now() - started);
  process.stdout.write(report.text);
  return report.isClean && outcomes.length > 0;
});
