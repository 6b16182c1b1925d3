import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import { creditOf } from '../commands/credit/check.js';
import { lockCredit, postExposure } from '../commands/credit/exposure.js';
import { transactionTime } from '../commands/events.js';
import { activePolicy } from '../commands/policy/policy.js';
import { runCommand } from '../commands/transaction.js';
import { systemActor } from '../domain/actor.js';
import { reservedFor } from '../domain/credit/exposure.js';
import type { PricingPolicy } from '../domain/quote/policy.js';
import { takeDataDirectory } from '../launcher/data-directory.js';
import { openDatabase } from '../launcher/database.js';
import { startPostgres } from '../launcher/postgres.js';
import { prepareDatabase } from '../launcher/schema.js';
import { launchSettings } from '../launcher/settings.js';
import { percentile } from './processes.js';
import { scratchDirectory } from './system.js';

/**
 * `npm run bench:credit [-- --clients 200 --rounds 10 --entries 2000 --port 4323]`: so many clients at once reserve of one
 * customer's limit, each in a command of its own, in an embedded Postgres of its own: the account's lock, the check, the
 * entry, without the approval around it. Half of each round fits. Ends with 1 when the limit is exceeded, or not used up, or
 * it takes longer than allowed.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '10' },
    entries: { type: 'string', default: '2000' },
    port: { type: 'string', default: '4323' },
  },
});
const MIN_PER_SECOND = 200;
const AMOUNT = '100.00';
const CLIENTS = Number(values.clients);

function out(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.env['LOG_LEVEL'] ??= 'silent';
const directory = scratchDirectory();
const settings = launchSettings({ SEALFLOW_DATA_DIR: directory.path, POSTGRES_PORT: values.port });
takeDataDirectory(directory.path);
const { url: databaseUrl, child } = await startPostgres(settings, 'bench');
let isWithin: boolean;
try {
  await prepareDatabase(databaseUrl, { demo: true });
  const db = await openDatabase(databaseUrl, 'sealflow-bench', 10);
  const [party] = await db.query<{ customerId: string; companyId: string }[]>(
    `SELECT c.id AS "customerId", k.id AS "companyId" FROM customer c, company k WHERE c.name = 'Cheers' AND k.is_default`,
  );
  const post = { ...party!, kind: 'RESERVATION' as const, currency: 'CNY', rate: '1' };
  const entry = (ref: { kind: string; id: string }, amount: string) => ({
    ...post,
    ref,
    amount,
    base: amount,
    sourceKey: `${ref.kind}/${ref.id}`,
  });
  await db.transaction(async (tx) => {
    await lockCredit(tx, party!);
    for (let n = 0; n < Number(values.entries); n += 1)
      await postExposure(tx, entry({ kind: 'BENCH', id: uuidv7() }, n % 2 === 0 ? AMOUNT : `-${AMOUNT}`));
  });
  const reserve = () =>
    runCommand(
      db,
      { actor: systemActor('bench'), key: uuidv7(), scope: 'reserve', body: null, correlationId: null },
      async (tx) => {
        await lockCredit(tx, party!);
        const now = await transactionTime(tx);
        const { content: policy } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
        const credit = await creditOf(tx, { ...party!, number: 'bench' }, policy, now);
        const wanted = { amount: AMOUNT, base: AMOUNT };
        const isReserved = reservedFor({ wanted, binding: null, held: '0' }, credit) !== null;
        if (isReserved) await postExposure(tx, entry({ kind: 'BENCH', id: uuidv7() }, AMOUNT));
        return isReserved;
      },
    );
  const ms: number[] = [];
  let elapsed = 0;
  let isHeld = true;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const [used] = await db.query<{ sum: string }[]>(
      `SELECT coalesce(sum(base_amount), 0) AS sum FROM exposure_entry WHERE customer_id = $1`,
      [party!.customerId],
    );
    const places = Math.floor(CLIENTS / 2);
    const limit = Number(used!.sum) + places * Number(AMOUNT);
    await db.query(`UPDATE customer SET credit_limit = $2, credit_currency = 'CNY' WHERE id = $1`, [
      party!.customerId,
      limit,
    ]);
    const started = performance.now();
    const reserved = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const asked = performance.now();
        const { value } = await reserve();
        ms.push(performance.now() - asked);
        return value;
      }),
    );
    elapsed += performance.now() - started;
    const [after] = await db.query<{ sum: string }[]>(
      `SELECT sum(base_amount) AS sum FROM exposure_entry WHERE customer_id = $1`,
      [party!.customerId],
    );
    isHeld = isHeld && Number(after!.sum) === limit && reserved.filter((is) => is).length === places;
  }
  const perSecond = ms.length / (elapsed / 1000);
  isWithin = isHeld && perSecond >= MIN_PER_SECOND;
  out(
    `${ms.length} reservations, ${CLIENTS} at once over 10 connections, on an account of ${values.entries} entries and more: ` +
      `${perSecond.toFixed(0)}/s, each waited ${percentile(ms, 50).toFixed(0)} ms (p95 ${percentile(ms, 95).toFixed(0)}); ` +
      `the limit was ${isHeld ? 'used up to the cent and never exceeded' : 'NOT held'}; ${availableParallelism()} cores`,
  );
  await db.destroy();
} finally {
  await child?.stop(5_000);
  directory.remove();
}
out(isWithin ? `within: ≥ ${MIN_PER_SECOND}/s` : `NOT within ≥ ${MIN_PER_SECOND}/s and the limit`);
process.exitCode = isWithin ? 0 : 1;
