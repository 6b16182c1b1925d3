// Compiles src to dist, bundles the workflows, builds the console. Does nothing when its inputs have not changed.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const root = fileURLToPath(new URL('..', import.meta.url));
const ASSETS = new Set(['.csv', '.json', '.ttf', '.sql']);

function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .sort();
}

function fingerprint(paths) {
  const hash = createHash('sha256');
  for (const path of paths)
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  return hash.digest('hex');
}

/** Runs `work` unless the stamp says that it was done for these very inputs. */
async function step(name, inputs, work) {
  const stamp = join(root, 'dist', `.${name}.stamp`);
  const now = fingerprint([
    ...inputs,
    join(root, 'package-lock.json'),
    join(root, '.swcrc'),
    fileURLToPath(import.meta.url),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true }); // a build that does not finish is not a build
  const started = performance.now();
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
  console.log(`built ${name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** One folder of TypeScript to ESM beside its assets; tests are left out. dist/ holds src directly: `../src/` is `../` there. */
async function compile(from, to) {
  rmSync(to, { recursive: true, force: true });
  for (const path of filesBelow(from).filter((file) => !file.includes('.spec.'))) {
    const target = join(to, relative(from, path));
    mkdirSync(dirname(target), { recursive: true });
    if (extname(path) === '.ts' && !path.endsWith('.d.ts')) {
      const { code, map } = await transformFile(path, { cwd: root });
      const output = target.replace(/\.ts$/, '.js');
      const placed = code.replaceAll(/(from ['"])\.\.\/src\//g, '$1../');
      writeFileSync(output, `${placed}\n//# sourceMappingURL=${relative(dirname(output), output)}.map\n`);
      if (map) writeFileSync(`${output}.map`, map);
    } else if (ASSETS.has(extname(path))) {
      cpSync(path, target);
    }
  }
}

async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(root, 'dist/workflows/index.js'),
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(join(root, 'dist/workflow-bundle.js'), code);
}

async function buildConsole() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'web/vite.config.ts'), root: join(root, 'web'), logLevel: 'warn' });
}

const source = filesBelow(join(root, 'src'));
const console_ = filesBelow(join(root, 'web'));
const bench = filesBelow(join(root, 'bench'));
// dist/ holds src directly, so everything that was compiled into it goes with it
await step('server', source, async () => {
  for (const entry of existsSync(join(root, 'dist')) ? readdirSync(join(root, 'dist')) : [])
    if (!['web', 'bench', '.web.stamp', '.bench.stamp'].includes(entry))
      rmSync(join(root, 'dist', entry), { recursive: true });
  await compileInto(join(root, 'src'), join(root, 'dist'));
  if (existsSync(join(root, 'dist/workflows/index.js'))) await bundleWorkflows();
});
if (process.argv.includes('--server')) process.exit(0);
await step('bench', bench, () => compile(join(root, 'bench'), join(root, 'dist/bench')));
if (console_.length > 0) await step('web', console_, buildConsole);

async function compileInto(from, to) {
  const scratch = `${to}.new`;
  await compile(from, scratch);
  mkdirSync(to, { recursive: true });
  cpSync(scratch, to, { recursive: true });
  rmSync(scratch, { recursive: true });
}
