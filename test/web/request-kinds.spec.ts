/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { signedIn } from '../builders/deal.js';
import { KEEPER, KEEPER_POLICY } from '../builders/kind-of-people.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT } from '../builders/request-kind.js';
import { launchBrowser, openPage, PHONE, picture, seriousViolations, signIn } from '../support/browser.js';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

const WIDE = { width: 1440, height: 900 };

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(viewport: typeof WIDE, username: string): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, stack.url, username);
  return opened;
}

const shapely = async (page: Page): Promise<void> => {
  expect(await seriousViolations(page)).toEqual([]);
  const { scroll, width } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    width: window.innerWidth,
  }));
  expect(scroll).toBe(width);
};

describe('a business nobody has written code for', () => {
  it('is drafted by an admin as data, with what is wrong said while they type, and approved by a second person', async () => {
    const { page, complaints } = await open(WIDE, 'admin');
    await page.goto(`${stack.url}/request-kinds`);
    await page.getByRole('region', { name: '费用报销' }).getByText('生效中').waitFor();
    await shapely(page);
    await picture(page, 'request-kinds');
    await page.getByRole('button', { name: '定义申请类型' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('标识').fill('store-gift');
    await sheet.getByLabel('修改说明').fill('门店活动');
    await picture(page, 'request-kind-new');
    await sheet.getByRole('button', { name: '起草' }).click();
    await page.waitForURL('**/policies/**');
    const json = page.getByLabel('内容（JSON）');
    await json.fill(JSON.stringify({ ...GIFT, facts: GIFT.facts.slice(0, 2) }, null, 2));
    await page.getByText('审批策略需要的事实，本类型没有提供').waitFor();
    await page.getByRole('status').filter({ hasText: '错误 1' }).waitFor();
    await picture(page, 'request-kind-editor');
    await json.fill(JSON.stringify(GIFT, null, 2));
    await page.getByRole('status').filter({ hasText: '错误 0' }).waitFor();
    await shapely(page);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('button', { name: '已保存' }).waitFor();
    await page.getByRole('button', { name: '提交评审' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交评审' }).click();
    await page.getByText('评审中').first().waitFor();
    await page.getByRole('heading', { name: '门店赠品' }).waitFor();
    expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0);

    const rep = await open(PHONE, 'moses.frase');
    await rep.page.goto(`${stack.url}/forms`);
    await rep.page.getByRole('link', { name: '费用报销' }).waitFor();
    expect(await rep.page.getByRole('link', { name: '门店赠品' }).count()).toBe(0);

    const reviewer = await open(WIDE, 'cfo');
    await reviewer.page.goto(`${stack.url}/request-kinds`);
    const panel = reviewer.page.getByRole('region', { name: '门店赠品' });
    await panel.waitFor();
    await picture(reviewer.page, 'request-kinds-in-review');
    await panel.getByRole('link').filter({ hasText: '评审中' }).click();
    await reviewer.page.getByText('"numberPrefix": "GI"').waitFor();
    await shapely(reviewer.page);
    await picture(reviewer.page, 'request-kind-review');
    await reviewer.page.getByRole('button', { name: '批准' }).click();
    await reviewer.page.getByRole('dialog').getByRole('button', { name: '批准' }).click();
    await reviewer.page.getByText('生效中').first().waitFor();
    await picture(reviewer.page, 'request-kind-in-force');
    expect([...complaints, ...rep.complaints, ...reviewer.complaints]).toEqual([]);
  });

  it('is started by a rep on a phone: errors at the fields, the path before submitting', async () => {
    const { page } = await open(PHONE, 'moses.frase');
    await page.getByRole('navigation', { name: '底部导航' }).getByRole('link', { name: '申请' }).click();
    await page.getByRole('link', { name: '门店赠品' }).click();
    await page.getByLabel('赠品', { exact: true }).fill('雨伞');
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByText('必填').first().waitFor();
    await shapely(page);
    await picture(page, 'form-phone');
    await page.getByLabel('门店', { exact: true }).fill('成都一店');
    await page.getByLabel('金额', { exact: true }).fill('1200');
    await page.getByLabel('供应商 （选填）').fill('雨具公司');
    const preview = page.getByRole('region', { name: '谁来审批' });
    await preview.getByText('Dustin Brinkmann', { exact: true }).waitFor();
    expect(await preview.innerText()).toContain('¥1,200.00');
    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.waitForURL(/\/forms\/[0-9a-f-]{36}$/);
    await page.getByText(/GI-\d{4}-\d{6}/).waitFor();
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByRole('dialog').getByText('Dustin Brinkmann', { exact: true }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '确认提交' }).click();
    await page.waitForURL('**/requests/**');
    await page.getByText('雨具公司').waitFor();
    await shapely(page);
    await page.goto(`${stack.url}/forms`);
    await page.getByText('雨伞 for 成都一店').waitFor();
    await shapely(page);
    await picture(page, 'forms-phone');
  });

  it('is approved by the lead, who does not see the supplier, and then by the director, who fills in the receipt', async () => {
    const lead = await open(WIDE, 'dustin.brinkmann');
    await lead.page.getByText('雨伞 for 成都一店').first().click();
    await lead.page.getByRole('heading', { name: '门店赠品' }).waitFor();
    expect(await lead.page.locator('article').innerText()).not.toMatch(/供应商|雨具公司/);
    await shapely(lead.page);
    await picture(lead.page, 'request-of-a-kind');
    await lead.page.getByRole('button', { name: '同意' }).click();
    await lead.page.getByRole('dialog').getByRole('button', { name: '确认同意' }).click();
    await lead.page.waitForURL('**/inbox**');
    const { page, complaints } = await open(WIDE, 'director.central');
    await page.getByText('雨伞 for 成都一店').first().click();
    await page.getByText('雨具公司').waitFor();
    await page.getByRole('region', { name: '由您填写' }).getByLabel('收据号').fill('R-17');
    await page.getByRole('button', { name: '保存填写' }).click();
    await page.getByText('填写 收据号：— → R-17').waitFor();
    await picture(page, 'request-fields');
    await page.getByRole('button', { name: '同意' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认同意' }).click();
    await page.waitForURL('**/inbox**');
    const rep = await open(WIDE, 'moses.frase');
    await rep.page.goto(`${stack.url}/forms`);
    await rep.page.getByText('已通过').first().waitFor();
    expect([...lead.complaints, ...complaints, ...rep.complaints]).toEqual([]);
  });

  it('AE-ENV-3 is changed after its approval: inside it at once, beyond it by asking again', async () => {
    const { page, complaints } = await open(PHONE, 'moses.frase');
    await page.goto(`${stack.url}/forms`);
    await page.getByText('雨伞 for 成都一店').click();
    const change = async (amount: string): Promise<void> => {
      await page.getByRole('link', { name: '修改已通过的申请' }).click();
      await page.getByText('已通过。在批准范围内的修改立即有效').waitFor();
      await page.getByLabel('金额', { exact: true }).fill(amount);
      await page.getByRole('button', { name: '重新提交' }).click();
    };
    await change('1100');
    await page.getByText('修改在批准范围内，审批继续有效。').waitFor();
    await page.waitForURL('**/requests/**');
    await change('1300');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`${stack.url}/forms`);
    await page.getByText('已修改，需重新审批').waitFor();
    await shapely(page);
    await page.getByText('雨伞 for 成都一店').click();
    await page.getByText('已修改，超出批准范围').waitFor();
    await shapely(page);
    await picture(page, 'form-stale-phone');
    await page.getByRole('link', { name: '查看审批' }).click();
    await page.getByText('已超出批准的范围').waitFor();
    await page.getByText('在此之前不得执行').waitFor();
    await shapely(page);
    await picture(page, 'request-stale-phone');
    await page.setViewportSize(WIDE);
    await picture(page, 'request-stale');
    expect(complaints).toEqual([]);
  });

  it('has lines to fill in, where its kind has a list', async () => {
    const { page, complaints } = await open(WIDE, 'moses.frase');
    await page.goto(`${stack.url}/forms/new/expense`);
    await page.getByLabel('事由', { exact: true }).fill('拜访客户');
    await page.getByRole('button', { name: '添加票据明细' }).click();
    expect(await page.locator('.schema-form').first().innerText()).toMatch(
      /^事由[^]*票据明细[^]*日期[^]*类别[^]*收款账号[^]*备注/,
    );
    const row = page.locator('.schema-row').first();
    await row.getByLabel('日期').fill('2026-03-02');
    await row.getByLabel('类别').selectOption({ label: '礼品' });
    await row.getByLabel('金额', { exact: true }).fill('800');
    await page.getByLabel('收款账号').fill('6222 0000 1111');
    const preview = page.getByRole('region', { name: '谁来审批' });
    await preview.getByText('¥800.00').waitFor();
    expect(await preview.innerText()).toContain('大区总监');
    await shapely(page);
    await picture(page, 'form-lines');
    expect(complaints).toEqual([]);
  });

  it('AE-MGR-3 names people and files: chosen in the form, shown by name; with what the books said', async () => {
    const [admin, cfo] = await Promise.all(['admin', 'cfo'].map((name) => signedIn(stack.url, name)));
    await putInForce(admin!, cfo!, 'approval.keeper', KEEPER_POLICY);
    await putInForce(admin!, cfo!, 'request.keeper', KEEPER);
    const { page, complaints } = await open(PHONE, 'moses.frase');
    await page.goto(`${stack.url}/forms/new/keeper`);
    await page.getByLabel('物品', { exact: true }).fill('样机');
    // somebody of another region, whom a rep does not see in the organisation
    await page.getByLabel('保管人', { exact: true }).fill('Losch');
    await page.getByTitle(/^Cara Losch/).click();
    await page.getByRole('region', { name: '谁来审批' }).getByText('Cara Losch', { exact: true }).waitFor();
    await page.getByLabel('保管人', { exact: true }).press('Backspace');
    await page.getByLabel('保管人', { exact: true }).fill('Dustin');
    await page.getByTitle(/^Dustin Brinkmann/).click();
    await page
      .getByRole('region', { name: '谁来审批' })
      .getByText('Dustin Brinkmann', { exact: true })
      .waitFor();
    const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');
    const file = { name: '租约.pdf', mimeType: 'application/pdf', buffer: pdf };
    await page.locator('input[type=file]').first().setInputFiles(file);
    await page.getByText('租约.pdf').waitFor();
    await shapely(page);
    await picture(page, 'form-people-files-phone');
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确认提交' }).click();
    await page.waitForURL('**/requests/**');

    const keeper = await open(WIDE, 'dustin.brinkmann');
    await keeper.page.goto(page.url());
    const document = keeper.page.getByRole('region', { name: '物品保管' });
    await document.getByText('Dustin Brinkmann').waitFor();
    const download = keeper.page.waitForEvent('download');
    await document.getByRole('link', { name: '租约.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('租约.pdf');
    const books = keeper.page.getByRole('region', { name: '决定所依据的数据' });
    expect(await books.innerText()).toMatch(/客户的在手合同[^]*¥0\.00[^]*截至[^]*有效至/);
    await shapely(keeper.page);
    await picture(keeper.page, 'request-people-files');
    await keeper.page.getByRole('button', { name: 'English' }).click();
    await keeper.page.getByRole('region', { name: 'What the decision rests on' }).waitFor();
    await picture(keeper.page, 'request-people-files-en');
    await keeper.page.goto(`${stack.url}/inbox?kind=request.keeper`);
    await keeper.page.getByText('样机').waitFor();
    await keeper.page.goto(`${stack.url}/inbox?kind=request.expense`);
    await keeper.page.getByText('Nothing matches these filters.').waitFor();
    expect(await keeper.page.getByText('样机').count()).toBe(0);
    await picture(keeper.page, 'inbox-by-kind');
    expect([...complaints, ...keeper.complaints]).toEqual([]);
  });
});
