import type ExcelJS from 'exceljs';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { LadderSpec, StageSpec } from '../domain/approval/stage-spec.js';
import { stage as houseStage } from './seed/build.js';
import { isLadder, isStage } from './shape.js';
import { addSheet, listed, Problems, readLines, type SheetColumn, type SheetLine } from './sheet-cell.js';
import {
  choiceFrom,
  choiceWords,
  quorumFrom,
  quorumWords,
  resolverFrom,
  resolverWords,
  rungsFrom,
  rungsWords,
  saysAll,
  selfFrom,
  selfWords,
} from './sheet-words.js';

export const STAGES_SHEET = 'stages';
export const LADDERS_SHEET = 'ladders';
const MOST = 200;

interface Field extends SheetColumn {
  write: (stage: StageSpec) => string;
  /** fields of the stage that the cell says */
  read: (text: string, line: SheetLine) => Partial<Record<keyof StageSpec, unknown>>;
}

const same = (name: 'title' | 'branch' | 'mode' | 'ladder' | 'risk', title: string, width = 14): Field => ({
  name,
  title,
  width,
  write: (stage) => stage[name],
  read: (text) => ({ [name]: text }),
});
const counted = (name: 'block' | 'rank' | 'minApprovals', title: string): Field => ({
  name,
  title,
  width: 9,
  write: (stage) => String(stage[name]),
  read: (text) => ({ [name]: text === '' ? Number.NaN : Number(text) }),
});

const FIELDS: readonly Field[] = [
  { name: 'key', title: 'Key · 标识', width: 22, write: ({ key }) => key, read: (key) => ({ key }) },
  same('title', 'Name · 名称', 30),
  counted('block', 'Step · 步'),
  same('branch', 'Branch · 分支'),
  counted('rank', 'Order · 次序'),
  {
    name: 'approvers',
    title: 'Approvers · 审批人',
    width: 20,
    write: ({ resolver, pool }) => (pool ? 'POOL' : resolverWords({ ...resolver }).kind),
    read: (kind, line) => ({
      resolver: resolverFrom(kind === 'POOL' ? 'ROLE' : kind, line.text('of')),
      pool: kind === 'POOL' ? true : undefined,
    }),
  },
  {
    name: 'of',
    title: 'Who exactly · 具体为',
    width: 34,
    write: ({ resolver }) => resolverWords({ ...resolver }).of,
    read: () => ({}),
  },
  {
    name: 'quorum',
    title: 'Decided by · 表决',
    width: 18,
    write: ({ quorum }) => quorumWords({ ...quorum }),
    read: (text) => ({ quorum: quorumFrom(text) }),
  },
  same('mode', 'At once or in turn · 同时或依次'),
  same('ladder', 'Time limit · 时限'),
  counted('minApprovals', 'At least · 至少'),
  {
    name: 'empty',
    title: 'If nobody · 无人时',
    width: 22,
    write: ({ empty }) => choiceWords({ ...empty }),
    read: (text) => ({ empty: choiceFrom(text, 'role') }),
  },
  {
    name: 'self',
    title: 'If the initiator · 为发起人时',
    width: 20,
    write: ({ self }) => selfWords(self),
    read: (text) => ({ self: selfFrom(text) }),
  },
  {
    name: 'onReject',
    title: 'After a rejection · 否决后',
    width: 20,
    write: ({ onReject }) => choiceWords({ ...onReject }),
    read: (text) => ({ onReject: choiceFrom(text, 'key') }),
  },
  {
    name: 'commentOn',
    title: 'Comment for · 须写意见',
    width: 20,
    write: ({ commentOn }) => commentOn.join(', '),
    read: (text) => ({ commentOn: listed(text) }),
  },
  same('risk', 'Risk · 风险', 10),
];

