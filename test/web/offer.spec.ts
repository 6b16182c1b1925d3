/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { signedIn, submittedQuote } from '../builders/deal.js';
import {
  DESKTOP,
  launchBrowser,
  openPage,
  PHONE,
  picture,
  seriousViolations,
  signIn,
} from '../support/browser.js';
import { pdfText } from '../support/pdf-text.js';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

let stack: Stack;
let browser: Browser;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

const DEAL = { customer: 'Cheers', lines: [{ product: 'GTX Pro', qty: '20', discountPct: '0' }] };

describe('an offer', () => {
  it('is sent from the console, answered by the customer on a phone, and shown as answered', async () => {
    const { quoteId } = await submittedQuote(await signedIn(stack.url, 'moses.frase'), DEAL);
    const desk = await openPage(browser, DESKTOP);
    await signIn(desk.page, stack.url, 'moses.frase');
    await desk.page.goto(`${stack.url}/quotes/${quoteId}`);
    await desk.page.getByRole('button', { name: '发给客户' }).click();
    await desk.page.getByRole('dialog').getByRole('button', { name: '仅记录已发出' }).click();
    await desk.page.getByRole('button', { name: '客户链接' }).click();
    await desk.page.getByRole('button', { name: '生成中文链接' }).click();
    const url = await desk.page.getByLabel('链接', { exact: true }).inputValue();
    await picture(desk.page, 'offer-link');
    await desk.page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    const offer = desk.page.getByRole('region', { name: '发给客户' });
    await offer.getByText('链接由 Moses Frase 取得').waitFor();
    const download = desk.page.waitForEvent('download');
    await offer.getByRole('link', { name: 'PDF（中文）' }).click();
    const { text } = await pdfText(readFileSync(await (await download).path()));
    expect(text).toContain('价税合计96,420.00CNY');
    expect(await seriousViolations(desk.page)).toEqual([]);
    await picture(desk.page, 'offer-sent');

    const phone = await openPage(browser, PHONE);
    await phone.page.goto(url);
    await phone.page.getByRole('heading', { name: '报价单' }).waitFor();
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    expect(await seriousViolations(phone.page)).toEqual([]);
    await picture(phone.page, 'offer-customer-phone');
    await phone.page.getByRole('link', { name: 'English' }).click();
    await phone.page.getByRole('heading', { name: 'Quotation' }).waitFor();
    await picture(phone.page, 'offer-customer-phone-en');
    await phone.page.getByLabel('Accept the offer').check();
    await phone.page.getByLabel('Your name').fill('Lin Wei');
    await phone.page.getByLabel('Your position (required to accept)').fill('Purchasing');
    await phone.page.getByRole('button', { name: 'Send the answer' }).click();
    await phone.page.getByText('We have your acceptance. Thank you.').waitFor();
    await phone.page.reload();
    await phone.page.getByText(/Lin Wei accepted this offer/).waitFor();
    expect(await seriousViolations(phone.page)).toEqual([]);
    await picture(phone.page, 'offer-customer-answered');

    await desk.page.reload();
    await offer.getByText('客户已接受：Lin Wei').waitFor();
    await picture(desk.page, 'offer-answered');
    await desk.page.setViewportSize(PHONE);
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      PHONE.width,
    );
    await picture(desk.page, 'offer-answered-phone');
    expect([desk.complaints, phone.complaints]).toEqual([[], []]);
  });
});
