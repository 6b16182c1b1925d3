import type { Reader } from '../../db/prepared.js';
import type { Period, Task, WaitCause } from '../../domain/approval/figures.js';
import { namesOf, type PersonRef } from '../request/person-ref.js';
import type { Case, Cases } from './cases.js';
import { isAutomatic, isClosedIn, isFirstPass, keysOf, tasksIn, type Grouping } from './figures.js';

export const MEASURES = [
  'DECIDED',
  'RUNNING',
  'SENT_BACK',
  'CLOSED',
  'RETURNED',
  'FIRST_PASS',
  'AUTO',
  'LOST',
] as const;
export type Measure = (typeof MEASURES)[number];

export interface FigureChoice {
  measure: Measure;
  /** of tasks: only this stage, row or person */
  by?: Grouping | undefined;
  key?: string | undefined;
  /** of LOST */
  cause?: WaitCause | undefined;
}

/** One request, or one task of one, behind a figure. */
export interface FigureItem {
  requestId: string;
  number: string;
  title: string;
  stage: string | null;
  person: PersonRef | null;
  /** business minutes that the task took, or that the request waited */
  minutes: number | null;
  /** when it was answered or closed; null: still running */
  at: string | null;
}

export interface FigureItems {
  items: FigureItem[];
  total: number;
}

const MAX_ITEMS = 200;

/** What is behind a figure, the longest first. */
export async function figureItems(
  db: Reader,
  cases: Cases,
  period: Period,
  choice: FigureChoice,
): Promise<FigureItems> {
  const found = isOfTasks(choice.measure)
    ? taskItems(cases, period, choice)
    : caseItems(cases, period, choice);
  const kept = found.sort((a, b) => (b.minutes ?? 0) - (a.minutes ?? 0)).slice(0, MAX_ITEMS);
  const nameOf = await namesOf(
    db,
    kept.map(({ actorId }) => actorId),
  );
  return {
    items: kept.map(({ actorId, ...item }) => ({ ...item, person: nameOf(actorId) })),
    total: found.length,
  };
}

type Found = Omit<FigureItem, 'person'> & { actorId: string | null };

function isOfTasks(measure: Measure): boolean {
  return measure === 'DECIDED' || measure === 'RUNNING' || measure === 'SENT_BACK';
}

function taskItems(cases: Cases, period: Period, { measure, by, key }: FigureChoice): Found[] {
  const counts = ({ endedAt, action }: Task) =>
    measure === 'RUNNING'
      ? endedAt === null
      : endedAt !== null && (measure === 'DECIDED' || action === 'RETURN');
  return tasksIn(cases, period)
    .filter(({ task }) => counts(task) && (!by || key === undefined || keysOf(task, by).includes(key)))
    .map(({ of, task }) => ({
      ...headOf(of),
      stage: task.stageTitle,
      actorId: task.actorId,
      minutes: task.minutes,
      at: task.endedAt,
    }));
}

function caseItems(cases: Cases, period: Period, { measure, cause = 'HOLDER' }: FigureChoice): Found[] {
  const counts: Partial<Record<Measure, (one: Case) => boolean>> = {
    CLOSED: () => true,
    RETURNED: ({ returns }) => returns > 0,
    FIRST_PASS: isFirstPass,
    AUTO: isAutomatic,
  };
  const chosen =
    measure === 'LOST'
      ? cases.items.filter(({ lost }) => lost[cause] > 0)
      : cases.items.filter((one) => isClosedIn(one, period) && counts[measure]?.(one));
  return chosen.map((one) => ({
    ...headOf(one),
    stage: null,
    actorId: null,
    minutes:
      measure === 'LOST' ? one.lost[cause] : Object.values(one.lost).reduce((sum, part) => sum + part, 0),
    at: one.closedAt,
  }));
}

function headOf({ id, number, title }: Case): Pick<FigureItem, 'requestId' | 'number' | 'title'> {
  return { requestId: id, number, title };
}
