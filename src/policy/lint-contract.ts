import { DateTime } from 'luxon';
import { ROLES } from '../domain/org/directory.js';
import type { TableProblem } from './problem.js';

type Rec = Record<string, unknown>;

/** Places the text of a contract fills in from its deal. */
const PLACES = new Set(['deliveryDays', 'termDays', 'warrantyMonths']);
const MILESTONES = new Set<unknown>(['DELIVERY', 'ACCEPTANCE']);
const MAX_DAYS = 3_650;
const MAX_CLAUSES = 200;
const MAX_TEXT = 20_000;
const MAX_TITLE = 200;

/** Everything wrong with the parameters of contracts: clauses, milestones, reminders. Empty when they may be published. */
export function lintContract(content: unknown): TableProblem[] {
  if (!isRecord(content)) return [problem('content', 'an object of parameters', '应为参数对象')];
  return [
    ...clauseProblems(content.clauses),
    ...milestoneProblems(content.milestones),
    ...dayProblems(content),
  ];
}

function clauseProblems(clauses: unknown): TableProblem[] {
  if (!Array.isArray(clauses) || clauses.length === 0 || clauses.length > MAX_CLAUSES)
    return [problem('clauses', `a list of 1 to ${MAX_CLAUSES} clauses`, `应为 1 至 ${MAX_CLAUSES} 条条款`)];
  const seen = new Set<unknown>();
  return clauses.flatMap((clause: unknown, index): TableProblem[] => {
    const at = `clauses/${index}`;
    if (
      !isRecord(clause) ||
      !isKey(clause.key) ||
      !isText(clause.title, MAX_TITLE) ||
      !isText(clause.text, MAX_TEXT)
    )
      return [problem(at, 'a clause has a key, a title and a text', '条款需要键、标题和正文')];
    const { key, version = 1 } = clause;
    const name = `${String(key)}/${String(version)}`;
    const twice = seen.has(name);
    seen.add(name);
    return [
      ...libraryProblems(at, clause),
      ...(twice
        ? [
            problem(
              at,
              `clause ${String(key)} v${String(version)} is there twice`,
              `条款 ${String(key)} v${String(version)} 重复`,
            ),
          ]
        : []),
      ...unknownPlaces(clause.text).map((name) =>
        problem(at, `{${name}} is not filled in from a deal`, `{${name}} 不会从合同数据中填入`),
      ),
    ];
  });
}

/** Version, standard or not, offered or in every contract, and from when until when. */
function libraryProblems(
  at: string,
  { version = 1, standard = true, onDemand = false, validFrom, validUntil }: Rec,
): TableProblem[] {
  const days = [validFrom, validUntil].filter((day) => day !== undefined);
  const ordered = days.length < 2 || String(validFrom) <= String(validUntil);
  return [
    ...(isDays(version, 1) ? [] : [problem(`${at}/version`, 'a whole number from 1', '应为从 1 起的整数')]),
    ...(typeof standard === 'boolean'
      ? []
      : [problem(`${at}/standard`, 'true or false', '应为 true 或 false')]),
    ...(typeof onDemand === 'boolean'
      ? []
      : [problem(`${at}/onDemand`, 'true or false', '应为 true 或 false')]),
    ...(days.every(isDate) && ordered
      ? []
      : [
          problem(
            `${at}/validFrom`,
            'dates YYYY-MM-DD, first the earlier one',
            '应为先后有序的日期 YYYY-MM-DD',
          ),
        ]),
  ];
}

function isDate(value: unknown): boolean {
  return typeof value === 'string' && DateTime.fromISO(value).toISODate() === value;
}

