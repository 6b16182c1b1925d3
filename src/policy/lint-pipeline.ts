import { END_STAGES, SERVER_CHECKS } from '../domain/opportunity/pipeline.js';
import type { TableProblem } from './problem.js';

const KEY = /^[A-Z][A-Z0-9_]{0,39}$/;
const ITEM_KEY = /^[a-z][a-z0-9-]{0,39}$/;
const PERCENT = /^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/;
const FORECASTS = ['PIPELINE', 'BEST_CASE', 'COMMIT'];
const MOST_STAGES = 20;
const MOST_DAYS = 365;

type Loose = Record<string, unknown>;

/** Everything wrong with a pipeline; empty when deals may be sold by it. */
export function lintPipeline(content: unknown): TableProblem[] {
  if (!isRecord(content))
    return [problem('content', 'PIPELINE', 'an object with stages', '应为含阶段的对象')];
  const stages = listOf(content['stages']);
  const reasons = listOf(content['lossReasons']);
  return [
    ...labelProblems('name', content['name']),
    ...(stages.length >= 1 && stages.length <= MOST_STAGES
      ? []
      : [problem('stages', 'STAGES', `1 to ${MOST_STAGES} stages`, `1 至 ${MOST_STAGES} 个阶段`)]),
    ...stages.flatMap((stage, index) => stageProblems(stage, index)),
    ...repeated('stages', stages),
    ...(reasons.length > 0
      ? []
      : [problem('lossReasons', 'LOSS_REASONS', 'at least one reason', '至少一个输单原因')]),
    ...reasons.flatMap((reason, index) => reasonProblems(reason, index)),
    ...repeated('lossReasons', reasons),
    ...daysProblems('stuckDays', content['stuckDays']),
    ...daysProblems('slipWorkDays', content['slipWorkDays']),
    ...fallingProblems(stages),
  ];
}

function stageProblems(stage: Loose, index: number): TableProblem[] {
  const at = `stages/${index}`;
  const key = stage['key'];
  const isFree = typeof key === 'string' && KEY.test(key) && !(END_STAGES as readonly string[]).includes(key);
  const exit = listOf(stage['exit']);
  return [
    ...(isFree
      ? []
      : [
          problem(
            `${at}/key`,
            'STAGE_KEY',
            'capital letters, digits and _; not WON, LOST, ON_HOLD',
            '大写字母、数字和下划线，且不为 WON、LOST、ON_HOLD',
          ),
        ]),
    ...labelProblems(`${at}/name`, stage['name']),
    ...(typeof stage['probabilityPct'] === 'string' && PERCENT.test(stage['probabilityPct'])
      ? []
      : [
          problem(
            `${at}/probabilityPct`,
            'PERCENT',
            'a decimal string from 0 to 100',
            '0 到 100 的十进制字符串',
          ),
        ]),
    ...(FORECASTS.includes(String(stage['forecast']))
      ? []
      : [
          problem(
            `${at}/forecast`,
            'FORECAST',
            `one of ${FORECASTS.join(', ')}`,
            `应为 ${FORECASTS.join('、')}`,
          ),
        ]),
    ...(Array.isArray(stage['exit'])
      ? []
      : [problem(`${at}/exit`, 'EXIT', 'a list of criteria', '应为准则列表')]),
    ...exit.flatMap((criterion, place) => criterionProblems(criterion, `${at}/exit/${place}`)),
    ...repeated(
      `${at}/exit`,
      exit.filter(({ kind }) => kind === 'CHECK'),
    ),
  ];
}

function criterionProblems(criterion: Loose, at: string): TableProblem[] {
  if (criterion['kind'] !== 'CHECK')
    return (SERVER_CHECKS as readonly string[]).includes(String(criterion['kind']))
      ? []
      : [
          problem(
            at,
            'CRITERION',
            `CHECK, or one of ${SERVER_CHECKS.join(', ')}`,
            `应为 CHECK 或 ${SERVER_CHECKS.join('、')}`,
          ),
        ];
  const key = criterion['key'];
  return [
    ...(typeof key === 'string' && ITEM_KEY.test(key)
      ? []
      : [problem(`${at}/key`, 'ITEM_KEY', 'small letters, digits and -', '小写字母、数字和连字符')]),
    ...labelProblems(`${at}/label`, criterion['label']),
  ];
}

function reasonProblems(reason: Loose, index: number): TableProblem[] {
  const key = reason['key'];
  return [
    ...(typeof key === 'string' && KEY.test(key)
      ? []
      : [
          problem(
            `lossReasons/${index}/key`,
            'REASON_KEY',
            'capital letters, digits and _',
            '大写字母、数字和下划线',
          ),
        ]),
    ...labelProblems(`lossReasons/${index}/name`, reason['name']),
  ];
}

/** A later stage that is less likely than an earlier one is a slip of the pen, not a sales process. */
function fallingProblems(stages: readonly Loose[]): TableProblem[] {
  return stages.flatMap(({ probabilityPct }, index) =>
    index > 0 && Number(probabilityPct) < Number(stages[index - 1]!['probabilityPct'])
      ? [
          {
            ...problem(
              `stages/${index}/probabilityPct`,
              'FALLING',
              'less likely than the stage before',
              '低于上一阶段的赢率',
            ),
            severity: 'WARNING' as const,
          },
        ]
      : [],
  );
}

function labelProblems(at: string, label: unknown): TableProblem[] {
  const isText = (text: unknown) => typeof text === 'string' && text.trim() !== '' && text.length <= 80;
  return isRecord(label) && isText(label['zh']) && isText(label['en'])
    ? []
    : [problem(at, 'LABEL', 'zh and en, at most 80 characters each', '需中英文名称，各不超过 80 字')];
}

function daysProblems(at: string, days: unknown): TableProblem[] {
  return Number.isInteger(days) && Number(days) >= 1 && Number(days) <= MOST_DAYS
    ? []
    : [problem(at, 'DAYS', `whole days, 1 to ${MOST_DAYS}`, `1 至 ${MOST_DAYS} 的整数天`)];
}

function repeated(at: string, items: readonly Loose[]): TableProblem[] {
  const keys = items.map(({ key }) => String(key));
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map((key) =>
    problem(at, 'REPEATED', `${key} is there twice`, `${key} 重复`),
  );
}

function isRecord(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): Loose[] {
  return Array.isArray(value) ? value.map((item: unknown) => (isRecord(item) ? item : {})) : [];
}

function problem(at: string, code: string, message: string, zh: string): TableProblem {
  return { at, code, message, zh };
}
