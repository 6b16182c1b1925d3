import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type WorkflowBundle } from '@temporalio/worker';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The workflows of this build, except that each wake begins with a timer nobody recorded: what a careless change does. */
export async function mutatedBundle(): Promise<WorkflowBundle> {
  const folder = mkdtempSync(join(root, 'dist/.mutated-'));
  try {
    for (const part of ['workflows', 'domain'])
      cpSync(join(root, 'dist', part), join(folder, part), { recursive: true });
    const watch = join(folder, 'workflows/watch.js');
    const code = readFileSync(watch, 'utf8');
    const changed = code.replace('this.wakes += 1;', 'this.wakes += 1; await condition(() => false, 1);');
    if (changed === code) throw new Error('the mutation found nothing to change');
    writeFileSync(watch, changed);
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows/index.js'),
      logger: new DefaultLogger('ERROR'),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
