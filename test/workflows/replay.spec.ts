import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { BUNDLE, recorded } from './harness.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const HISTORIES = readdirSync(new URL('./histories/', import.meta.url)).map((file) =>
  file.replace('.json', ''),
);

function replay(bundle: WorkflowBundleOption, name: string): Promise<void> {
  return Worker.runReplayHistory({ workflowBundle: bundle }, recorded(name), `replay/${name}`);
}

/** Fails in CI when a change would stop workflows that are waiting in production. */
describe('this version of the workflows', () => {
  it.each(HISTORIES)('replays %s', async (name) => {
    await replay(BUNDLE, name);
  });

  it('has a recorded history for every way a process ends', () => {
    expect(HISTORIES.sort()).toEqual([
      'general-approved',
      'general-cancelled',
      'general-gone',
      'general-ladder-rejected',
      'general-postgres-away',
      'general-returned-withdrawn',
      'general-stalled-terminated',
      'quote-cancelled',
      'quote-contract-lapsed',
      'quote-declined',
      'quote-effective',
      'quote-expired',
      'quote-returned-rejected',
      'quote-signed-differently',
      'quote-superseded',
      'quote-withdrawn',
    ]);
  });
});

describe('a version that takes its steps in another order', () => {
  let folder: string;
  let mutated: WorkflowBundleOption;

  beforeAll(async () => {
    mkdirSync(join(root, 'dist'), { recursive: true });
    folder = mkdtempSync(join(root, 'dist/.mutated-'));
    cpSync(join(root, 'dist/workflows'), join(folder, 'workflows'), { recursive: true });
    cpSync(join(root, 'dist/domain'), join(folder, 'domain'), { recursive: true });
    const watch = join(folder, 'workflows/watch.js');
    const code = readFileSync(watch, 'utf8');
    const changed = code.replace('this.wakes += 1;', 'this.wakes += 1; await condition(() => false, 1);');
    expect(changed).not.toBe(code);
    writeFileSync(watch, changed);
    mutated = await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/index.js'),
      logger: new DefaultLogger('ERROR'),
    });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['general-approved', 'general-ladder-rejected', 'quote-effective', 'quote-expired'])(
    'is caught by the history of %s',
    async (name) => {
      await expect(replay(mutated, name)).rejects.toBeInstanceOf(DeterminismViolationError);
    },
  );
});
