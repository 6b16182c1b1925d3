import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { claims } from './claims.js';

const rows = readFileSync('docs/events-during-approval.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| event '))
  .map((line) => ({ event: line.split(' | ')[0]!, proof: line.split(' | ').at(-1)! }));

describe('docs/events-during-approval.md', () => {
  it('proves a row, or says what is left', () => {
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ proof }) => claims(proof).length === 0 && !proof.includes('left: '))).toEqual([]);
  });

  it('names tests that exist', () => {
    const missing = rows
      .flatMap(({ proof }) => claims(proof))
      .filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
    expect(missing).toEqual([]);
  });
});
