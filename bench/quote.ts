import { parseArgs } from 'node:util';
import { ApiClient } from './client.js';
import { measure } from './measure.js';
import { percentile } from './processes.js';
import { randomFrom } from './stored-requests.js';
import { scratchDirectory, startSystem } from './system.js';

/**
 * `npm run bench:quote [-- --lines 500 --seconds 15 --seed 1 --limit 300]`: one large quotation over HTTP on the demo company: saved as a
 * whole and previewed as a whole, as the editor does it. Ends with 1 when the p95 of either is above the limit.
 */
const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '15' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: '300' },
    port: { type: 'string', default: '4340' },
  },
});

const WARM_UP = 10;

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

const directory = scratchDirectory();
try {
  const system = await startSystem(directory.path, Number(values.port));
  const rep = await ApiClient.login(system.endpoints.api, 'moses.frase');
  const customers = await rep.get<{ items: { id: string }[] }>('/customers?limit=100');
  const prices = await rep.get<{ items: { productId: string }[] }>('/price-lists/current?currency=CNY');
  const random = randomFrom(Number(values.seed));
  const one = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
  const body = () => ({
    customerId: one(customers.items).id,
    currency: 'CNY',
    termDays: 30,
    dealDiscountPct: '2',
    commissionPct: '1',
    lines: Array.from({ length: Number(values.lines) }, () => ({
      productId: one(prices.items).productId,
      qty: String(1 + Math.floor(random() * 60)),
      discountPct: String(Math.floor(random() * 25)),
      freight: '1.50',
    })),
  });
  const bodies = Array.from({ length: 10 }, body);
  let quote = await rep.post<{ id: string; rowVersion: number }>('/quotes', bodies[0]);
  const calls = {
    saved: async (n: number) => {
      quote = await rep.put(`/quotes/${quote.id}`, bodies[n % bodies.length], quote.rowVersion);
    },
    'previewed while typed': (n: number) => rep.post('/quotes/preview', bodies[n % bodies.length]),
    'previewed as stored': () => rep.post(`/quotes/${quote.id}/preview`, {}),
  };
  out(`a quotation of ${values.lines} lines, seed ${values.seed}; milliseconds p50 / p95 / max`);
  for (const [name, call] of Object.entries(calls)) {
    for (let n = 0; n < WARM_UP; n += 1) await call(n);
    const took = await measure(1, Number(values.seconds) * 1_000, call);
    const [p50, p95, max] = [50, 95, 100].map((p) => percentile(took, p)) as [number, number, number];
    out(`${name}: ${[p50, p95, max].map((ms) => ms.toFixed(1)).join(' / ')} over ${took.length}`);
    if (p95 > Number(values.limit)) process.exitCode = 1;
  }
  await system.stop();
} finally {
  directory.remove();
}
