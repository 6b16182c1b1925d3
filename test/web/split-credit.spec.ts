/// <reference lib="dom" />
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { newDeal } from '../builders/opportunity.js';
import { startApi, type TestApi } from '../support/api.js';
import { DESKTOP, launchBrowser, openPage, picture, seriousViolations, signIn } from '../support/browser.js';

jest.setTimeout(120_000);

let api: TestApi;
let browser: Browser;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

it('§3.2 the credit of a deal is split when it sums to 100 %, and once won waits for a linked approval', async () => {
  const deal = await newDeal(await api.as('moses.frase'), { title: '分成' });
  const { page, complaints } = await openPage(browser, DESKTOP);
  await signIn(page, api.url, 'moses.frase');
  await page.goto(`${api.url}/opportunities/${deal.id}`);
  const panel = page.getByRole('region', { name: '业绩分成' });
  await panel.getByText('未分成：全部归负责人').waitFor();
  const sheet = page.getByRole('dialog');
  const split = async (owner: string, colleague: string, add: boolean): Promise<void> => {
    await panel.getByRole('button', { name: '设置分成' }).click();
    if (add) {
      await sheet.getByLabel('业绩分成', { exact: true }).fill('Anna');
      await page
        .getByTitle(/^Anna Snelling/)
        .last()
        .click();
    }
    await sheet.getByLabel('Moses Frase 的比例').fill(owner);
    await sheet.getByLabel('Anna Snelling 的比例').fill(colleague);
  };
  await split('60', '39.99', true);
  await sheet.getByText('合计 99.99 %，须为 100 %').waitFor();
  expect(await sheet.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  expect(await seriousViolations(page)).toEqual([]);
  await picture(page, 'split-sheet');
  await sheet.getByLabel('Anna Snelling 的比例').fill('40');
  await sheet.getByRole('button', { name: '保存' }).click();
  await panel.getByText('¥60,000.00').waitFor();
  await api.dataSource.query(
    `UPDATE opportunity SET stage = 'WON', closed_on = engaged_on, row_version = row_version + 1 WHERE id = $1`,
    [deal.id],
  );
  await page.reload();
  await split('70', '30', false);
  await sheet.getByLabel('原因').fill('她参与更少');
  await sheet.getByRole('button', { name: '提交审批' }).click();
  await panel.getByText('有分成变更正在审批').waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await picture(page, 'split-pending');
  await panel.getByRole('link', { name: '打开审批' }).click();
  await page.getByText('她参与更少').first().waitFor();
  await picture(page, 'split-request');
  expect(complaints).toEqual([]);
});