function unknownPlaces(text: unknown): string[] {
  const named = [...String(text).matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  return [...new Set(named.filter((name) => !PLACES.has(name)))];
}

function milestoneProblems(milestones: unknown): TableProblem[] {
  if (!Array.isArray(milestones)) return [problem('milestones', 'a list of milestones', '应为里程碑列表')];
  const kinds = milestones.map((milestone: unknown) => (isRecord(milestone) ? milestone.kind : null));
  return milestones.flatMap((milestone: unknown, index): TableProblem[] => {
    const at = `milestones/${index}`;
    if (!isRecord(milestone) || !MILESTONES.has(milestone.kind))
      return [problem(at, 'a milestone is DELIVERY or ACCEPTANCE', '里程碑只能是交付或验收')];
    return [
      ...(kinds.indexOf(milestone.kind) < index
        ? [problem(at, `${String(milestone.kind)} is there twice`, '里程碑重复')]
        : []),
      ...(isDays(milestone.days, 0) ? [] : [problem(`${at}/days`, 'whole days', '应为整天数')]),
      ...(ROLES.some((role) => role === milestone.ownerRole)
        ? []
        : [problem(`${at}/ownerRole`, 'a role that there is', '角色不存在')]),
    ];
  });
}

/** Reminders come one after the other, before the contract lapses without the customer's signature. */
function dayProblems({
  signatureReminderDays: days,
  signatureLapseDays: lapse,
  sealWorkDays,
  ...more
}: Rec): TableProblem[] {
  const ascending =
    Array.isArray(days) &&
    days.every(
      (day: unknown, index) => isDays(day, 1) && (index === 0 || Number(day) > Number(days[index - 1])),
    );
  const last = ascending ? Number(days.at(-1) ?? 0) : 0;
  return [
    ...(ascending
      ? []
      : [problem('signatureReminderDays', 'whole days, each later than the one before', '应为递增的整天数')]),
    ...(isDays(lapse, 1) && Number(lapse) > last
      ? []
      : [
          problem(
            'signatureLapseDays',
            'whole days, after the last reminder',
            '应为整天数，且晚于最后一次提醒',
          ),
        ]),
    ...(isDays(sealWorkDays, 1)
      ? []
      : [problem('sealWorkDays', 'whole working days, at least 1', '至少 1 个工作日')]),
    ...lifeProblems(more),
  ];
}

/** What is said of the dates of a contract in force, and how long it is kept afterwards. All may be left out. */
function lifeProblems({
  orderConfirmWorkMinutes,
  milestoneReminderDays,
  endReminderDays,
  archiveAfterDays,
  retentionYears,
}: Rec) {
  const days = (value: unknown, least: number) =>
    value === undefined ||
    (Array.isArray(value) &&
      new Set(value).size === value.length &&
      value.every((day: unknown) => isDays(day, least)));
  return [
    ...(orderConfirmWorkMinutes === undefined || isDays(orderConfirmWorkMinutes, 1)
      ? []
      : [problem('orderConfirmWorkMinutes', 'whole working minutes', '应为整工作分钟数')]),
    ...(days(milestoneReminderDays, -MAX_DAYS)
      ? []
      : [
          problem(
            'milestoneReminderDays',
            'different whole days, negative before the date',
            '应为不同的整天数',
          ),
        ]),
    ...(days(endReminderDays, 1)
      ? []
      : [problem('endReminderDays', 'different whole days before the end', '应为到期前的不同整天数')]),
    ...(archiveAfterDays === undefined || isDays(archiveAfterDays, 0)
      ? []
      : [problem('archiveAfterDays', 'whole days', '应为整天数')]),
    ...(retentionYears === undefined || (isDays(retentionYears, 1) && Number(retentionYears) <= 100)
      ? []
      : [problem('retentionYears', 'whole years, at most 100', '应为不超过 100 的整年数')]),
  ];
}

function problem(at: string, message: string, zh: string): TableProblem {
  return { at, code: 'PARAMETER', message, zh };
}

function isDays(value: unknown, least: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_DAYS;
}

function isKey(value: unknown): boolean {
  return typeof value === 'string' && /^[a-z][a-z0-9-]{0,59}$/.test(value);
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most;
}

function isRecord(value: unknown): value is Rec {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
