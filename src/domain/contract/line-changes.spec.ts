import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lineChanges } from './line-changes.js';

describe('what changes from one text to the next', () => {
  it('says what goes and what comes, and nothing of what stays', () => {
    expect(lineChanges('a\nb\nc', 'a\nB\nc\nd')).toEqual([
      { kind: 'REMOVED', text: 'b' },
      { kind: 'ADDED', text: 'B' },
      { kind: 'ADDED', text: 'd' },
    ]);
    expect(lineChanges('a\nb', 'a\nb')).toEqual([]);
  });

  it('loses nothing: lines before − removed + added are the lines after, as a collection', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const changes = lineChanges(before, after);
        const left = before.split('\n');
        for (const { kind, text: line } of changes)
          if (kind === 'REMOVED') left.splice(left.indexOf(line), 1);
        for (const { kind, text: line } of changes) if (kind === 'ADDED') left.push(line);
        expect(left.sort()).toEqual(after.split('\n').sort());
      }),
    );
  });
});
