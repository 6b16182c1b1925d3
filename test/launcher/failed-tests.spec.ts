import { describe, expect, it } from '@jest/globals';
import { failedTests } from '../../scripts/failed-tests.mjs';

const suite = (name: string, message: string, ...assertionResults: object[]) => ({
  name: `/repo/test/${name}`,
  status: message === '' ? 'passed' : 'failed',
  message,
  assertionResults,
});
const test = (fullName: string, ...failureMessages: string[]) => ({
  fullName,
  status: failureMessages.length > 0 ? 'failed' : 'passed',
  failureMessages,
});

describe('what failed, once more at the end of a run', () => {
  it('is named in full, with the first six lines of what was said, without colours', () => {
    const said = `\u001b[31mexpected 2\u001b[39m\n\n${[3, 4, 5, 6, 7, 8].map((line) => `line ${line}`).join('\n')}`;
    const testResults = [
      suite('a.spec.ts', 'told below', test('deal is won'), test('deal is lost', said)),
      suite('b.spec.ts', ''),
    ];
    expect(failedTests({ testResults }, '/repo')).toEqual([
      'FAILED test/a.spec.ts › deal is lost',
      '  expected 2',
      ...[3, 4, 5, 6, 7].map((line) => `  line ${line}`),
    ]);
  });

  it('names a suite that could not run', () => {
    const testResults = [suite('c.spec.ts', '  ● Test suite failed to run\n\n    Cannot find module x\n')];
    expect(failedTests({ testResults }, '/repo')).toEqual([
      'FAILED test/c.spec.ts',
      '  ● Test suite failed to run',
      '  Cannot find module x',
    ]);
  });

  it('names a suite that fails after its tests have passed', () => {
    const testResults = [suite('d.spec.ts', 'a socket stays open', test('deal is won'))];
    expect(failedTests({ testResults }, '/repo')).toEqual(['FAILED test/d.spec.ts', '  a socket stays open']);
  });

  it('is nothing when nothing failed', () => {
    expect(failedTests({ testResults: [suite('b.spec.ts', '', test('deal is won'))] }, '/repo')).toEqual([]);
  });
});
