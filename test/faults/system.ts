import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningChild } from '../../src/launcher/child.js';
import type { LaunchSettings } from '../../src/launcher/settings.js';

export type Part = 'api' | 'worker' | 'temporal';

/** The product as separate processes that a test may kill and start again. Built code: the parts are started as `npm start` does. */
export class FaultySystem {
  private readonly running = new Map<Part | 'postgres', RunningChild>();
  url = '';
  databaseUrl = '';
  temporalAddress = '';

  private constructor(
    private readonly settings: LaunchSettings,
    private readonly launcher: Launcher,
  ) {}

  static async start(): Promise<FaultySystem> {
    const directory = mkdtempSync(join(tmpdir(), 'sealflow-faults-'));
    const [api, postgres, temporal, temporalUi, metrics] = await freePorts(5);
    const launcher = await loadLauncher();
    const settings = {
      ...launcher.launchSettings({}),
      dataDirectory: directory,
      ports: {
        api: api!,
        postgres: postgres!,
        temporal: temporal!,
        temporalUi: temporalUi!,
        metrics: metrics!,
      },
    };
    const system = new FaultySystem(settings, launcher);
    await system.startAll();
    return system;
  }

  private async startAll(): Promise<void> {
    const { startPostgres, prepareDatabase, secretsOf, takeDataDirectory } = this.launcher;
    takeDataDirectory(this.settings.dataDirectory);
    const postgres = await startPostgres(
      this.settings,
      secretsOf(this.settings.dataDirectory).postgresPassword,
    );
    if (postgres.child) this.running.set('postgres', postgres.child);
    this.databaseUrl = postgres.url;
    this.url = `http://127.0.0.1:${this.settings.ports.api}`;
    await prepareDatabase(postgres.url, { demo: true });
    await this.startPart('temporal');
    await this.launcher.registerSearchAttributes(this.temporalAddress, 'default');
    await Promise.all([this.startPart('api'), this.startPart('worker')]);
  }

  async startPart(part: Part): Promise<void> {
    this.running.set(part, await this.launch(part));
  }

  private async launch(part: Part): Promise<RunningChild> {
    const { startApi, startWorker, startTemporal, secretsOf } = this.launcher;
    if (part === 'temporal') {
      const { address, child } = await startTemporal(this.settings, () => undefined);
      this.temporalAddress = address;
      if (!child) throw new Error('the fault test needs a Temporal of its own');
      return child;
    }
    const backing = {
      databaseUrl: this.databaseUrl,
      temporalAddress: this.temporalAddress,
      temporalUi: null,
    };
    const start = part === 'api' ? startApi : startWorker;
    return start(this.settings, backing, secretsOf(this.settings.dataDirectory));
  }

  /** SIGKILL: no goodbye, no flush. */
  async kill(part: Part): Promise<void> {
    const child = this.running.get(part);
    if (!child) throw new Error(`${part} does not run`);
    process.kill(child.pid, 'SIGKILL');
    await child.exited;
    this.running.delete(part);
  }

  async stop(): Promise<void> {
    for (const part of ['api', 'worker', 'temporal', 'postgres'] as const)
      await this.running.get(part)?.stop(15_000);
    rmSync(this.settings.dataDirectory, { recursive: true, force: true });
  }
}

interface Launcher {
  launchSettings: typeof import('../../src/launcher/settings.js').launchSettings;
  startPostgres: typeof import('../../src/launcher/postgres.js').startPostgres;
  startTemporal: typeof import('../../src/launcher/temporal.js').startTemporal;
  startApi: typeof import('../../src/launcher/services.js').startApi;
  startWorker: typeof import('../../src/launcher/services.js').startWorker;
  prepareDatabase: typeof import('../../src/launcher/schema.js').prepareDatabase;
  registerSearchAttributes: typeof import('../../src/launcher/search-attributes.js').registerSearchAttributes;
  secretsOf: typeof import('../../src/launcher/data-directory.js').secretsOf;
  takeDataDirectory: typeof import('../../src/launcher/data-directory.js').takeDataDirectory;
}

async function loadLauncher(): Promise<Launcher> {
  const files = [
    'settings',
    'postgres',
    'temporal',
    'services',
    'schema',
    'search-attributes',
    'data-directory',
  ];
  const modules: object[] = [];
  // one after the other: Jest's module linker does not take shared imports side by side
  for (const name of files)
    modules.push((await import(new URL(`../../dist/launcher/${name}.js`, import.meta.url).href)) as object);
  return Object.assign({}, ...modules) as Launcher;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve) => {
          const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
