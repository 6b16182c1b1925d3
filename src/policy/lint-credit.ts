import { CREDIT_CLASSES, REVIEW_TRIGGERS } from '../domain/credit/policy.js';
import { EXPOSURE_KINDS } from '../domain/credit/exposure.js';
import { Exact } from '../domain/money.js';
import { ROLES } from '../domain/org/directory.js';
import { checksProblems } from './lint-credit-checks.js';
import { formProblems, isDecimal, isWhole, problem, valueAt, type Form } from './parameter-forms.js';
import type { TableProblem } from './problem.js';
import { isRecord, type Rec } from './shape.js';

const FORMS: readonly (readonly [string, Form])[] = [
  ['limit/step', 'positive'],
  ['limit/monthDays', 'days1'],
  ['limit/netAssetsPct', 'percent'],
  ['limit/concentrationPct', 'percent'],
  ['limit/securedFactor', 'share'],
  ['limit/newCustomer/expectedFactor', 'share'],
  ['limit/newCustomer/growthPct', 'percent'],
  ['limit/newCustomer/cycles', 'days1'],
  ['temporaryLimit/maxPct', 'percent'],
  ['temporaryLimit/maxDays', 'days1'],
  ['temporaryLimit/perYear', 'days'],
  ...EXPOSURE_KINDS.map((kind) => [`exposureWeights/${kind}`, 'share'] as const),
  ['horizonDays', 'days'],
  ['reservationDays', 'days1'],
  ['promiseMonths', 'days1'],
  ['triggers/overdueDays', 'days'],
  ['triggers/brokenPromises', 'days1'],
  ['triggers/salesGrowthPct', 'decimal'],
  ['triggers/dormantDays', 'days1'],
  ['timers/gatherWorkDays', 'days1'],
  ['timers/scoreWorkDays', 'days1'],
  ['timers/decideWorkDays', 'days1'],
  ['timers/blockedLookWorkHours', 'days1'],
  ['timers/blockedDecisionWorkDays', 'days1'],
  ['timers/reviewGraceDays', 'days'],
];
const CLASS_FORMS: readonly (readonly [string, Form])[] = [
  ['from', 'percent'],
  ['termDays', 'days'],
  ['depositPct', 'percent'],
  ['k', 'decimal'],
  ['reviewMonths', 'days1'],
];
const KEY = /^[a-z][A-Za-z0-9]{0,29}$/;
const CODE = /^[A-Z][A-Z_]{0,39}$/;
const SCALE = /^-?\d{1,12}(\.\d{1,8})?$/;

/** Everything wrong with the parameters of credit; empty when they may be published. */
export function lintCredit(content: unknown): TableProblem[] {
  if (!isRecord(content)) return [problem('content', 'an object of parameters', '应为参数对象')];
  return [
    ...scoreProblems(content.score),
    ...classProblems(content.classes),
    ...formProblems(content, FORMS),
    ...bestClassProblems(valueAt(content, 'limit/newCustomer/bestClass')),
    ...checksProblems(content.checks),
    ...tierProblems(content.tiers),
    ...codeProblems(content.hardStops, 'hardStops'),
    ...codeProblems(valueAt(content, 'triggers/alerts'), 'triggers/alerts'),
    ...triggerProblems(valueAt(content, 'triggers/enabled')),
    ...reminderProblems(valueAt(content, 'timers/reviewReminderDays')),
  ];
}

/** Weights of 100 in all, some of them not of history; every input once. */
function scoreProblems(groups: unknown): TableProblem[] {
  if (!Array.isArray(groups) || !groups.every(isGroup))
    return [
      problem(
        'score',
        'groups with a key and inputs, each with weight, zero and full',
        '应为带权重和刻度的评分组',
      ),
    ];
  const all = groups.flatMap(({ inputs }) => inputs as Rec[]);
  const sum = (of: readonly Rec[]) => Exact.sum(0, ...of.map(({ weight }) => String(weight)));
  const lasting = groups.filter(({ isHistory }) => !isHistory).flatMap(({ inputs }) => inputs as Rec[]);
  const keys = [all, groups].map((list) => new Set(list.map(({ key }) => key)).size === list.length);
  return [
    ...(keys.every(Boolean) ? [] : [problem('score', 'every key once', '键不得重复')]),
    ...(sum(all).eq(100) ? [] : [problem('score', 'weights that add up to 100', '权重合计应为 100')]),
    ...(sum(lasting).gt(0)
      ? []
      : [problem('score', 'some weight that needs no history', '应有不依赖历史的权重')]),
  ];
}

