/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { signedIn } from '../builders/deal.js';
import type { ApiClient } from '../support/api.js';
import { launchBrowser, openPage, PHONE, picture, seriousViolations, signIn } from '../support/browser.js';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

const WIDE = { width: 1440, height: 900 };

let stack: Stack;
let browser: Browser;
let finance: ApiClient;
let rep: ApiClient;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  [finance, rep] = (await Promise.all(['finance', 'moses.frase'].map((who) => signedIn(stack.url, who)))) as [
    ApiClient,
    ApiClient,
  ];
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

describe('prices', () => {
  let listUrl = '';
  it('are written by finance as the next version, with steps by quantity', async () => {
    const { page, complaints } = await open(WIDE, 'finance');
    await page.goto(`${stack.url}/prices`);
    await page.getByLabel('以此为基础').selectOption({ label: 'CNY · v1' });
    await page.getByRole('button', { name: '新建版本' }).click();
    await page.waitForURL(/\/prices\/[0-9a-f-]{36}$/);
    listUrl = page.url();
    await page.getByLabel('GTX Pro 目录价 0').fill('4900.00');
    await page
      .getByRole('row', { name: /GTX Pro/ })
      .getByRole('button', { name: '加阶梯' })
      .click();
    await page.getByLabel('GTX Pro 起订量', { exact: false }).nth(1).fill('50');
    await page.getByLabel('GTX Pro 目录价 50').fill('4600.00');
    await page.getByLabel('GTX Pro 底价 50').fill('4700.00');
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('p.field-error').first().waitFor();
    await page.getByLabel('GTX Pro 底价 50').fill('3300.00');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存').waitFor();
    await page.getByRole('region', { name: '版本差异' }).last().getByText('¥4,900.00').waitFor();
    await shapely(page);
    await picture(page, 'price-list-draft');
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('评审中').waitFor();
    expect(await page.getByRole('button', { name: '发布' }).count()).toBe(0);
    expect(complaints.filter((text) => !text.includes('400'))).toEqual([]);
  });

  it('are published by a second person, on a phone as well', async () => {
    const { page } = await open(PHONE, 'cfo');
    await page.goto(listUrl);
    await page.getByRole('button', { name: '发布' }).waitFor();
    await shapely(page);
    await picture(page, 'price-list-phone');
    await page.getByRole('button', { name: '发布' }).click();
    await page.getByText('已生效').first().waitFor();
  });

  it('rates and costs are entered by finance; a rep has no such page', async () => {
    const { page } = await open(WIDE, 'finance');
    await page.goto(`${stack.url}/prices`);
    const rates = page.getByRole('region', { name: '汇率' }).first();
    await rates.getByLabel('汇率', { exact: true }).fill('7.05');
    await rates.getByLabel('来源').fill('中国人民银行');
    await rates.getByRole('button', { name: '录入' }).click();
    await rates.getByText('7.05').waitFor();
    await page.getByRole('region', { name: '成本' }).first().getByText('¥2,651.55').waitFor();
    await shapely(page);
    await picture(page, 'prices');
    const other = await open(WIDE, 'moses.frase');
    expect(await other.page.getByRole('link', { name: '价格', exact: true }).count()).toBe(0);
  });
});

describe('the quote editor', () => {
  it('takes lines from a spreadsheet, says what is wrong row by row, and undoes it', async () => {
    const { page, complaints } = await open(WIDE, 'moses.frase');
    await page.goto(`${stack.url}/quotes/new`);
    await page.getByRole('button', { name: '从表格粘贴' }).click();
    await page
      .getByLabel('粘贴内容')
      .fill('GTX Pro\t60\t8%\ngtx-basic\t1,200\nNo Such\t1\t5\nMG Special\t0\t5\nGTK 500\t2\t120');
    await page.getByText('第 3 行：价目表中没有该产品（No Such · 1 · 5）').waitFor();
    await page.getByText('第 4 行：数量须大于 0').waitFor();
    await page.getByText('第 5 行：折扣须为 0 到 100').waitFor();
    await shapely(page);
    await picture(page, 'quote-paste');
    await page.getByRole('button', { name: '添加 2 行' }).click();
    expect(await page.locator('.line').count()).toBe(2);
    await page.getByRole('button', { name: '撤销粘贴' }).click();
    expect(await page.locator('.line').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it('shows the step of the quantity, and approvers see that prices changed since', async () => {
    const customers = await rep.get<{ items: { id: string }[] }>('/customers?search=Cheers');
    const prices = await rep.get<{ items: { productId: string; name: string }[] }>(
      '/price-lists/current?currency=CNY',
    );
    const productId = prices.body.items.find(({ name }) => name === 'GTX Pro')!.productId;
    const body = {
      customerId: customers.body.items[0]!.id,
      currency: 'CNY',
      termDays: 30,
      lines: [{ productId, qty: '60', discountPct: '8', freight: '120.00' }],
    };
    const quote = await rep.post<{ id: string }>('/quotes', body);
    const { body: sent } = await rep.post<{ requestId: string }>(`/quotes/${quote.body.id}/submit`, {});
    const cost = { productId, currency: 'CNY', cost: '4200.00' };
    expect((await finance.post('/product-costs', { costs: [cost], source: '供应商' })).status).toBe(201);
    const { page } = await open(PHONE, 'dustin.brinkmann');
    await page.goto(`${stack.url}/requests/${sent.requestId}`);
    await page.getByText('提交后有变动：').waitFor({ timeout: 30_000 });
    expect(await page.getByRole('status').filter({ hasText: '提交后有变动' }).innerText()).toContain(
      '毛利标志 毛利达标 → 毛利低于底线',
    );
    expect(await page.content()).not.toContain('4200');
    await shapely(page);
    await picture(page, 'prices-moved-phone');
    const own = await open(WIDE, 'moses.frase');
    await own.page.goto(`${stack.url}/quotes/${quote.body.id}`);
    await own.page.getByText('50 起').first().waitFor();
    await picture(own.page, 'quote-steps');
  });
});
