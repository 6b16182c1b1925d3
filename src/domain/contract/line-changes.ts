export interface LineChange {
  kind: 'ADDED' | 'REMOVED';
  text: string;
}

/** Above this many line pairs the texts are shown as replaced as a whole: a table of differences is quadratic. */
const MOST_PAIRS = 4_000_000;

/** What changes from one text to the next, line by line, in reading order (longest common subsequence). Same lines are left out. */
export function lineChanges(before: string, after: string): LineChange[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length * now.length > MOST_PAIRS) return [...removed(old), ...added(now)];
  const common = commonLengths(old, now);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) [i, j] = [i + 1, j + 1];
    else if (common[i + 1]![j]! >= common[i]![j + 1]!) changes.push({ kind: 'REMOVED', text: old[i++]! });
    else changes.push({ kind: 'ADDED', text: now[j++]! });
  }
  return [...changes, ...removed(old.slice(i)), ...added(now.slice(j))];
}

function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array[] {
  const table = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      table[i]![j] =
        old[i] === now[j] ? table[i + 1]![j + 1]! + 1 : Math.max(table[i + 1]![j]!, table[i]![j + 1]!);
  return table;
}

const removed = (lines: readonly string[]) => lines.map((text): LineChange => ({ kind: 'REMOVED', text }));
const added = (lines: readonly string[]) => lines.map((text): LineChange => ({ kind: 'ADDED', text }));