function isGroup(group: unknown): group is Rec {
  return (
    isRecord(group) &&
    KEY.test(String(group.key)) &&
    typeof group.isHistory === 'boolean' &&
    Array.isArray(group.inputs) &&
    group.inputs.length > 0 &&
    group.inputs.every(
      (input: unknown) =>
        isRecord(input) &&
        KEY.test(String(input.key)) &&
        isDecimal(input.weight) &&
        [input.zero, input.full].every((value) => typeof value === 'string' && SCALE.test(value)) &&
        !new Exact(String(input.zero)).eq(String(input.full)),
    )
  );
}

/** Boundaries fall from class to class down to 0. */
function classProblems(classes: unknown): TableProblem[] {
  if (
    !isRecord(classes) ||
    Object.keys(classes).length !== CREDIT_CLASSES.length ||
    !CREDIT_CLASSES.every((key) => isRecord(classes[key]))
  )
    return [problem('classes', 'the classes A to E', '应为 A 至 E 五级')];
  const parts = CREDIT_CLASSES.flatMap((key) => {
    const of = classes[key] as Rec;
    const at = `classes/${key}`;
    return [
      ...formProblems(of, CLASS_FORMS).map((found) => ({ ...found, at: `${at}/${found.at}` })),
      ...(typeof of.countsSecured === 'boolean'
        ? []
        : [problem(`${at}/countsSecured`, 'true or false', '应为 true 或 false')]),
      ...(of.onOverdueReview === 'FROZEN' || of.onOverdueReview === 'WATCH'
        ? []
        : [problem(`${at}/onOverdueReview`, 'FROZEN or WATCH', '应为 FROZEN 或 WATCH')]),
    ];
  });
  if (parts.length > 0) return parts;
  return CREDIT_CLASSES.flatMap((key, index) => {
    const [own, before] = [key, CREDIT_CLASSES[index - 1]].map((name) =>
      name === undefined ? null : String((classes[name] as Rec).from),
    );
    const ordered = before === null || new Exact(own!).lt(before!);
    const ends = index < CREDIT_CLASSES.length - 1 || new Exact(own!).isZero();
    return ordered && ends
      ? []
      : [problem(`classes/${key}/from`, 'below the class before, the last from 0', '应低于上一级，末级为 0')];
  });
}

function bestClassProblems(best: unknown): TableProblem[] {
  return CREDIT_CLASSES.some((key) => key === best)
    ? []
    : [problem('limit/newCustomer/bestClass', 'a class A to E', '应为 A 至 E 的等级')];
}

/** Rising amounts, the last without an end, each with enough roles for its quorum. */
function tierProblems(tiers: unknown): TableProblem[] {
  const sound =
    Array.isArray(tiers) &&
    tiers.length > 0 &&
    tiers.every((tier: unknown, index) => {
      if (!isRecord(tier) || !Array.isArray(tier.roles)) return false;
      const known = tier.roles.every((role) => ROLES.some((name) => name === role));
      if (!known || !isWhole(tier.quorum, 1) || Number(tier.quorum) > tier.roles.length) return false;
      if (index === tiers.length - 1) return tier.upTo === null;
      const before = index === 0 ? '-1' : String((tiers[index - 1] as Rec).upTo);
      return isDecimal(tier.upTo) && new Exact(before).lt(tier.upTo);
    });
  return sound
    ? []
    : [
        problem(
          'tiers',
          'rising amounts with roles and a quorum of them, the last without an end',
          '应为递增金额、角色及其法定人数，末级无上限',
        ),
      ];
}

function codeProblems(codes: unknown, at: string): TableProblem[] {
  return Array.isArray(codes) && codes.every((code) => typeof code === 'string' && CODE.test(code))
    ? []
    : [problem(at, 'a list of codes', '应为代码列表')];
}

function triggerProblems(enabled: unknown): TableProblem[] {
  return Array.isArray(enabled) && enabled.every((name) => REVIEW_TRIGGERS.some((known) => known === name))
    ? []
    : [problem('triggers/enabled', 'triggers that there are', '触发条件不存在')];
}

function reminderProblems(days: unknown): TableProblem[] {
  return Array.isArray(days) &&
    days.every(
      (day: unknown, index) => isWhole(day, 1) && (index === 0 || Number(days[index - 1]) > Number(day)),
    )
    ? []
    : [
        problem(
          'timers/reviewReminderDays',
          'whole days before the date, the earliest first',
          '应为递减的提前天数',
        ),
      ];
}
