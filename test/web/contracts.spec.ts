/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { effectiveContract, readContract, type Contract } from '../builders/contract.js';
import { intoForce } from '../builders/contract-change.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import {
  DESKTOP,
  launchBrowser,
  openPage,
  PHONE,
  picture,
  seriousViolations,
  signIn,
} from '../support/browser.js';

jest.setTimeout(120_000);

let api: TestApi;
let browser: Browser;
let rep: ApiClient;
let contract: Contract;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
  rep = await api.as('moses.frase');
  contract = await effectiveContract(api, rep);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function openAs(username: string, viewport = DESKTOP): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, api.url, username);
  await opened.page.goto(`${api.url}/contracts/${contract.id}`);
  await opened.page.locator('#contract-title').waitFor();
  // what is read after the contract itself
  await opened.page.getByRole('heading', { name: '争议', exact: true }).waitFor();
  await opened.page.locator('.version').first().waitFor();
  return opened;
}
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);
const shot = async (page: Page, name: string, at: string) => {
  await page.locator(at).first().scrollIntoViewIfNeeded();
  if (process.env['SEALFLOW_SCREENSHOTS'])
    await page.screenshot({ path: `docs/screenshots/${name}.png`, fullPage: true });
};

describe('screen 12, a contract in force', () => {
  it('is changed: what changes is shown before and after, asked, and takes its place', async () => {
    const { page, complaints } = await openAs('moses.frase');
    await page.getByRole('button', { name: '发起变更' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('数量').first().fill('12');
    await sheet.getByLabel('交货期（天）').fill('45');
    await sheet.getByRole('textbox').last().fill('客户要求增加数量');
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'contract-propose-change');
    await sheet.getByRole('button', { name: '发起变更' }).click();
    await page.locator('.difference').first().waitFor();
    expect(await page.locator('.difference del').count()).toBeGreaterThan(1);
    await shot(page, 'contract-change', '.difference');
    await page.getByRole('button', { name: '提交变更审批' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '提交变更审批' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const pending = await readContract(rep, contract.id);
    expect(pending.change).toMatchObject({ version: 2, state: 'IN_REVIEW' });
    const after = await intoForce(api, rep, pending);
    expect(after.version).toBe(2);
    await page.reload();
    await page.getByText('已被新版取代').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is ordered from; an order is confirmed and delivered with one button each', async () => {
    const { page, complaints } = await openAs('moses.frase');
    await page.getByRole('button', { name: '下单' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.locator('input[inputmode=decimal]').first().fill('2');
    await sheet.locator('input[type=date]').fill('2027-03-01');
    await sheet.getByRole('button', { name: '下单' }).click();
    await page.getByText('待确认', { exact: true }).waitFor();
    await page.getByRole('button', { name: '确认订单', exact: true }).click();
    await page.getByRole('button', { name: '今日已交付' }).click();
    await page.getByRole('button', { name: '今日已交付' }).waitFor({ state: 'detached' });
    expect((await readContract(rep, contract.id)).state).toBe('PERFORMING');
    expect(complaints).toEqual([]);
  });

  it('is disputed: whoever may hold it does so with the dispute; a rep records one without', async () => {
    const { page: own } = await openAs('moses.frase');
    await own.getByRole('button', { name: '登记争议' }).click();
    await own.getByRole('dialog').getByRole('button', { name: '登记争议' }).waitFor();
    expect(await own.getByRole('dialog').getByRole('checkbox').count()).toBe(0);
    const { page, complaints } = await openAs('legal');
    await page.getByRole('button', { name: '登记争议' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.locator('input[inputmode=decimal]').fill('30.00');
    await sheet.getByRole('textbox').last().fill('五台中有三台漏水');
    expect(await seriousViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: '登记争议' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByText('五台中有三台漏水').waitFor();
    expect(await readContract(rep, contract.id)).toMatchObject({ state: 'SUSPENDED' });
    await shot(page, 'contract-dispute', 'h1');
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is read on a phone, and in English', async () => {
    const { page } = await openAs('moses.frase', PHONE);
    expect(await widthOf(page)).toBe(PHONE.width);
    await shot(page, 'contract-phone', 'h1');
    const english = await openAs('moses.frase');
    await english.page.getByRole('button', { name: 'English' }).first().click();
    await english.page.getByRole('heading', { name: 'Versions and changes' }).waitFor();
    await english.page.getByRole('heading', { name: 'Disputes' }).waitFor();
    await shot(english.page, 'contract-en', 'h1');
  });

  it('is printed: the contract, its plan and its versions, without what is only for the screen', async () => {
    const { page } = await openAs('moses.frase');
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(await page.getByRole('button').filter({ visible: true }).count()).toBe(0);
    const text = (await page.locator('.contract-text').first().boundingBox())!;
    expect(text.width).toBeGreaterThan(DESKTOP.width * 0.8);
    await shot(page, 'contract-print', 'h1');
    expect(await seriousViolations(page)).toEqual([]);
  });
});
