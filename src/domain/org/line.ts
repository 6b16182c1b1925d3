/** The reporting hierarchy at one instant. */
export interface Line {
  /** child unit → parent unit */
  parentOf: ReadonlyMap<string, string>;
  /** unit → its head */
  headOf: ReadonlyMap<string, string>;
  /** unit → who leads it while the head's post is vacant */
  deputyOf: ReadonlyMap<string, string>;
}

/** No company is deeper; the database refuses cycles, this only bounds the walk. */
const MAX_UNITS = 64;

/** The unit and every unit above it, nearest first. Empty for somebody without a unit. */
export function unitsAbove(unitId: string | null, line: Line): string[] {
  const path: string[] = [];
  for (
    let unit = unitId ?? undefined;
    unit !== undefined && path.length < MAX_UNITS;
    unit = line.parentOf.get(unit)
  )
    path.push(unit);
  return path;
}

/**
 * Whom a person reports to (AE-MGR-1): the head of the nearest unit above that is somebody else; where the post is
 * vacant its deputy; where there is none, the next unit up. Null at the top.
 * @param unitIds the person's own unit first, then its ancestors
 */
export function managerOf(personId: string, unitIds: readonly string[], line: Line): string | null {
  for (const unit of unitIds) {
    const lead = line.headOf.get(unit) ?? line.deputyOf.get(unit);
    if (lead !== undefined && lead !== personId) return lead;
  }
  return null;
}

/** Who leads a unit, the first choice first: its head, its deputy, then those of the units above. */
export function leadersOf(unitId: string, line: Line): string[] {
  const posts = unitsAbove(unitId, line).flatMap((unit) => [line.headOf.get(unit), line.deputyOf.get(unit)]);
  return [...new Set(posts.filter((person) => person !== undefined))];
}
