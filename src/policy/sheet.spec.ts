import { describe, expect, it } from '@jest/globals';
import { deflateRawSync } from 'node:zlib';
import ExcelJS from 'exceljs';
import { QUOTE_POLICY } from './seed/quote-policy.js';
import { sheetToTable, tableToSheet } from './sheet.js';

async function opened(): Promise<{ workbook: ExcelJS.Workbook; sheet: ExcelJS.Worksheet }> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await tableToSheet(QUOTE_POLICY)) as unknown as ExcelJS.Buffer);
  return { workbook, sheet: workbook.worksheets[0]! };
}
const imported = async (workbook: ExcelJS.Workbook) =>
  sheetToTable(QUOTE_POLICY, Buffer.from(await workbook.xlsx.writeBuffer()));
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

/** A workbook of one part that claims to unpack to `claimed` bytes. */
function zip(content: Buffer, claimed: number): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(claimed, 24);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(30 + packed.length, 16);
  return Buffer.concat([local, packed, entry, end]);
}

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
    ).toEqual(['POLICY.SHEET', ['B3 FORMULA', 'C4 CELL_TYPE', 'A5 ROW_ID']]);
    expect(
      await problemsOf((sheet) => {
        sheet.getCell('B2').value = 'discount';
        sheet.getCell('D2').value = 'amount';
      }),
    ).toEqual([
      'POLICY.SHEET',
      ['B2 UNKNOWN_COLUMN', 'D2 DUPLICATE', 'A2 MISSING_COLUMN', 'A2 MISSING_COLUMN'],
    ]);
  });

  it('of more than two thousand rows is refused', async () => {
    expect(await problemsOf((sheet) => void (sheet.getCell('B2100').value = '> 1'))).toEqual([
      'POLICY.SHEET',
      ['A2100 TOO_MANY_ROWS'],
    ]);
  });

  it.each<[string, () => Buffer, string]>([
    ['is none', () => Buffer.from('name;amount'), 'POLICY.SHEET_UNREADABLE'],
    ['is empty', () => Buffer.alloc(0), 'POLICY.SHEET_UNREADABLE'],
    ['is above two megabytes', () => Buffer.alloc(2 * 1_024 * 1_024 + 1), 'BODY_TOO_LARGE'],
    ['unpacks to far more than it claims', () => zip(Buffer.alloc(64 * 1_024 * 1_024), 10), 'BODY_TOO_LARGE'],
    ['is a zip of something else', () => zip(Buffer.from('hello'), 5), 'POLICY.SHEET_UNREADABLE'],
  ])('that %s is refused before it is read', async (_case, file, code) => {
    await expect(sheetToTable(QUOTE_POLICY, file())).rejects.toMatchObject({ code });
  });
});
