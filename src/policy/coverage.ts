/** Where a row's cell holds on one axis: 1 at the samples that match. Equal answers are one object. */
export type Truth = Uint8Array;

/** A row as a region of the input space: the axes it tests, all others it leaves open. */
export type Region = ReadonlyMap<number, Truth>;

/** One case: the sample on each axis that mattered. */
export type Case = ReadonlyMap<number, number>;

/** How much work one analysis may be; the same table always gets the same answer. */
export interface Budget {
  steps: number;
}

/** The space looked at: for each axis the samples that count. */
export type Space = readonly (readonly number[])[];

/**
 * A case of the space that no region covers; null when all is covered, UNKNOWN when the budget is spent. Splits one axis
 * after the other, each only where the regions that are left differ.
 */
export function uncovered(regions: readonly Region[], space: Space, budget: Budget): Case | null | 'UNKNOWN' {
  return search(regions, space, new Map(), budget);
}

function search(
  regions: readonly Region[],
  space: Space,
  fixed: Case,
  budget: Budget,
): Case | null | 'UNKNOWN' {
  budget.steps -= regions.length + 1;
  if (budget.steps < 0) return 'UNKNOWN';
  const axis = nextAxis(regions, fixed);
  if (axis === 'COVERED') return null;
  if (axis === null) return fixed;
  for (const samples of alike(regions, axis, space[axis] ?? [], budget)) {
    const sample = samples[0]!;
    const left = regions.filter((region) => region.get(axis)?.[sample] !== 0);
    const found = search(left, space, new Map([...fixed, [axis, sample]]), budget);
    if (found !== null) return found;
  }
  return null;
}

/** An open axis of the region that has the fewest: it is the nearest to covering everything that is left. */
function nextAxis(regions: readonly Region[], fixed: Case): number | null | 'COVERED' {
  let best: number | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const region of regions) {
    const open = [...region.keys()].filter((axis) => !fixed.has(axis));
    if (open.length === 0) return 'COVERED';
    if (open.length < fewest) [best, fewest] = [open[0]!, open.length];
  }
  return best;
}

/** The axis' samples in groups on which every region says the same; those that satisfy the fewest first. */
function alike(
  regions: readonly Region[],
  axis: number,
  samples: readonly number[],
  budget: Budget,
): number[][] {
  const truths = [...new Set(regions.flatMap((region) => region.get(axis) ?? []))];
  budget.steps -= truths.length * samples.length;
  const groups = new Map<string, { samples: number[]; held: number }>();
  for (const sample of samples) {
    const answers = truths.map((truth) => truth[sample]);
    const key = answers.join('');
    const group = groups.get(key);
    if (group) group.samples.push(sample);
    else groups.set(key, { samples: [sample], held: answers.filter(Boolean).length });
  }
  return [...groups.values()].sort((a, b) => a.held - b.held).map((group) => group.samples);
}

/** Finds a case both regions cover; null when there is none. */
export type Shared = (a: Region, b: Region) => Case | null;

/** Tables say the same few cells again and again: where two of them meet is looked up once. */
export function sharedIn(space: Space): Shared {
  const known = new Map<Truth | undefined, Map<Truth | undefined, number | undefined>>();
  const meeting = (axis: number, one: Truth | undefined, other: Truth | undefined): number | undefined => {
    const of = known.get(one) ?? new Map<Truth | undefined, number | undefined>();
    known.set(one, of);
    if (!of.has(other))
      of.set(
        other,
        space[axis]?.find((at) => one?.[at] !== 0 && other?.[at] !== 0),
      );
    return of.get(other);
  };
  return (a, b) => {
    const found = new Map<number, number>();
    for (const axis of [...a.keys(), ...[...b.keys()].filter((key) => !a.has(key))]) {
      const sample = meeting(axis, a.get(axis), b.get(axis));
      if (sample === undefined) return null;
      found.set(axis, sample);
    }
    return found;
  };
}

/** The part of the space in which a region lies. */
export function within(space: Space, region: Region): Space {
  return space.map((samples, axis) => {
    const truth = region.get(axis);
    return truth ? samples.filter((at) => truth[at] !== 0) : samples;
  });
}
