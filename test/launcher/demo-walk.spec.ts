import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

const run = promisify(execFile);
let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack?.stop());

describe('npm run demo:walk', () => {
  it('walks deals of the real pipeline from the first stage into the archive; contracts equal plans to the cent (§3.2)', async () => {
    const { stdout } = await run(process.execPath, ['dist/launcher/demo-walk.js'], {
      env: { ...process.env, NODE_OPTIONS: '', SEALFLOW_URL: stack.url, SEALFLOW_DEMO_DEALS: '4' },
    });
    const figure = (name: string) => new RegExp(`^${name}\\s+(.+)$`, 'm').exec(stdout)?.[1];
    expect({
      walked: figure('deals walked'),
      archived: figure('contracts in the archive'),
      uneven: figure('plans that do not sum'),
      left: figure('deals left on the way'),
      seatless: figure('requests without a live seat'),
    }).toEqual({ walked: '4', archived: '4', uneven: '0', left: '0', seatless: '0' });
    expect(figure('sum of contracts')).toMatch(/^\d+\.\d\d CNY$/);
    expect(figure('sum of payment plans')).toBe(figure('sum of contracts'));
    const stages = [...stdout.matchAll(/^([A-Z]+) +4 /gm)].map(([, stage]) => stage);
    expect(stages).toEqual(['PROSPECTING', 'QUALIFIED', 'PROPOSAL', 'QUOTED', 'NEGOTIATION', 'CONTRACTING']);
  });

  it('names the prices of a file that nobody has published, and quotes by those that hold', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sealflow-demo-'));
    try {
      await cp('src/launcher/demo', folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
      const products = join(folder, 'products.csv');
      await writeFile(
        products,
        (await readFile(products, 'utf8')).replace('GTX Basic,GTX,550', 'GTX Basic,GTX,560'),
      );
      const { stdout } = await run(
        process.execPath,
        ['dist/launcher/demo-walk.js', join(folder, 'sales_pipeline.csv')],
        { env: { ...process.env, NODE_OPTIONS: '', SEALFLOW_URL: stack.url, SEALFLOW_DEMO_DEALS: '1' } },
      );
      expect(stdout).toMatch(
        /^prices not published: 1 in CNY v2 \(DRAFT\); v1 holds until .*:\n {2}GTX Basic: 550 → 560$/m,
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('ends non-zero when it cannot reach a system', async () => {
    const nobody = { ...process.env, NODE_OPTIONS: '', SEALFLOW_DATA_DIR: '/nonexistent', SEALFLOW_URL: '' };
    await expect(
      run(process.execPath, ['dist/launcher/demo-walk.js'], { env: nobody }),
    ).rejects.toMatchObject({
      code: 2,
    });
  });
});
