import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { QUOTE_POLICY } from './seed/quote-policy.js';
import { policyToSheets, sheetsToPolicy } from './sheet.js';

async function opened(): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await policyToSheets(QUOTE_POLICY)) as unknown as ExcelJS.Buffer);
  return workbook;
}
const imported = async (workbook: ExcelJS.Workbook) =>
  sheetsToPolicy(QUOTE_POLICY, Buffer.from(await workbook.xlsx.writeBuffer()));

describe('the words of a workbook', () => {
  it.each([
    ['F3', 'ROLE', 'G3', 'CFO EVERY day', 'G3'],
    ['F3', 'ROLE', 'G3', '{"role":"CFO","take":"EVERY","from":"East"}', 'G3'],
    ['F3', 'MANAGER', 'G3', '2 levels', 'G3'],
    ['F3', 'MANAGER', 'G3', '0x2', 'G3'],
    ['F3', 'FORM_FIELD', 'G3', '', 'G3'],
    ['F3', 'CHAIN_TO_LIMIT', 'G3', 'EVERY_LEVEL CFO or CEO', 'G3'],
    ['F3', 'POOL', 'G3', '{"kind":"MANAGER","levels":1}', 'G3'],
    ['F3', 'CHILD', 'G3', '{"policyKind":"approval.contract","depth":2}', 'G3'],
    ['F3', 'ROLE', 'H3', 'ALL 5', 'H3'],
    ['F3', 'ROLE', 'H3', 'ANY 2', 'H3'],
    ['F3', 'ROLE', 'H3', 'COUNT > 2', 'H3'],
    ['F3', 'ROLE', 'H3', 'RATIO 50 UNTIL_ALL_NO', 'H3'],
    ['F3', 'ROLE', 'H3', '{"kind":"ALL","unless":"CFO"}', 'H3'],
    ['F3', 'ROLE', 'K3', '1e0', 'K3'],
    ['F3', 'ROLE', 'L3', 'FALLBACK CFO LEGAL', 'L3'],
    ['F3', 'ROLE', 'L3', 'SKIP if small', 'L3'],
    ['F3', 'ROLE', 'M3', 'UP_CHAIN 2', 'M3'],
    ['F3', 'ROLE', 'M3', 'ALLOW 1000 CNY once', 'M3'],
    ['F3', 'ROLE', 'N3', 'END at once', 'N3'],
  ])('refuses what it would drop: %s %s, %s %s', async (kindAt, kind, at, text, cell) => {
    const workbook = await opened();
    const stages = workbook.getWorksheet('stages')!;
    stages.getCell(kindAt).value = kind;
    stages.getCell(at).value = text;
    await expect(imported(workbook)).rejects.toMatchObject({
      code: 'POLICY.SHEET',
      details: { problems: expect.arrayContaining([expect.objectContaining({ at: `stages!${cell}` })]) },
    });
  });

  it.each([
    '50 REMIND twice',
    '120 AUTO_APPROVE 5000 CNY each',
    '50% REMIND CFO',
    '050 REMIND',
    '50 REMIND 1',
  ])('refuses a time limit of which it would drop a part: %s', async (text) => {
    const workbook = await opened();
    workbook.getWorksheet('ladders')!.getCell('C3').value = text;
    await expect(imported(workbook)).rejects.toMatchObject({
      details: { problems: [expect.objectContaining({ at: 'ladders!C3', code: 'LADDER_FIELD' })] },
    });
  });
});
