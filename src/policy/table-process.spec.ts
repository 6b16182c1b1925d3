import { afterEach, describe, expect, it } from '@jest/globals';
import type { Json } from '../domain/json.js';
import { rowNumbers } from './numbered.js';
import { decisionTable, type SeedRow } from './seed/build.js';
import { startTableProcess, type TableProcess } from './table-process.js';

const INPUTS = [
  { name: 'amount', label: 'Amount', type: 'decimal' },
  { name: 'row', label: 'A fact of that name', type: 'string' },
] as const;

const row = (id: string, when: SeedRow['when']): SeedRow => ({ id, when, stages: [], rule: id, text: id });

const started: TableProcess[] = [];
const start = (rows: SeedRow[]): TableProcess => {
  const process = startTableProcess(decisionTable(INPUTS, rows) as Json);
  started.push(process);
  return process;
};
afterEach(() => started.splice(0).forEach((process) => process.stop()));

describe('AE-POL-3 a table in a process of its own', () => {
  it('says which rows match, batch after batch, whatever its columns are called', async () => {
    const table = start([row('any', {}), row('big', { amount: '> 100.5' }), row('named', { row: "'x'" })]);
    const cases = [
      { amount: '100.5', row: 'y' },
      { amount: '100.50000001', row: 'x' },
    ];
    expect((await table.run(cases)).map(rowNumbers)).toEqual([[0], [0, 1, 2]]);
    expect((await table.run(cases.slice(0, 1))).map(rowNumbers)).toEqual([[0]]);
  });

  it('dies alone when a cell crashes the engine', async () => {
    const table = start([row('deep', { row: `${'['.repeat(40_000)}${']'.repeat(40_000)}` })]);
    const cases = [{ amount: '1', row: 'x' }];
    await expect(table.run(cases)).rejects.toMatchObject({ code: 'POLICY_ERROR' });
    await expect(table.run(cases)).rejects.toMatchObject({ code: 'POLICY_ERROR' });
  });
});
