import { LADDER_ACTIONS, type LadderStep } from '../domain/collection/policy.js';
import { ROLES } from '../domain/org/directory.js';
import { ledgerProblems } from './lint-ledger.js';
import {
  formProblems,
  isDate,
  isDecimal,
  isLevel,
  isWhole,
  MAX_DAYS,
  problem,
  valueAt,
  type Form,
} from './parameter-forms.js';
import type { TableProblem } from './problem.js';
import { isRecord, type Rec } from './shape.js';

const MAX_STEPS = 40;

/** What each parameter must be, by its path; lists are looked at below. */
const FORMS: readonly [string, Form][] = [
  ['graceDays', 'days'],
  ['letters/from', 'time'],
  ['letters/to', 'time'],
  ['letters/minGapDays', 'days'],
  ['letters/minOverdue', 'amounts'],
  ['letters/ignoredPct', 'percent'],
  ['letters/skipOverDays', 'days'],
  ['promise/maxDays', 'days1'],
  ['promise/keptPct', 'percent'],
  ['promise/graceWorkDays', 'days'],
  ['promise/resumeWorkDays', 'days1'],
  ['promise/escalateAfter', 'days1'],
  ['promise/escalateToLevel', 'level'],
  ['dispute/ackWorkDays', 'days1'],
  ['dispute/resolveWorkDays', 'days1'],
  ['dispute/escalateWorkDays', 'days1'],
  ['dispute/repeatCount', 'days1'],
  ['dispute/repeatDays', 'days1'],
  ['interest/markupPct', 'percent'],
  ['interest/smeDailyPct', 'percent'],
  ['interest/yearDays', 'days1'],
  ['limitation/years', 'days1'],
  ['worklist/weights/amount', 'decimal'],
  ['worklist/weights/days', 'decimal'],
  ['worklist/weights/classRisk', 'decimal'],
  ['worklist/weights/broken', 'decimal'],
  ['worklist/weights/limitation', 'decimal'],
  ['worklist/amountFull', 'positive'],
  ['worklist/daysFull', 'days1'],
  ['worklist/brokenFull', 'days1'],
  ['worklist/classRisk', 'shares'],
  ['worklist/unknownRisk', 'share'],
  ['worklist/limitationDays', 'days1'],
  ['worklist/perDay', 'days1'],
  ['worklist/restDays', 'days'],
  ['application/levelDropPct', 'percent'],
  ['application/toleranceAmount', 'amounts'],
  ['application/tolerancePct', 'percent'],
  ['fourEyesAbove/amount', 'decimal'],
  ['fourEyesAbove/currency', 'currency'],
];

/** Everything wrong with the parameters of collection; empty when they may be published. */
export function lintCollection(content: unknown): TableProblem[] {
  if (!isRecord(content)) return [problem('content', 'an object of parameters', '应为参数对象')];
  const parts = formProblems(content, FORMS);
  return [
    ...ladderProblems(content.ladder),
    ...parts,
    ...(parts.length > 0 ? [] : orderProblems(content)),
    ...lprProblems(valueAt(content, 'interest/lpr')),
    ...freezeProblems(valueAt(content, 'letters/freezes')),
    ...warningProblems(valueAt(content, 'limitation/warnMonths')),
    ...ledgerProblems(content),
  ];
}