const LADDER_COLUMNS: readonly SheetColumn[] = [
  { name: 'key', title: 'Key · 标识', width: 22 },
  { name: 'workMinutes', title: 'Working minutes · 工作分钟', width: 20 },
  { name: 'rungs', title: 'At % of it · 到 % 时', width: 80 },
];

export function stagesToSheet(workbook: ExcelJS.Workbook, content: ApprovalPolicyContent): void {
  addSheet(
    workbook,
    STAGES_SHEET,
    FIELDS,
    content.stages.map((stage) => FIELDS.map(({ write }) => write(stage))),
  );
  addSheet(
    workbook,
    LADDERS_SHEET,
    LADDER_COLUMNS,
    content.ladders.map(({ key, workMinutes, rungs }) => [
      key,
      String(workMinutes),
      rungsWords(rungs.map((rung) => ({ ...rung }))),
    ]),
  );
}

/** The stages that stand there. What a column does not say stays as the stage of that key has it, or as the house begins one. */
export function readStages(
  sheet: ExcelJS.Worksheet,
  before: readonly StageSpec[],
  problems: Problems,
): StageSpec[] {
  const taken = new Set<string>();
  return readLines(sheet, FIELDS, MOST, problems).map((line) => {
    const key = line.text('key');
    if (taken.has(key)) problems.add(line.cell('key'), 'DUPLICATE', `${key} is there twice`, `${key} 重复`);
    taken.add(key);
    const first = before.find((stage) => stage.key === key) ?? houseStage(NEW);
    let stage: StageSpec = first;
    const wrong = new Set<string>();
    for (const field of FIELDS) {
      const next = withoutUndefined({ ...stage, ...field.read(line.text(field.name), line) });
      const isOne = isStage(next);
      if (isOne) stage = next as unknown as StageSpec;
      const kept =
        isOne && (field.name === 'approvers' || saysAll(line.text(field.name), field.write(stage)));
      const at = field.name === 'approvers' && isKind(line.text('approvers')) ? 'of' : field.name;
      if (kept || wrong.has(at) || (at === 'of' && wrong.has('approvers'))) continue;
      wrong.add(at);
      if (problems.found.length < MOST)
        problems.add(line.cell(at), 'STAGE_FIELD', `this is no ${field.name}`, '填写的内容无效');
    }
    return stage;
  });
}

const NEW = {
  key: 'NEW',
  title: 'NEW',
  block: 0,
  branch: 'main',
  resolver: { kind: 'MANAGER', levels: 1 },
} as const;
const KINDS = new Set(
  'ROLE POOL MANAGER CHAIN_TO_LIMIT PERSON INITIATOR_CHOICE HEAD FORM_FIELD EXPRESSION GROUPS CHILD'.split(
    ' ',
  ),
);

function isKind(text: string): boolean {
  return KINDS.has(text);
}

function withoutUndefined(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined));
}

export function readLadders(
  sheet: ExcelJS.Worksheet,
  before: readonly LadderSpec[],
  problems: Problems,
): LadderSpec[] {
  return readLines(sheet, LADDER_COLUMNS, MOST, problems).map((line) => {
    const key = line.text('key');
    const known = before.find((one) => one.key === key)?.rungs ?? [];
    const rungs = rungsFrom(
      line.text('rungs'),
      known.map((rung) => ({ ...rung })),
    );
    const ladder = { key, workMinutes: Number(line.text('workMinutes')), rungs };
    const fine = { key: 'L', workMinutes: 1, rungs: [] };
    const said = { key, workMinutes: String(ladder.workMinutes), rungs: rungsWords(rungs) };
    const wrong = (Object.keys(fine) as (keyof typeof fine)[]).find(
      (field) => !isLadder({ ...fine, [field]: ladder[field] }) || !saysAll(line.text(field), said[field]),
    );
    if (wrong) problems.add(line.cell(wrong), 'LADDER_FIELD', `this is no ${wrong}`, '填写的内容无效');
    return ladder as unknown as LadderSpec;
  });
}
