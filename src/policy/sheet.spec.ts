import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { zip } from '../../test/builders/hostile-files.js';
import type { ApprovalPolicyContent } from '../domain/approval/policy.js';
import type { QuorumRule, Resolver, StageSpec } from '../domain/approval/stage-spec.js';
import { stage } from './seed/build.js';
import { CONTRACT_POLICY } from './seed/contract-policy.js';
import { GENERAL_POLICY } from './seed/general-policy.js';
import { QUOTE_POLICY } from './seed/quote-policy.js';
import { sheetsToPolicy, policyToSheets } from './sheet.js';

/** One stage after another of every kind. */
const EVERYTHING: ApprovalPolicyContent = {
  ...GENERAL_POLICY,
  ladders: [
    {
      key: 'L',
      workMinutes: 450,
      rungs: [
        { id: 'first', kind: 'REMIND', atPercent: 50 },
        { id: 'yes', kind: 'AUTO_APPROVE', atPercent: 120, cap: { amount: '5000', currency: 'CNY' } },
        { id: 'last', kind: 'INCIDENT', atPercent: 200 },
      ],
    },
  ],
  stages: (
    [
      [
        { kind: 'ROLE', role: 'CFO', take: 'EVERY' },
        { kind: 'RATIO', percent: 60, strict: true, reject: 'VETO' },
        { requires: { APPROVE: ['SIGNATURE'] } },
      ],
      [
        { kind: 'ROLE', role: 'LEGAL', take: 'NEAREST' },
        { kind: 'ANY', first: 'ANY_ANSWER' },
        { pool: true },
      ],
      [
        { kind: 'MANAGER', levels: 2 },
        { kind: 'ALL', reject: 'IMPOSSIBLE' },
        { self: { kind: 'ALLOW', cap: '100', currency: 'CNY' } },
      ],
      [
        { kind: 'CHAIN_TO_LIMIT', mode: 'FIRST_AND_FINAL', topRole: null },
        { kind: 'ANY', first: 'UNTIL_ALL_NO' },
        { empty: { kind: 'FALLBACK', role: 'CFO' } },
      ],
      [
        { kind: 'PERSON', personIds: ['p1', 'p2'] },
        { kind: 'COUNT', count: 2 },
        { onReject: { kind: 'RETURN_STAGE', key: 'A' } },
      ],
      [{ kind: 'PERSON', personIds: ['p1'], weights: { p1: 3 } }, { kind: 'WEIGHT', weight: 3 }, {}],
      [
        { kind: 'INITIATOR_CHOICE', among: 'REP', scope: 'EVERYWHERE' },
        { kind: 'RATIO', percent: 50, strict: false },
        {},
      ],
      [{ kind: 'HEAD', unit: { input: 'category' } }, { kind: 'ALL' }, {}],
      [{ kind: 'HEAD', unit: 'INITIATOR' }, { kind: 'ALL' }, { commentOn: [] }],
      [{ kind: 'FORM_FIELD', input: 'category' }, { kind: 'ALL' }, {}],
      [
        { kind: 'EXPRESSION', yields: 'ROLES', expression: "category == 'x' ? 'CFO' : ['LEGAL', 'CFO']" },
        { kind: 'ALL' },
        {},
      ],
      [
        { kind: 'GROUPS', groups: { law: { kind: 'ROLE', role: 'LEGAL', take: 'NEAREST' } } },
        { kind: 'PER_GROUP', groups: { law: { kind: 'COUNT', count: 1 } } },
        {},
      ],
      [{ kind: 'CHILD', policyKind: 'approval.contract' }, { kind: 'ALL' }, {}],
    ] as [Resolver, QuorumRule, Partial<StageSpec>][]
  ).map(([resolver, quorum, more], index) => {
    const key = String.fromCharCode(65 + index);
    return stage({ key, title: key, block: index, branch: 'main', resolver, quorum, ladder: 'L', ...more });
  }),
  cases: [
    {
      name: 'a case',
      facts: Object.fromEntries(
        GENERAL_POLICY.inputs.map(({ name, type }) => [
          name,
          { decimal: '1.5', boolean: true, string: 'standard', strings: ['a', 'b'] }[type],
        ]),
      ),
      stages: [],
      rows: ['r1'],
    },
  ],
};

