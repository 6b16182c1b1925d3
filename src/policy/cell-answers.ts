import { Decimal } from 'decimal.js';
import type { PolicyInput } from '../domain/approval/policy.js';
import { axisOf, isExact, OTHER, numbersIn, textsIn, type Axis, type Sample } from './axis.js';
import type { Truth } from './coverage.js';
import type { Fact, Facts } from './facts.js';
import type { Placed } from './lint-table.js';
import type { TableProblem } from './problem.js';
import type { Column, DecisionTable } from './table.js';
import type { Probe, Trial } from './trial.js';

/** What a fact of another input may be while a cell is tried. */
const SAMPLE: Readonly<Record<PolicyInput['type'], Fact>> = {
  decimal: '12.5',
  boolean: true,
  string: 'A',
  strings: ['a'],
};

/** A cell that calculates is tried at so many samples; beyond them it may hold. */
const MOST_TRIED = 200;

/** One way a cell is written in one column, with the samples at which it has to be tried. */
interface Cell {
  column: Column;
  expression: string;
  samples: readonly Sample[];
  exact: boolean;
  /** the first cell of the table written so */
  at: string;
}

/** A cell in its row, with what the engine said of it. */
interface Tried {
  cell: Cell;
  axis: number;
  truth: Truth;
  said: Said;
}

type Said = readonly (boolean | null)[];

/** Every distinct cell of a table, and how its axes are cut by all of them. */
export interface Cells {
  axes: readonly Axis[];
  cells: ReadonlyMap<string, Cell>;
}

export function cellsOf({ columns, rows }: DecisionTable): Cells {
  const written = columns.map((column) => [
    ...new Set(
      rows.flatMap(({ cells }) =>
        cells.filter((cell) => cell.column === column).map(({ expression }) => expression),
      ),
    ),
  ]);
  const axes = columns.map(({ input }, index) => axisOf(input, written[index]!));
  const first = new Map<string, string>();
  for (const { answer, cells } of rows)
    for (const { column, expression } of cells) {
      const key = keyOf(column, expression);
      if (!first.has(key)) first.set(key, `${answer.rowId}/${column.input.name}`);
    }
  const cells = columns.flatMap((column, index) =>
    written[index]!.map((expression): [string, Cell] => {
      const key = keyOf(column, expression);
      const exact = isExact(column.input, expression);
      const samples = samplesFor(column.input, expression, exact ? null : axes[index]!.samples);
      return [key, { column, expression, samples, exact, at: first.get(key)! }];
    }),
  );
  return { axes, cells: new Map(cells) };
}

/** An exact cell is known everywhere from the samples around the numbers and texts it names itself. */
function samplesFor(
  input: PolicyInput,
  expression: string,
  all: readonly Sample[] | null,
): readonly Sample[] {
  if (all !== null) return all.slice(0, MOST_TRIED);
  if (input.type === 'strings') return axisOf(input, [expression]).samples;
  return axisOf({ ...input, values: undefined }, [expression]).samples;
}

/** Any case at all, to see whether the table runs. */
export function sampleFacts(inputs: readonly PolicyInput[]): Facts {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, SAMPLE[type]]));
}

/** The questions for the trial process, cell by cell in the order of `cells`. */
export function probesOf({ cells }: Cells, others: Facts): Probe[] {
  return [...cells.values()].flatMap(({ column, expression, samples, exact, at }) =>
    samples.map(({ value }): Probe => ({
      at,
      field: column.field,
      cell: expression,
      facts: { ...(exact ? {} : others), [column.input.name]: value },
    })),
  );
}

/** The table's rows as regions, and what their cells do by themselves. `trial` answers the probes of `probesOf`. */
export function placeRows(
  table: DecisionTable,
  { axes, cells }: Cells,
  trial: Trial,
): { rows: Placed[]; problems: TableProblem[] } {
  const answers = answersByCell(cells, trial);
  const truths = new Map<string, Truth>();
  const kept = new Map<string, Truth>();
  for (const [key, cell] of cells) {
    const axis = table.columns.indexOf(cell.column);
    const truth = spread(cell, answers.get(key)!, axes[axis]!);
    const same = `${axis}:${truth.join('')}`;
    truths.set(key, kept.get(same) ?? truth);
    if (!kept.has(same)) kept.set(same, truth);
  }
  const problems: TableProblem[] = [];
  const rows = table.rows.map(({ answer, cells: own }): Placed => {
    const placed = own.map(({ column, expression }): Tried => {
      const key = keyOf(column, expression);
      const axis = table.columns.indexOf(column);
      return { cell: cells.get(key)!, axis, truth: truths.get(key)!, said: answers.get(key)! };
    });
    for (const one of placed) problems.push(...cellProblems(answer.rowId, one));
    return {
      answer,
      region: new Map(placed.map(({ axis, truth }) => [axis, truth])),
      inexact: placed.some(({ cell }) => !cell.exact),
    };
  });
  return { rows, problems };
}

