/// <reference lib="dom" />
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { catalogue, draft } from '../builders/quotation.js';
import { startApi, type TestApi } from '../support/api.js';
import { launchBrowser, openPage, PHONE, picture, seriousViolations, signIn } from '../support/browser.js';

jest.setTimeout(120_000);

let api: TestApi;
let browser: Browser;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

it('a quotation leaves a standard clause by choosing it, with the words of the library beside it', async () => {
  const rep = await api.as('moses.frase');
  const { id } = await draft(rep, (await catalogue(rep)).body());
  const { page, complaints } = await openPage(browser, PHONE);
  await signIn(page, api.url, 'moses.frase');
  await page.goto(`${api.url}/quotes/${id}/edit`);
  const panel = page.getByRole('region', { name: '非标条款' });
  await panel.getByRole('button', { name: '添加非标条款' }).click();
  await panel.getByLabel('非标条款 1', { exact: true }).selectOption({ label: '责任限制' });
  await panel.getByText('责任限制 Liability v1').waitFor();
  await panel.getByText('任何一方的赔偿总额不超过合同总价').waitFor();
  await panel.getByText('偏离标准条款，须法务审核').waitFor();
  await panel.getByRole('button', { name: '添加非标条款' }).click();
  const second = panel.getByLabel('非标条款 2', { exact: true });
  expect(await second.getByRole('option', { name: '责任限制' }).count()).toBe(0);
  await second.selectOption({ label: '违约金' });
  await panel.getByText('条款库没有同名条款').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  await picture(page, 'quote-clauses-phone');
  await page.getByRole('button', { name: '保存草稿' }).click();
  await page.getByText(/^已保存/).waitFor();
  const { body } = await rep.get<{ nonStandardClauses: string[] }>(`/quotes/${id}`);
  expect([...body.nonStandardClauses].sort()).toEqual(['LIABILITY', 'PENALTY']);
  await page.goto(`${api.url}/quotes/${id}`);
  await page.getByText('违约金', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
});
