import { parseArgs } from 'node:util';
import { ApiClient } from './client.js';
import { measure } from './measure.js';
import { percentile } from './processes.js';
import { randomFrom } from './stored-requests.js';
import { scratchDirectory, startSystem } from './system.js';

/**
 * `npm run bench:preview [-- --seconds 20 --clients 1,4 --seed 1]`: previews of quotations over HTTP on the demo company, of
 * stored drafts and of unsaved ones as the editor asks while somebody types; customers, products, quantities, discounts and
 * terms by a seed.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    clients: { type: 'string', default: '1,4' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4320' },
  },
});

const DRAFTS = 40;
const WARM_UP = 100;

interface Catalogue {
  customers: { id: string }[];
  products: { productId: string }[];
}

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function catalogueOf(rep: ApiClient): Promise<Catalogue> {
  const customers = await rep.get<{ items: { id: string }[] }>('/customers?limit=100');
  const prices = await rep.get<{ items: { productId: string }[] }>('/price-lists/current?currency=CNY');
  return { customers: customers.items, products: prices.items };
}

function quotation({ customers, products }: Catalogue, random: () => number): object {
  const one = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const lines = Array.from({ length: 1 + Math.floor(random() * 5) }, () => ({
    productId: one(products).productId,
    qty: String(1 + Math.floor(random() * 60)),
    discountPct: String(Math.floor(random() * 25)),
  }));
  return { customerId: one(customers).id, currency: 'CNY', termDays: one([0, 30, 45, 60, 90]), lines };
}

const directory = scratchDirectory();
try {
  const system = await startSystem(directory.path, Number(values.port));
  const rep = await ApiClient.login(system.endpoints.api, 'moses.frase');
  const catalogue = await catalogueOf(rep);
  const random = randomFrom(Number(values.seed));
  const bodies = Array.from({ length: DRAFTS }, () => quotation(catalogue, random));
  const drafts: string[] = [];
  for (const body of bodies) drafts.push((await rep.post<{ id: string }>('/quotes', body)).id);
  const calls = {
    'a stored draft': (n: number) => rep.post(`/quotes/${drafts[n % DRAFTS]}/preview`, {}),
    'an unsaved draft': (n: number) => rep.post('/quotes/preview', bodies[n % DRAFTS]),
  };
  out(`${DRAFTS} drafts of 1 to 5 lines, seed ${values.seed}; milliseconds p50 / p95 / max`);
  for (const [name, call] of Object.entries(calls)) {
    for (let n = 0; n < WARM_UP; n += 1) await call(n);
    for (const clients of values.clients.split(',').map(Number)) {
      const took = await measure(clients, Number(values.seconds) * 1_000, call);
      const [p50, p95, max] = [50, 95, 100].map((p) => percentile(took, p).toFixed(1));
      out(`${name}, ${clients} client(s): ${p50} / ${p95} / ${max} over ${took.length}`);
    }
  }
  await system.stop();
} finally {
  directory.remove();
}