function answersByCell(cells: Cells['cells'], { answers }: Trial): Map<string, Said> {
  let next = 0;
  return new Map(
    [...cells].map(([key, { samples }]) => {
      const own = answers.slice(next, next + samples.length);
      next += samples.length;
      return [key, own];
    }),
  );
}

/** The cell's answer at every sample of the axis, from the samples around its own numbers and texts. */
function spread({ column, expression, samples, exact }: Cell, answers: Said, axis: Axis): Truth {
  const at = (index: number) => (answers[index] ? 1 : 0);
  const { type } = column.input;
  if (!exact) return Uint8Array.from(axis.samples, (_, index) => (index < answers.length ? at(index) : 1));
  if (type === 'boolean') return Uint8Array.from(axis.samples, (_, index) => at(index));
  if (type === 'decimal') {
    const own = samples.map(({ value }) => new Decimal(String(value)));
    const points = new Set(numbersIn(expression).map((number) => new Decimal(number).toFixed()));
    return Uint8Array.from(axis.samples, ({ value }) => at(stretch(new Decimal(String(value)), own, points)));
  }
  if (type === 'string') {
    const named = textsIn(expression);
    const own = (value: Fact) => samples.findIndex((sample) => sample.value === value);
    const other = own(OTHER);
    return Uint8Array.from(axis.samples, ({ value }) =>
      at(named.includes(String(value)) ? own(value) : other),
    );
  }
  return spreadList(expression, samples, answers, axis);
}

/** The own sample that lies on the same number, or in the same stretch between two. */
function stretch(value: Decimal, own: readonly Decimal[], points: ReadonlySet<string>): number {
  let index = 0;
  while (index + 1 < own.length && own[index + 1]!.lte(value)) index += 1;
  const here = own[index]!;
  if (here.eq(value) || here.gt(value) || !points.has(here.toFixed())) return index;
  return Math.min(index + 1, own.length - 1);
}

/** Lists are alike to a cell when they have the same length as far as it counts, or hold the text it asks for. */
function spreadList(expression: string, samples: readonly Sample[], answers: Said, axis: Axis): Truth {
  const [text] = textsIn(expression);
  const own = samples.map(({ value }, index) => ({ list: listOf(value), index }));
  const byLength = [...own].sort((a, b) => b.list.length - a.list.length);
  return Uint8Array.from(axis.samples, ({ value }) => {
    const list = listOf(value);
    const alike =
      text === undefined
        ? byLength.find((other) => other.list.length <= list.length)
        : own.find(
            (o) =>
              o.list.includes(text) === list.includes(text) && (o.list.length === 0) === (list.length === 0),
          );
    return alike && answers[alike.index] ? 1 : 0;
  });
}

function listOf(value: Fact): readonly string[] {
  return typeof value === 'string' || typeof value === 'boolean' ? [] : value;
}

function cellProblems(rowId: string, { cell, truth, said }: Tried): TableProblem[] {
  const { column, expression, exact } = cell;
  const at = `${rowId}/${column.input.name}`;
  if (said.includes(null))
    return [{ at, code: 'CELL', message: 'the cell does not evaluate for a value of its type' }];
  const { values } = column.input;
  const unlisted = values ? textsIn(expression).filter((text) => !values.includes(text)) : [];
  if (exact && unlisted.length > 0)
    return [
      {
        at,
        code: 'UNLISTED_TEXT',
        message: `${unlisted.join(', ')} is not among the values of the input`,
        zh: `${unlisted.join('、')} 不在该输入的可选值中`,
      },
    ];
  if (truth.length === 0 || truth.some((answer) => answer === 1)) return [];
  return [
    {
      at,
      code: 'NEVER_TRUE',
      severity: exact ? 'ERROR' : 'WARNING',
      message: 'the cell is never true, so its row never holds',
      zh: '单元格永远不成立，该行不会生效',
    },
  ];
}

function keyOf({ id }: Column, expression: string): string {
  return `${id}\n${expression}`;
}
