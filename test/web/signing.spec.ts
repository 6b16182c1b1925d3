/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readContract } from '../builders/contract.js';
import { SigningDesk } from '../builders/signing.js';
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

let desk: SigningDesk;
let browser: Browser;
beforeAll(async () => {
  [desk, browser] = await Promise.all([SigningDesk.open(null, { webRoot: 'dist/web' }), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await desk?.close();
});

describe('the signature of a customer', () => {
  it('is asked for in the console, given on a phone, and shown with what proves it', async () => {
    const contract = await desk.sealed();
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, desk.api.url, 'backoffice');
    await page.goto(`${desk.api.url}/contracts/${contract.id}`);
    const panel = page.getByRole('region', { name: '电子签署' });
    await panel.getByRole('button', { name: '发起签署' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('姓名').fill('林薇');
    await sheet.getByLabel('代表的单位（可空）').fill('欢呼贸易有限公司');
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'signing-start');
    await sheet.getByRole('button', { name: '发起签署' }).click();
    await panel.getByText('正在提交签署服务商').waitFor();
    await desk.process((await desk.flow(contract.id)).id);
    await panel.getByRole('button', { name: '签署链接' }).click();
    await page.getByRole('button', { name: '取得链接' }).click();
    const url = await page.getByLabel('链接', { exact: true }).inputValue();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await picture(page, 'signing-pending');

    const phone = await openPage(browser, PHONE);
    await phone.page.goto(url);
    await phone.page.getByRole('heading', { name: /销售合同 SALES CONTRACT/ }).waitFor();
    expect(await phone.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      PHONE.width,
    );
    expect(await seriousViolations(phone.page)).toEqual([]);
    await picture(phone.page, 'signing-phone');
    await phone.page.getByRole('link', { name: 'English' }).click();
    await phone.page.getByLabel('Decline to sign').waitFor();
    await phone.page.getByRole('link', { name: '中文' }).click();
    await phone.page.getByLabel('签署合同').check();
    expect(await phone.page.getByLabel('原因（拒绝时必填）').isVisible()).toBe(false);
    await phone.page.getByLabel('键入您的姓名作为签名').fill('林小薇');
    await phone.page.getByRole('checkbox').check();
    await phone.page.getByRole('button', { name: '提交' }).click();
    await phone.page.getByText('姓名与受邀签署人不一致').waitFor();
    await phone.page.getByLabel('键入您的姓名作为签名').fill('林薇');
    await phone.page.getByRole('checkbox').check();
    await picture(phone.page, 'signing-phone-form');
    await phone.page.getByRole('button', { name: '提交' }).click();
    await phone.page.getByText('签名已收到，谢谢。').waitFor();
    await phone.page.reload();
    await phone.page.getByText(/林薇 已于 .* 签署/).waitFor();
    expect(await seriousViolations(phone.page)).toEqual([]);

    expect((await readContract(desk.rep, contract.id)).state).toBe('EFFECTIVE');
    await page.reload();
    await panel.getByText('已签署').first().waitFor();
    const download = page.waitForEvent('download');
    await panel.getByRole('link', { name: '签名证书' }).click();
    const evidence = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { isValid: boolean };
    expect(evidence.isValid).toBe(true);
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'signing-signed');
    await page.setViewportSize(PHONE);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    // a name that was not the invited one is answered 422, which browsers put down as an error
    expect([complaints, phone.complaints.filter((text) => !text.includes('422'))]).toEqual([[], []]);
  });
});
