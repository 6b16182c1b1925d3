import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const LINES = 6;

const named = (name, message) => [
  `FAILED ${name}`,
  ...stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, LINES)
    .map((line) => `  ${line.trim()}`),
];

/** Lines that name each failed test of one of Jest's JSON reports, and each suite that failed beside its tests, with what was said first. */
export function failedTests({ testResults }, root) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const path = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0) return status === 'failed' ? named(path, message) : [];
    return failed.flatMap(({ fullName, failureMessages }) =>
      named(`${path} › ${fullName}`, failureMessages[0] ?? ''),
    );
  });
}
