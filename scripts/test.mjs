// The test command: builds, runs every Jest project against real servers, ends with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failedTests } from './failed-tests.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const JEST = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
/** Two runs, so that the shortest suites never queue behind systems that start, are killed and drive a browser. */
const RUNS = [
  ['unit', 'db', 'api', 'workflows'],
  ['faults', 'launcher', 'web'],
];

function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status ?? 1;
}

const only = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'sealflow-test-'));
let [passed, failed] = [0, 0];
const told = []; // once more at the end, where a cut log still shows it
if (run(process.execPath, ['scripts/build.mjs']) !== 0) failed += 1;
const asks = (...projects) => only.length === 0 || only.some((project) => projects.includes(project));
if (failed === 0 && asks('workflows', 'launcher', 'faults', 'web'))
  if (run(process.execPath, ['scripts/servers.mjs', ...(asks('web') ? ['--browser'] : [])]) !== 0)
    failed += 1;
const isReady = failed === 0; // a red test of one run does not hide those of the next
for (const [index, projects] of RUNS.entries()) {
  const selected = projects.filter((project) => only.length === 0 || only.includes(project));
  if (selected.length === 0 || !isReady) continue;
  const output = join(scratch, `${index}.json`);
  const status = run(process.execPath, [
    ...JEST,
    '--selectProjects',
    ...selected,
    '--maxWorkers=2',
    '--json',
    `--outputFile=${output}`,
    '--passWithNoTests',
  ]);
  try {
    const result = JSON.parse(readFileSync(output, 'utf8'));
    passed += result.numPassedTests;
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    told.push(...failedTests(result, root));
    if (status !== 0 && result.numFailedTests + result.numRuntimeErrorTestSuites === 0) failed += 1;
  } catch {
    failed += 1;
    told.push(`FAILED ${selected.join(', ')}: the run died before it could report`);
  }
}
rmSync(scratch, { recursive: true, force: true });
if (passed === 0) failed += 1;
for (const line of told) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