/** One rung after the other, levels never fall and never skip, the legal decision after the letter of its level. */
function ladderProblems(ladder: unknown): TableProblem[] {
  if (!Array.isArray(ladder) || ladder.length === 0 || ladder.length > MAX_STEPS)
    return [problem('ladder', `a list of 1 to ${MAX_STEPS} steps`, `应为 1 至 ${MAX_STEPS} 级`)];
  const wrong = ladder.flatMap((step: unknown, index) =>
    isStep(step)
      ? []
      : [
          problem(
            `ladder/${index}`,
            'key, day, action, level 0–4 and role',
            '需要键、天数、动作、级别和角色',
          ),
        ],
  );
  if (wrong.length > 0) return wrong;
  const steps = ladder as LadderStep[];
  return steps.flatMap((step, index): TableProblem[] => {
    const at = `ladder/${index}`;
    const before = steps[index - 1];
    const letter = steps
      .slice(0, index)
      .some(({ action, level }) => action === 'LETTER' && level === step.level);
    return [
      ...(steps.findIndex(({ key }) => key === step.key) < index
        ? [problem(at, `step ${step.key} is there twice`, `级 ${step.key} 重复`)]
        : []),
      ...(before && before.day >= step.day
        ? [problem(`${at}/day`, 'later than the step before', '应晚于前一级')]
        : []),
      ...(step.level < (before?.level ?? 0) || step.level > (before?.level ?? 0) + 1
        ? [problem(`${at}/level`, 'the level before or the next one', '应为前一级别或其下一级')]
        : []),
      ...((step.action === 'LETTER') === step.level > (before?.level ?? 0) || step.action === 'LEGAL'
        ? []
        : [problem(`${at}/action`, 'a letter raises the level, nothing else does', '只有催款函提高级别')]),
      ...(step.action === 'LEGAL' && !letter
        ? [
            problem(
              `${at}/action`,
              'a letter of its level before the legal decision',
              '移交法务之前应有同级催款函',
            ),
          ]
        : []),
    ];
  });
}

function orderProblems(content: Rec): TableProblem[] {
  const day = (at: string) => Number(valueAt(content, at));
  return [
    ...(String(valueAt(content, 'letters/from')) < String(valueAt(content, 'letters/to'))
      ? []
      : [problem('letters/to', 'after its beginning', '应晚于开始')]),
    ...(day('dispute/ackWorkDays') <= day('dispute/resolveWorkDays') &&
    day('dispute/resolveWorkDays') <= day('dispute/escalateWorkDays')
      ? []
      : [
          problem(
            'dispute/escalateWorkDays',
            'acknowledge, resolve, escalate in this order',
            '受理、解决、升级应依次',
          ),
        ]),
  ];
}

function lprProblems(lpr: unknown): TableProblem[] {
  const sound =
    Array.isArray(lpr) &&
    lpr.length > 0 &&
    lpr.every(
      (row: unknown, index) =>
        isRecord(row) &&
        isDate(row.from) &&
        isDecimal(row.pct) &&
        (index === 0 || String((lpr[index - 1] as Rec).from) < row.from),
    );
  return sound ? [] : [problem('interest/lpr', 'rates from a day on, in order', '应为按日期排列的利率')];
}

function freezeProblems(freezes: unknown): TableProblem[] {
  if (freezes === undefined) return [];
  const sound =
    Array.isArray(freezes) &&
    freezes.every(
      (row: unknown) => isRecord(row) && isDate(row.from) && isDate(row.to) && row.from <= row.to,
    );
  return sound ? [] : [problem('letters/freezes', 'first and last days', '应为起止日期')];
}

function warningProblems(months: unknown): TableProblem[] {
  const sound =
    Array.isArray(months) &&
    months.every(
      (month: unknown, index) =>
        isWhole(month, 1) && (index === 0 || Number(months[index - 1]) < Number(month)),
    );
  return sound
    ? []
    : [problem('limitation/warnMonths', 'months, each later than the one before', '应为递增的月数')];
}

function isStep(step: unknown): boolean {
  return (
    isRecord(step) &&
    typeof step.key === 'string' &&
    /^[a-z][a-z0-9-]{0,29}$/.test(step.key) &&
    Number.isInteger(step.day) &&
    Math.abs(Number(step.day)) <= MAX_DAYS &&
    LADDER_ACTIONS.some((action) => action === step.action) &&
    isLevel(step.level) &&
    ROLES.some((role) => role === step.role) &&
    (step.creditHold === undefined || typeof step.creditHold === 'boolean')
  );
}
