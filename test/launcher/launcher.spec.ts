import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signedIn, submittedQuote } from '../builders/deal.js';
import { until } from '../support/until.js';
import { endpointsOf, freePorts, launchOn, type Launch } from '../support/stack.js';

jest.setTimeout(180_000);

let root: string;
let data: string;
let ports: Awaited<ReturnType<typeof freePorts>>;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'sealflow-launch-'));
  chmodSync(root, 0o711);
  data = join(root, 'data');
  ports = await freePorts();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What the system consists of, and which of it still runs. */
const left = (pids: Record<string, number>): string[] =>
  Object.entries(pids).flatMap(([name, pid]) => (runs(pid) ? [name] : []));

async function started(command?: readonly string[]): Promise<Launch> {
  const launch = launchOn(data, ports, command);
  await launch.up();
  return launch;
}

/** The lines of a refusal; progress is told with its time in brackets. */
const complaint = (output: string): string[] =>
  output.split('\n').filter((line) => line !== '' && !line.startsWith('['));

describe('the launcher', () => {
  it('starts everything, tells where it is, and stops all of it on Ctrl-C', async () => {
    const launch = await started();
    const { api, temporalUi, pids } = endpointsOf(data);
    expect(Object.keys(pids).sort()).toEqual(['api', 'postgres', 'temporal', 'worker']);
    for (const url of [`${api}/login`, `${api}/api/docs`, temporalUi])
      expect([url, (await fetch(url)).status]).toEqual([url, 200]);
    await submittedQuote(await signedIn(api, 'moses.frase'), {
      customer: 'Konex',
      lines: [{ product: 'GTX Pro', qty: '10', discountPct: '8' }],
    });
    const { code, output } = await launch.stop('SIGINT');
    expect([code, left(pids)]).toEqual([0, []]);
    for (const told of [api, `${api}/api/docs`, temporalUi, 'saved', 'moses.frase', 'stopped'])
      expect(output.toLowerCase()).toContain(told === 'saved' ? 'query=' : told);
  });

  it('a second start is up within 15 seconds with the data of the first; SIGTERM stops it', async () => {
    const begin = performance.now();
    const launch = await started();
    expect(performance.now() - begin).toBeLessThan(15_000);
    const { api, pids } = endpointsOf(data);
    const quotes = await (await signedIn(api, 'moses.frase')).get<{ items: object[] }>('/quotes');
    expect(quotes.body.items).toHaveLength(1);
    const { code } = await launch.stop('SIGTERM');
    expect([code, left(pids)]).toEqual([0, []]);
  });

  it('under npm start, SIGTERM to npm stops everything', async () => {
    const launch = await started(['npm', 'start', '--ignore-scripts']);
    const { pids } = endpointsOf(data);
    const { output } = await launch.stop('SIGTERM');
    expect(output).toContain('stopped');
    expect(left(pids)).toEqual([]);
  });

  it('refuses a directory another launcher has, and leaves that one alone', async () => {
    const first = await started();
    const { api, pids } = endpointsOf(data);
    const { code, output } = await launchOn(data, await freePorts()).ended;
    expect([code, complaint(output)]).toEqual([
      1,
      [
        `Sealflow did not start: the data directory ${data} is in use by process ${first.pid}: stop that one first, or start with SEALFLOW_DATA_DIR=<another directory> and other ports`,
      ],
    ]);
    expect((await fetch(`${api}/health/ready`)).status).toBe(200);
    expect(left(pids)).toHaveLength(4);
    await first.stop('SIGTERM');
  });

  it('a child that dies takes the rest down in order, with its name, cause and log', async () => {
    const launch = await started();
    const { pids } = endpointsOf(data);
    process.kill(pids['worker']!, 'SIGKILL');
    const { code, output } = await launch.ended;
    expect([code, left(pids)]).toEqual([1, []]);
    expect(output).toContain(
      `worker ended (SIGKILL); stopping the rest. see ${join(data, 'logs/worker.log')}`,
    );
  });

  it('a second Ctrl-C does not wait, and leaves nothing running', async () => {
    const launch = await started();
    const { pids } = endpointsOf(data);
    process.kill(launch.pid, 'SIGINT');
    const { code } = await launch.stop('SIGINT');
    expect([0, 130]).toContain(code);
    await until(() => Promise.resolve(left(pids).length === 0));
  });

  it('killed itself, it leaves nothing that keeps the next start from coming up', async () => {
    const launch = await started();
    const { pids } = endpointsOf(data);
    await launch.stop('SIGKILL');
    const next = await started();
    await next.stop('SIGTERM');
    expect(left(pids)).toEqual([]);
  });
});

describe('a start that cannot be says in one line what to do', () => {
  it.each(['API_PORT', 'POSTGRES_PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'METRICS_PORT'] as const)(
    '%s is taken',
    async (variable) => {
      const directory = join(root, variable);
      const wanted = await freePorts();
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(Number(wanted[variable]), '127.0.0.1', resolve));
      const { code, output } = await launchOn(directory, wanted).ended;
      await new Promise((resolve) => other.close(resolve));
      expect([code, complaint(output)]).toEqual([
        1,
        [
          expect.stringMatching(
            new RegExp(`^Sealflow did not start: port ${wanted[variable]} \\(.+\\) is taken: .*${variable}=`),
          ),
        ],
      ]);
      expect([existsSync(join(directory, 'postgres')), existsSync(join(directory, 'launcher.pid'))]).toEqual([
        false,
        false,
      ]);
    },
  );

  it('the data directory cannot be written', async () => {
    const file = join(root, 'a-file');
    writeFileSync(file, '');
    const { code, output } = await launchOn(join(file, 'data'), ports).ended;
    expect([code, complaint(output)]).toEqual([
      1,
      [
        expect.stringMatching(
          /^Sealflow did not start: the data directory .* cannot be written \(ENOTDIR\): give /,
        ),
      ],
    ]);
  });

  if (process.getuid?.() === 0)
    it('root, and a folder on the way that Postgres’ own user may not pass', async () => {
      const closed = join(root, 'closed');
      mkdirSync(closed, { mode: 0o700 });
      const { code, output } = await launchOn(join(closed, 'data'), ports).ended;
      expect([code, complaint(output)]).toEqual([
        1,
        [
          expect.stringMatching(
            /^Sealflow did not start: Postgres does not run as root, and no other user may pass through .*closed: /,
          ),
        ],
      ]);
    });

  it('no Temporal can be obtained', async () => {
    const { code, output } = await launchOn(join(root, 'no-temporal'), {
      ...(await freePorts()),
      PATH: dirname(process.execPath),
      SEALFLOW_CACHE: join(root, 'no-cache'),
      // no download either
      HTTPS_PROXY: 'http://127.0.0.1:9',
    }).ended;
    expect([code, complaint(output)]).toEqual([
      1,
      [
        expect.stringMatching(
          /^Sealflow did not start: no Temporal server could be obtained: install the temporal command/,
        ),
      ],
    ]);
  });

  it('a port that is no number', async () => {
    const { code, output } = await launchOn(join(root, 'odd'), { ...ports, API_PORT: 'http' }).ended;
    expect([code, complaint(output)]).toEqual([
      1,
      ['Sealflow did not start: API_PORT is not a port: set it to a number from 1 to 65535, or leave it out'],
    ]);
  });
});
