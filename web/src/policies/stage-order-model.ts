import type { PolicyView } from '../api/types.js';
import { isRecord, readTable, withRows } from './table-model.js';

type Content = PolicyView['content'];
export type Rec = Readonly<Record<string, unknown>>;

/** Stages in the order they run: steps one after another, in a step branches at the same time, in a branch stages in turn. */
export type Layout = readonly (readonly (readonly Rec[])[])[];

export function listOf(content: Content, list: string): readonly Rec[] {
  const found: unknown = content[list];
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

export function keyOf(item: Rec): string {
  return String(item['key']);
}

export function layoutOf(content: Content): Layout {
  const stages = listOf(content, 'stages');
  return distinct(stages, 'block')
    .sort((a, b) => Number(a) - Number(b))
    .map((block) => {
      const inBlock = stages.filter((stage) => stage['block'] === block);
      return distinct(inBlock, 'branch').map((branch) =>
        inBlock
          .filter((stage) => stage['branch'] === branch)
          .sort((a, b) => Number(a['rank']) - Number(b['rank'])),
      );
    });
}

function distinct(stages: readonly Rec[], field: string): unknown[] {
  return [...new Set(stages.map((stage) => stage[field]))];
}

/** The content with its stages in that order. Numbers of steps and ranks change only where the order needs it. */
function arranged(content: Content, layout: Layout): Content {
  let block = -1;
  const stages = layout
    .map((step) => step.filter((branch) => branch.length > 0))
    .filter((step) => step.length > 0)
    .flatMap((step) => {
      block = Math.max(block + 1, Math.min(...step.flat().map((stage) => Number(stage['block']))));
      return step.flatMap((branch) => {
        let rank = -1;
        return branch.map((stage) => {
          rank = Math.max(rank + 1, Number(stage['rank']));
          return { ...stage, block, rank };
        });
      });
    });
  return { ...content, stages };
}

/** Where a stage runs: the step, by its place; the branch it follows the stages of, null for one of its own. */
export interface StagePlace {
  step: number;
  branch: string | null;
}

/** Where a stage could run instead, besides a step of its own. */
export interface OfferedPlace extends StagePlace {
  /** the stage it would run after in its branch; null: at the same time as the step's others */
  after: Rec | null;
}

function find(layout: Layout, key: string): { step: number; branch: number; rank: number } | null {
  for (const [step, branches] of layout.entries())
    for (const [branch, stages] of branches.entries()) {
      const rank = stages.findIndex((stage) => keyOf(stage) === key);
      if (rank >= 0) return { step, branch, rank };
    }
  return null;
}

/** Whether the stage has its step to itself. */
export function isAlone(layout: Layout, key: string): boolean {
  const at = find(layout, key);
  return at !== null && layout[at.step]?.flat().length === 1;
}

export function offeredPlaces(layout: Layout, key: string): OfferedPlace[] {
  const own = find(layout, key);
  return layout.flatMap((branches, step): OfferedPlace[] => {
    const others = branches.map((branch) => branch.filter((stage) => keyOf(stage) !== key));
    const alone = own?.step === step && branches[own.branch]?.length === 1;
    if (others.every((branch) => branch.length === 0)) return [];
    return [
      ...(alone ? [] : [{ step, branch: null, after: null }]),
      ...others.flatMap((branch, index): OfferedPlace[] => {
        const last = branch.at(-1);
        if (!last || (own?.step === step && own.branch === index)) return [];
        return [{ step, branch: String(last['branch']), after: last }];
      }),
    ];
  });
}

/** The stage in another step: beside the others, or after those of a branch. */
export function placeStage(content: Content, key: string, { step, branch }: StagePlace): Content {
  const layout = layoutOf(content);
  const stage = layout.flat(2).find((one) => keyOf(one) === key);
  if (!stage) return content;
  const block = layout[step]?.flat()[0]?.['block'] ?? stage['block'];
  const without = layout.map((branches) =>
    branches.map((stages) => stages.filter((one) => keyOf(one) !== key)),
  );
  const taken = (without[step] ?? []).flat().map((one) => String(one['branch']));
  return arranged(
    content,
    without.map((branches, index) => {
      if (index !== step) return branches;
      if (branch === null) return [...branches, [{ ...stage, block, rank: 0, branch: free(key, taken) }]];
      return branches.map((stages) =>
        stages.some((one) => one['branch'] === branch) ? [...stages, { ...stage, block, branch }] : stages,
      );
    }),
  );
}

/** A step of its own right after the one it is in. */
export function aloneAfter(content: Content, key: string): Content {
  return detached(content, key, 1);
}

function detached(content: Content, key: string, by: 0 | 1): Content {
  const layout = layoutOf(content);
  const at = find(layout, key);
  const stage = at && layout[at.step]?.[at.branch]?.[at.rank];
  if (!at || !stage) return content;
  const without = layout.map((branches) =>
    branches.map((stages) => stages.filter((one) => keyOf(one) !== key)),
  );
  return arranged(content, [
    ...without.slice(0, at.step + by),
    [[{ ...stage, rank: 0 }]],
    ...without.slice(at.step + by),
  ]);
}

/** One earlier (-1) or later (1): in its branch, out of a step it shares, or past the next step. */
export function moveStage(content: Content, key: string, by: -1 | 1): Content {
  const layout = layoutOf(content);
  const at = find(layout, key);
  if (!at) return content;
  const branch = layout[at.step]?.[at.branch] ?? [];
  if (branch[at.rank + by])
    return arranged(
      content,
      layout.map((branches, step) =>
        branches.map((stages, index) =>
          step === at.step && index === at.branch ? swapped(stages, at.rank, by, 'rank') : stages,
        ),
      ),
    );
  if (!isAlone(layout, key)) return detached(content, key, by === 1 ? 1 : 0);
  if (!layout[at.step + by]) return content;
  return arranged(content, swapSteps(layout, Math.min(at.step, at.step + by)));
}

function swapSteps(layout: Layout, first: number): Layout {
  const [one, other] = [layout[first] ?? [], layout[first + 1] ?? []];
  const numbered = (step: Layout[number], block: unknown) =>
    step.map((stages) => stages.map((stage) => ({ ...stage, block })));
  const [low, high] = [one.flat()[0]?.['block'], other.flat()[0]?.['block']];
  return [...layout.slice(0, first), numbered(other, low), numbered(one, high), ...layout.slice(first + 2)];
}

function swapped(stages: readonly Rec[], at: number, by: -1 | 1, field: string): readonly Rec[] {
  const [one, other] = [stages[at], stages[at + by]];
  if (!one || !other) return stages;
  return stages.map((stage, index) => {
    if (index === at) return { ...other, [field]: one[field] };
    return index === at + by ? { ...one, [field]: other[field] } : stage;
  });
}

export function canMove(layout: Layout, key: string, by: -1 | 1): boolean {
  const at = find(layout, key);
  if (!at) return false;
  return !isAlone(layout, key) || layout[at.step + by] !== undefined;
}

/** The first of KEY, KEY_2, KEY_3 … that nobody has. */
export function free(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted}_${number}`;
  return name;
}

/** A new stage, in a step of its own at the end. */
export function addStage(content: Content, stage: Rec): Content {
  const layout = layoutOf(content);
  const key = free(
    keyOf(stage),
    listOf(content, 'stages').map((one) => keyOf(one)),
  );
  return arranged(content, [...layout, [[{ ...stage, key, block: 0, branch: 'main', rank: 0 }]]]);
}

/** A copy of a stage, in a step of its own after it. */
export function duplicateStage(content: Content, key: string): Content {
  const layout = layoutOf(content);
  const at = find(layout, key);
  const stage = at && layout[at.step]?.[at.branch]?.[at.rank];
  if (!at || !stage) return content;
  const copy = {
    ...stage,
    rank: 0,
    key: free(
      key,
      listOf(content, 'stages').map((one) => keyOf(one)),
    ),
  };
  return arranged(content, [...layout.slice(0, at.step + 1), [[copy]], ...layout.slice(at.step + 1)]);
}

/** What names it elsewhere is left as it is, so that the linter says so and nothing changes unseen. */
export function removeStage(content: Content, key: string): Content {
  return { ...content, stages: listOf(content, 'stages').filter((stage) => keyOf(stage) !== key) };
}

/** How many rows of the table ask for a stage. */
export function rowsAsking(content: Content, key: string): number {
  const column = readTable(content)?.columns.find(({ input, name }) => !input && name === 'stages');
  if (!column) return 0;
  return (readTable(content)?.rows ?? []).filter((row) => namesStage(row[column.id], key)).length;
}

function namesStage(cell: string | undefined, key: string): boolean {
  return (cell ?? '').includes(JSON.stringify(key));
}

/** Another key for a stage, wherever it is named: rows, returns, separation, copies, cases. */
export function renameStage(content: Content, key: string, to: string): Content {
  const one = (value: unknown): unknown => (value === key ? to : value);
  const each = (value: unknown): unknown => (Array.isArray(value) ? value.map(one) : value);
  const items = (value: unknown, change: (item: Rec) => Rec): unknown =>
    Array.isArray(value) ? value.map((item) => (isRecord(item) ? change(item) : (item as unknown))) : value;
  const stages = listOf(content, 'stages').map((stage) => {
    const onReject = stage['onReject'];
    return {
      ...stage,
      key: one(stage['key']),
      ...(isRecord(onReject) && 'key' in onReject
        ? { onReject: { ...onReject, key: one(onReject['key']) } }
        : {}),
    };
  });
  const renamed: Content = {
    ...content,
    stages,
    ...ifThere(content, 'separation', (list) =>
      items(list, (rule) => ('stages' in rule ? { ...rule, stages: each(rule['stages']) } : rule)),
    ),
    ...ifThere(content, 'cc', (list) =>
      items(list, (rule) => ('stageKey' in rule ? { ...rule, stageKey: one(rule['stageKey']) } : rule)),
    ),
    ...ifThere(content, 'cases', (list) =>
      items(list, (item) => ({ ...item, stages: each(item['stages']) })),
    ),
  };
  const table = readTable(content);
  const places = (table?.columns ?? []).filter(
    ({ input, name }) => !input && (name === 'stages' || name === 'quorum'),
  );
  return withRows(
    renamed,
    (table?.rows ?? []).map((row) => ({
      ...row,
      ...Object.fromEntries(
        places.map(({ id }) => [id, (row[id] ?? '').replaceAll(JSON.stringify(key), JSON.stringify(to))]),
      ),
    })),
  );
}

function ifThere(content: Content, field: string, change: (value: unknown) => unknown): Rec {
  return field in content ? { [field]: change(content[field]) } : {};
}
