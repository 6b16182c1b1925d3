import { describe, expect, it } from '@jest/globals';
import { pdfText } from '../../../test/support/pdf-text.js';
import { canonicalText, textOf, type Blocks } from '../../domain/document/document.js';
import { contractDocument } from '../../domain/contract/contract-document.js';
import { quotationDocument, taxIn, type QuotationContent } from '../../domain/quote/quotation-document.js';
import { printPdf } from './pdf.js';
import { wrap } from './wrap.js';

const HASH = 'a'.repeat(64);

function quotation(lines: number): QuotationContent {
  return {
    number: 'Q-2026-000031',
    version: 2,
    seller: '示例科技股份有限公司',
    material: {
      customer: { name: 'Cheers 贸易（上海）有限公司', uscc: '91310000MA1K35QX3T' },
      currency: 'CNY',
      lines: Array.from({ length: lines }, (_, index) => ({
        no: index + 1,
        sku: `GTX-${1000 + index}`,
        name:
          index % 7 === 0
            ? '工业级智能控制器（含安装与调试服务，现场培训两天），AC 380V 3P+N Smart controller'
            : 'GTX Pro 控制器',
        qty: '20',
        unitNet: '4821',
        net: '96420.00',
        free: index === 3,
      })),
      dealDiscountPct: '2.5',
      netTotal: '1234567.80',
      vatPct: '13',
      termDays: 30,
      instalments: [
        { trigger: 'SIGNING', pct: '30', days: 0 },
        { trigger: 'ACCEPTANCE', pct: '70', days: 30 },
      ],
      deliveryDays: 45,
      warrantyMonths: 24,
      nonStandardClauses: ['PENALTY'],
      validUntil: '2026-12-26',
    },
  };
}

const printed = (blocks: Blocks, language: 'zh-CN' | 'en' = 'zh-CN') =>
  printPdf({
    name: 'Q-2026-000031 v2',
    language,
    blocks,
    textHash: HASH,
    datedAt: '2026-11-26T00:00:00.000Z',
  });

const letters = (text: string) => text.replaceAll(/\s+/gu, '');

describe('the text of a quotation', () => {
  it('says what the customer is asked to agree to, in the order it is read', () => {
    const text = textOf(quotationDocument(quotation(1))['zh-CN']);
    expect(text).toContain('价税合计\t1,234,567.80 CNY');
    expect(text).toContain('增值税（13 %）\t142,029.92 CNY');
    expect(text).toContain('不含税金额\t1,092,537.88 CNY');
    expect(text).toContain('付款计划\t签约 30 %；验收后 30 天 70 %');
    expect(text).toContain(
      '1\tGTX-1000\t工业级智能控制器（含安装与调试服务，现场培训两天），AC 380V 3P+N Smart controller\t20\t4,821.00\t96,420.00',
    );
  });

  // 113 × 13 ÷ 113 = 13 · 100 × 13 ÷ 113 = 11.504… · 0.05 × 9 ÷ 109 = 0.0041… · 1000 JPY × 10 ÷ 110 = 90.9…
  it.each([
    ['113.00', '13', 'CNY', '13.00'],
    ['100.00', '13', 'CNY', '11.50'],
    ['0.05', '9', 'CNY', '0.00'],
    ['1000', '10', 'JPY', '91'],
    ['100.00', '0', 'CNY', '0.00'],
  ])('of %s with %s %% in it, %s: tax %s', (amount, pct, currency, tax) => {
    expect(taxIn(amount, pct, currency)).toBe(tax);
  });

  it('is the same for the same content, and another as soon as one figure is', () => {
    const text = canonicalText(quotationDocument(quotation(3)));
    expect(canonicalText(quotationDocument(structuredClone(quotation(3))))).toBe(text);
    const other = quotation(3);
    other.material.netTotal = '1234567.81';
    expect(canonicalText(quotationDocument(other))).not.toBe(text);
  });
});

describe('a printed document', () => {
  it.each(['zh-CN', 'en'] as const)(
    '%s: every letter of the text comes out of the PDF again, over many pages',
    async (language) => {
      const blocks = quotationDocument(quotation(150))[language];
      const { text, frames } = await pdfText(await printed(blocks, language));
      expect(text).toBe(letters(textOf(blocks)));
      expect(frames.length).toBeGreaterThan(4);
      const pageOne = language === 'en' ? `Page1of${frames.length}` : `第1页，共${frames.length}页`;
      expect(letters(frames[0]!)).toContain(pageOne);
      for (const frame of frames) expect(letters(frame)).toContain(`SHA-256${HASH}`);
    },
  );

  it('is the same bytes for the same document, with only the used part of the font', async () => {
    const blocks = quotationDocument(quotation(20))['zh-CN'];
    const [first, second] = [await printed(blocks), await printed(blocks)];
    expect(first.equals(second)).toBe(true);
    expect(first.length).toBeLessThan(120_000);
  });

  it('a contract is its own text, letter for letter', async () => {
    const text = `销售合同 SALES CONTRACT C-2026-000045 v1\n\n卖方 Seller: A\n买方 Buyer: B\n\n1. 交货 Delivery\n${'在三十天内交货，逾期每日按千分之一计。'.repeat(300)}\n\n2. 其他\n- 30 % · SIGNING + 0\n`;
    const { text: found, frames } = await pdfText(await printed(contractDocument(text)));
    expect(found).toBe(letters(text));
    expect(frames.length).toBeGreaterThan(2);
  });

  it('what is not approved says so and carries no hash', async () => {
    const blocks = quotationDocument(quotation(1)).en;
    const draft = await printPdf({
      name: 'Q',
      language: 'en',
      blocks,
      textHash: null,
      datedAt: '2026-11-26T00:00:00Z',
    });
    const { frames } = await pdfText(draft);
    expect(frames[0]).toContain('Draft: not approved, not an offer');
    expect(frames[0]).not.toContain('SHA-256');
  });

  it('one that is too long is refused before it is drawn', async () => {
    const blocks: Blocks = [{ kind: 'prose', text: '长'.repeat(400_001) }];
    await expect(printed(blocks)).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_LONG',
      details: { max: 400_000 },
    });
  });
});

describe('lines of a column', () => {
  const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0);
  it.each([
    ['', 10, ['']],
    ['short', 10, ['short']],
    ['two words here', 9, ['two words', 'here']],
    ['报价单有效期', 6, ['报价单', '有效期']],
    ['报价单，有效', 6, ['报价单，', '有效']],
    ['ABCDEFGHIJKL', 5, ['ABCDE', 'FGHIJ', 'KL']],
    ['型号 GTX-1000 控制器', 9, ['型号', 'GTX-1000', '控制器']],
    ['a\nb', 9, ['a', 'b']],
  ])('%j at %i', (text, width, lines) => {
    expect(wrap(text, width, widthOf)).toEqual(lines);
  });
});
