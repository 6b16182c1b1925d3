import { execFile } from 'node:child_process';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { temporalBinary } from '../../src/launcher/temporal-binary.js';
import { SEARCH } from '../../src/workflows/messages.js';

const run = promisify(execFile);
const TEST_SERVER = 'test-server-1.38.0';

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });

/** Months pass in milliseconds. One environment per test file: its clock is one for everything in it. */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment> {
  const path = await testServer();
  const environment = await TestWorkflowEnvironment.createTimeSkipping(
    path ? { server: { executable: { type: 'existing-path', path } } } : {},
  );
  await registerSearchAttributes(environment);
  return environment;
}

/** A real server in memory, with schedules and visibility. */
export async function devServer(): Promise<TestWorkflowEnvironment> {
  const path = await temporalBinary(cacheDirectory(), () => undefined);
  const environment = await TestWorkflowEnvironment.createLocal({
    server: { executable: { type: 'existing-path', path }, log: { format: 'pretty', level: 'error' } },
  });
  await registerSearchAttributes(environment);
  return environment;
}

async function registerSearchAttributes({ connection, namespace }: TestWorkflowEnvironment): Promise<void> {
  await connection.operatorService.addSearchAttributes({
    namespace: namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.values(SEARCH).map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)!]),
    ),
  });
}

/** The Java test server as scripts/servers.mjs cached it. Null where there is no Maven: then the SDK must do. */
async function testServer(): Promise<string | null> {
  const jars = join(cacheDirectory(), TEST_SERVER);
  if (!existsSync(jars)) await run(process.execPath, ['scripts/servers.mjs']);
  if (!existsSync(jars)) return null;
  const command = join(jars, 'serve');
  // exec matters: stopping the environment ends this very process
  writeFileSync(
    command,
    `#!/bin/sh\nexec java -Xmx256m -cp '${jars}/*' io.temporal.testserver.TestServer "$@"\n`,
  );
  chmodSync(command, 0o755);
  return command;
}

function cacheDirectory(): string {
  return process.env['SEALFLOW_CACHE'] ?? join(homedir(), '.cache', 'sealflow');
}
