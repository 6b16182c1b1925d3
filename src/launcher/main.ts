import 'reflect-metadata';
import type { RunningChild } from './child.js';
import { lastLines } from './child.js';
import { secretsOf, takeDataDirectory, writeEndpoints } from './data-directory.js';
import { LaunchFailure } from './failure.js';
import { endLeftovers } from './leftovers.js';
import { whenNpmHasEnded } from './npm-parent.js';
import { mustHavePorts } from './ports.js';
import { startPostgres } from './postgres.js';
import { prepareDatabase } from './schema.js';
import { registerSearchAttributes } from './search-attributes.js';
import { startApi, startWorker } from './services.js';
import { launchSettings, type LaunchSettings } from './settings.js';
import { summaryText } from './summary.js';
import { startTemporal } from './temporal.js';

const GRACE_MS = 15_000;
const children: RunningChild[] = [];
let stopping: Promise<void> | null = null;
let giveBack: () => void = () => undefined;

function say(line: string): void {
  process.stdout.write(`[${(performance.now() / 1000).toFixed(1).padStart(6)} s] ${line}\n`);
}

function keep(child: RunningChild | null): void {
  if (child) children.push(child);
}

async function start(settings: LaunchSettings): Promise<void> {
  const { dataDirectory } = settings;
  const taken = takeDataDirectory(dataDirectory);
  giveBack = taken.giveBack;
  if (taken.abandoned) await endLeftovers(dataDirectory);
  await mustHavePorts(settings);
  const secrets = secretsOf(dataDirectory);
  const [postgres, temporal] = await together(
    startPostgres(settings, secrets.postgresPassword).then(async (at) => {
      keep(at.child);
      say(at.child ? 'Postgres runs' : 'Postgres given by DATABASE_URL');
      const { migrations } = await prepareDatabase(at.url, { demo: true });
      say(`database ready, ${migrations} migration(s) applied`);
      return at;
    }),
    startTemporal(settings, say).then(async (at) => {
      keep(at.child);
      say(at.child ? 'Temporal runs' : 'Temporal given by TEMPORAL_ADDRESS');
      await registerSearchAttributes(at.address, process.env['TEMPORAL_NAMESPACE'] ?? 'default');
      return at;
    }),
  );
  const backing = {
    databaseUrl: postgres.url,
    temporalAddress: temporal.address,
    temporalUi: temporal.uiUrl,
  };
  await together(
    startApi(settings, backing, secrets).then((child) => {
      keep(child);
      say('API and console serve');
    }),
    startWorker(settings, backing, secrets).then((child) => {
      keep(child);
      say('worker polls');
    }),
  );
  const consoleUrl = `http://${settings.host}:${settings.ports.api}`;
  const pids = Object.fromEntries(children.map(({ name, pid }) => [name, pid]));
  writeEndpoints(dataDirectory, { api: consoleUrl, ...backing, pids });
  for (const child of children) void child.exited.then((how) => died(settings, child, how));
  process.stdout.write(summaryText({ consoleUrl, temporalUi: temporal.uiUrl, dataDirectory }));
}

/** Both at once; when one fails, only after the other is known to be up and so can be stopped. */
async function together<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const failed = (await Promise.allSettled([first, second])).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all([first, second]);
}

/** Services first, then what they stand on. A second signal does not wait. */
function stop(): Promise<void> {
  stopping ??= (async () => {
    const byName = (names: string[]) => children.filter(({ name }) => names.includes(name));
    for (const wave of [byName(['api', 'worker']), byName(['temporal']), byName(['postgres'])]) {
      await Promise.all(wave.map((child) => child.stop(GRACE_MS)));
    }
    giveBack();
  })();
  return stopping;
}

async function died(
  settings: LaunchSettings,
  child: RunningChild,
  how: { code: number | null; signal: string | null },
): Promise<void> {
  if (stopping) return;
  const cause = how.signal ?? `code ${how.code}`;
  process.stderr.write(
    `${child.name} ended (${cause}); stopping the rest. ${lastLines(`${settings.dataDirectory}/logs/${child.name}.log`)}\n`,
  );
  await stop();
  process.exit(1);
}

function onSignal(signal: NodeJS.Signals): void {
  if (stopping) return abandon();
  end(signal);
}

/** Somebody does not want to wait. Postgres sees the launcher go and ends in order by itself. */
function abandon(): never {
  for (const { name, pid } of children) {
    if (name === 'postgres') continue;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // ended meanwhile
    }
  }
  process.exit(130);
}

function end(cause: string): void {
  say(`${cause}: stopping`);
  void stop().then(() => {
    say('stopped');
    process.exit(0);
  });
}

process.on('SIGHUP', onSignal); // its terminal was closed
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
whenNpmHasEnded(() => {
  if (!stopping) end('npm has ended');
});

try {
  await start(launchSettings());
} catch (error) {
  const text =
    error instanceof LaunchFailure
      ? error.message
      : String(error instanceof Error ? (error.stack ?? error) : error);
  process.stderr.write(`Sealflow did not start: ${text}\n`);
  await stop();
  process.exit(1);
}
