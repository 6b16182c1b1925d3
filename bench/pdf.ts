import { parseArgs } from 'node:util';
import { quotationDocument } from '../src/domain/quote/quotation-document.js';
import { printPdf } from '../src/queries/document/pdf.js';
import { percentile } from './processes.js';

/** `npm run bench:pdf [-- --lines 500 --rounds 30]`: a quotation of so many lines as PDF; fails when its limit is passed. */
const { values } = parseArgs({
  options: { lines: { type: 'string', default: '500' }, rounds: { type: 'string', default: '30' } },
});
const LIMIT_MS = 1_500;
const PAGES = 20;

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

const { 'zh-CN': blocks } = quotationDocument({
  number: 'Q-2026-000031',
  version: 1,
  seller: '示例科技股份有限公司',
  material: {
    customer: { name: 'Cheers 贸易（上海）有限公司', uscc: null },
    currency: 'CNY',
    lines: Array.from({ length: Number(values.lines) }, (_, index) => ({
      no: index + 1,
      sku: `GTX-${1000 + index}`,
      name:
        index % 4 === 0
          ? '工业级智能控制器（含安装与调试服务，现场培训两天）AC 380V'
          : `GTX Pro 控制器 ${index}`,
      qty: '20',
      unitNet: '4821',
      net: '96420.00',
      free: false,
    })),
    dealDiscountPct: '0',
    netTotal: '48210000.00',
    vatPct: '13',
    termDays: 30,
    instalments: [],
    deliveryDays: 30,
    warrantyMonths: 12,
    nonStandardClauses: [],
    validUntil: '2026-12-26',
  },
});

const took: number[] = [];
let bytes = 0;
let pages = 0;
for (let round = 0; round < Number(values.rounds); round += 1) {
  const started = performance.now();
  const pdf = await printPdf({
    name: 'Q-2026-000031 v1',
    language: 'zh-CN',
    blocks,
    textHash: 'ab'.repeat(32),
    datedAt: '2026-11-26T00:00:00.000Z',
  });
  took.push(performance.now() - started);
  bytes = pdf.length;
  pages = Number(/\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
}
const cold = took[0]!;
const p95 = percentile(took.slice(1), 95);
const perTwenty = (p95 * PAGES) / pages;
out(`${pages} pages, ${Math.round(bytes / 1024)} KiB`);
out(
  `first ${cold.toFixed(0)} ms; then p50 ${percentile(took.slice(1), 50).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
);
out(`p95 for ${PAGES} pages: ${perTwenty.toFixed(0)} ms, at most ${LIMIT_MS} ms`);
if (perTwenty > LIMIT_MS) process.exitCode = 1;
