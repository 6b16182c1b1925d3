import type { DirectoryPerson, DirectorySnapshot } from './directory.js';

/**
 * The part of a snapshot that can matter to a decision about the persons given: they, whoever holds a role over one of
 * their units or everywhere, and everybody's reporting line, stand-ins and other accounts. Equal inputs give equal parts (AE-PLAN-1).
 * @param unitIds further units whose role holders count
 */
export function partOf(
  whole: DirectorySnapshot,
  personIds: readonly string[],
  unitIds: readonly string[],
  at: string,
): DirectorySnapshot {
  const units = new Set([...unitIds, ...personIds.flatMap((id) => whole.people[id]?.unitIds ?? [])]);
  const holders = Object.values(whole.people)
    .filter(({ grants }) => grants.some(({ unitId }) => unitId === null || units.has(unitId)))
    .map(({ id }) => id);
  const led = [...units];
  const leaders = led.flatMap((id) => whole.heads?.[id] ?? []);
  const near = withLinesAndStandIns(whole, [...personIds, ...holders, ...leaders]);
  const people = withLinesAndStandIns(whole, [...near.map(({ id }) => id), ...aliasesOf(whole, near)]);
  for (const { unitIds: path } of people) for (const unit of path) units.add(unit);
  return {
    revision: whole.revision,
    at,
    people: Object.fromEntries(people.map((person) => [person.id, person])),
    units: Object.fromEntries(
      Object.entries(whole.units)
        .filter(([id]) => units.has(id))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    ...(whole.heads ? { heads: headsOf(whole.heads, led) } : {}),
  };
}

function headsOf(
  heads: NonNullable<DirectorySnapshot['heads']>,
  unitIds: readonly string[],
): Record<string, readonly string[]> {
  const known = [...unitIds].sort().flatMap((id) => (heads[id] ? [[id, heads[id]] as const] : []));
  return Object.fromEntries(known);
}

/** Further accounts of the same humans: what separates duties looks at all of them (AE-SOD-1). */
function aliasesOf({ people }: DirectorySnapshot, known: readonly DirectoryPerson[]): string[] {
  const humans = new Set(known.map(({ identity }) => identity));
  return Object.values(people)
    .filter(({ identity }) => humans.has(identity))
    .map(({ id }) => id);
}

function withLinesAndStandIns(whole: DirectorySnapshot, ids: readonly string[]): DirectoryPerson[] {
  const found = new Map<string, DirectoryPerson>();
  const waiting = [...ids];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const person = whole.people[id];
    if (!person || found.has(id)) continue;
    found.set(id, person);
    if (person.managerId) waiting.push(person.managerId);
    if (person.successorId) waiting.push(person.successorId);
    for (const { delegateId } of [...(person.away ? [person.away] : []), ...(person.alsoAway ?? [])])
      if (delegateId) waiting.push(delegateId);
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
