const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** "marginFlag GREEN → RED, amount 1 → 2" as its facts: a value may hold commas itself, so the names tell where one begins. */
export function factChangesOf(text: string, names: readonly string[]): { key: string; values: string[] }[] {
  if (names.length === 0) return [];
  const begins = new RegExp(`(?:^|, )(${names.map(escaped).join('|')}) `);
  const [, ...parts] = text.split(begins);
  return parts.flatMap((key, at) =>
    at % 2 === 0
      ? [{ key, values: ` ${parts[at + 1] ?? ''}`.split(' → ').map((value) => value.trim()) }]
      : [],
  );
}