async function opened(
  content = QUOTE_POLICY,
): Promise<{ workbook: ExcelJS.Workbook; sheet: ExcelJS.Worksheet }> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await policyToSheets(content)) as unknown as ExcelJS.Buffer);
  return { workbook, sheet: workbook.worksheets[0]! };
}
const imported = async (workbook: ExcelJS.Workbook, content = QUOTE_POLICY) =>
  sheetsToPolicy(content, Buffer.from(await workbook.xlsx.writeBuffer()));
const rulesOf = (content: typeof QUOTE_POLICY) =>
  (content.jdm as unknown as { nodes: { content: { rules: Record<string, string>[] } }[] }).nodes[1]!.content
    .rules;
const problemsOf = async (change: (sheet: ExcelJS.Worksheet) => void) => {
  const { workbook, sheet } = await opened();
  change(sheet);
  const refused = await imported(workbook).then(
    () => null,
    (error: { code: string; details: { problems: { at: string; code: string }[] } }) => error,
  );
  return refused && [refused.code, refused.details.problems.map(({ at, code }) => `${at} ${code}`)];
};

describe('a decision table as a workbook', () => {
  it('comes back as it was', async () => {
    const { workbook, sheet } = await opened();
    expect(sheet.getCell('B1').value).toBe('Discount % · 折扣率');
    expect([sheet.getCell('A2').value, sheet.getCell('B2').value]).toEqual(['_id', 'discountPct']);
    expect(rulesOf(await imported(workbook))).toEqual(rulesOf(QUOTE_POLICY));
  });

  it('takes numbers, new lines without an id and stages in plain words', async () => {
    const { workbook, sheet } = await opened();
    const names = sheet.getRow(2).values as string[];
    const line: (string | number)[] = [];
    line[1] = '';
    line[names.indexOf('discountPct')] = '> 40';
    line[names.indexOf('stages')] = 'TEAM_LEAD，CFO';
    line[names.indexOf('rule')] = 'discount > 40 %';
    line[names.indexOf('text')] = 'discount {discountPct} %';
    line[names.indexOf('level')] = 9;
    sheet.addRow(line);
    const added = rulesOf(await imported(workbook)).at(-1);
    expect(added).toMatchObject({
      discountPct: '> 40',
      'out-stages': '["TEAM_LEAD","CFO"]',
      'out-rule': '"discount > 40 %"',
      'out-level': '9',
      amount: '',
    });
    expect(added?.['_id']).toMatch(/^row-\d+$/);
  });

  it('names what is wrong by its cell', async () => {
    expect(
      await problemsOf((sheet) => {
        sheet.getCell('B3').value = { formula: '1+1', result: 2 };
        sheet.getCell('C4').value = new Date('2026-01-01');
        sheet.getCell('A5').value = sheet.getCell('A4').value;
      }),
    ).toEqual(['POLICY.SHEET', ['table!B3 FORMULA', 'table!C4 CELL_TYPE', 'table!A5 ROW_ID']]);
    expect(
      await problemsOf((sheet) => {
        sheet.getCell('B2').value = 'discount';
        sheet.getCell('D2').value = 'amount';
      }),
    ).toEqual([
      'POLICY.SHEET',
      ['table!B2 UNKNOWN_COLUMN', 'table!D2 DUPLICATE', 'table!A2 MISSING_COLUMN', 'table!A2 MISSING_COLUMN'],
    ]);
  });

  it.each<[string, ApprovalPolicyContent]>([
    ['quotations', QUOTE_POLICY],
    ['general requests', GENERAL_POLICY],
    ['contracts', CONTRACT_POLICY],
    ['every kind of approver and rule', EVERYTHING],
  ])('of %s carries stages, time limits and cases, and comes back as it was', async (_case, content) => {
    expect(await sheetsToPolicy(content, await policyToSheets(content))).toEqual(content);
  });

  it('writes stages, time limits and cases as people do, and takes them back changed', async () => {
    const { workbook } = await opened(EVERYTHING);
    const [stages, ladders, cases] = ['stages', 'ladders', 'cases'].map((name) =>
      workbook.getWorksheet(name)!,
    );
    const line = (sheet: ExcelJS.Worksheet, number: number) =>
      (sheet.getRow(number).values as string[]).slice(1);
    expect(line(stages!, 3).slice(0, 8)).toEqual([
      'A',
      'A',
      '0',
      'main',
      '0',
      'ROLE',
      'CFO EVERY',
      'RATIO > 60 VETO',
    ]);
    expect(line(ladders!, 3)).toEqual(['L', '450', '50 REMIND; 120 AUTO_APPROVE 5000 CNY; 200 INCIDENT']);
    const names = line(stages!, 2);
    const put = (number: number, name: string, text: string) => {
      stages!.getRow(number).getCell(names.indexOf(name) + 1).value = text;
    };
    put(3, 'approvers', 'HEAD');
    put(3, 'of', 'input category');
    put(3, 'quorum', 'COUNT 2');
    stages!.addRow([
      'NEW',
      'New · 新',
      9,
      'main',
      0,
      'MANAGER',
      2,
      'ALL',
      'PARALLEL',
      'L',
      1,
      'BLOCK',
      'UP_CHAIN',
      'END',
      'REJECT',
      'NORMAL',
    ]);
    ladders!.getCell('C3').value = '50 REMIND；80 REMIND；200 INCIDENT';
    cases!.getRow(3).getCell(1).value = 'renamed';
    const changed = await imported(workbook, EVERYTHING);
    expect(changed.stages[0]).toMatchObject({
      resolver: { kind: 'HEAD', unit: { input: 'category' } },
      quorum: { kind: 'COUNT', count: 2 },
      requires: { APPROVE: ['SIGNATURE'] },
    });
    expect(changed.stages.at(-1)).toMatchObject({
      key: 'NEW',
      block: 9,
      resolver: { kind: 'MANAGER', levels: 2 },
    });
    expect(changed.ladders[0]!.rungs.map(({ id }) => id)).toEqual(['first', 'remind-80', 'last']);
    expect(changed.cases?.[0]?.name).toBe('renamed');
  });

  it('names what is wrong on every sheet by sheet and cell, and keeps what has no sheet', async () => {
    const { workbook } = await opened(EVERYTHING);
    const stages = workbook.getWorksheet('stages')!;
    stages.getCell('C3').value = 'first';
    stages.getCell('F4').value = 'KING';
    stages.getCell('G5').value = 'seven';
    stages.getCell('H6').value = 'MOST';
    stages.getCell('A7').value = 'A';
    workbook.getWorksheet('ladders')!.getCell('C3').value = 'soon REMIND';
    workbook.getWorksheet('cases')!.getCell('B3').value = { formula: '1+1', result: 2 };
    const refused = await imported(workbook, EVERYTHING).catch(
      (error: { details: { problems: { at: string; code: string }[] } }) => error.details.problems,
    );
    expect((refused as { at: string; code: string }[]).map(({ at, code }) => `${at} ${code}`)).toEqual([
      'stages!C3 STAGE_FIELD',
      'stages!F4 STAGE_FIELD',
      'stages!G5 STAGE_FIELD',
      'stages!H6 STAGE_FIELD',
      'stages!A7 DUPLICATE',
      'ladders!C3 LADDER_FIELD',
      'cases!B3 FORMULA',
    ]);
    const alone = (await opened(EVERYTHING)).workbook;
    for (const name of ['stages', 'ladders', 'cases']) alone.removeWorksheet(alone.getWorksheet(name)!.id);
    expect(await imported(alone, EVERYTHING)).toEqual(EVERYTHING);
  });

  it('of more than two thousand rows is refused', async () => {
    expect(await problemsOf((sheet) => void (sheet.getCell('B2100').value = '> 1'))).toEqual([
      'POLICY.SHEET',
      ['table!A2100 TOO_MANY_ROWS'],
    ]);
  });

  it.each<[string, () => Buffer, string]>([
    ['is none', () => Buffer.from('name;amount'), 'POLICY.SHEET_UNREADABLE'],
    ['is empty', () => Buffer.alloc(0), 'POLICY.SHEET_UNREADABLE'],
    ['is above two megabytes', () => Buffer.alloc(2 * 1_024 * 1_024 + 1), 'BODY_TOO_LARGE'],
    ['unpacks to far more than it claims', () => zip(Buffer.alloc(64 * 1_024 * 1_024), 10), 'BODY_TOO_LARGE'],
    ['is a zip of something else', () => zip(Buffer.from('hello'), 5), 'POLICY.SHEET_UNREADABLE'],
  ])('that %s is refused before it is read', async (_case, file, code) => {
    await expect(sheetsToPolicy(QUOTE_POLICY, file())).rejects.toMatchObject({ code });
  });
});
