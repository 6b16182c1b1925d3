import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { claims } from './claims.js';

const text = readFileSync('docs/approval-features.md', 'utf8');
const rows = text.split('\n').flatMap((line) => {
  const [, number, , here, proof] = line.split(' | ').length >= 4 ? line.split(/^\| | \| | \|$/) : [];
  return number && /^\d+$/.test(number) ? [{ number: Number(number), here, proof: proof ?? '' }] : [];
});

describe('docs/approval-features.md', () => {
  it('has the fifty rows, each once', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('says yes only with a test', () => {
    const bare = rows.filter(({ here, proof }) => here === 'yes' && claims(proof).length === 0);
    expect(bare).toEqual([]);
    expect(rows.filter(({ here }) => here !== 'yes' && here !== 'no')).toEqual([]);
  });

  it('names tests that exist', () => {
    const all = text.split('\n').flatMap(claims);
    expect(all.length).toBeGreaterThan(50);
    const missing = all.filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
    expect(missing).toEqual([]);
  });
});
