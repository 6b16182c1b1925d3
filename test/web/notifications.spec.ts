/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { signedIn, submittedQuote } from '../builders/deal.js';
import { DESKTOP, launchBrowser, openPage, PHONE, seriousViolations, signIn } from '../support/browser.js';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(240_000);

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** 12 %: the regional director's. */
const DEAL = { customer: 'Isdom', lines: [{ product: 'GTX Pro', qty: '10', discountPct: '12' }] };

describe('what one was told', () => {
  it('is counted until it is read, and leads to what it is about', async () => {
    const { requestId } = await submittedQuote(await signedIn(stack.url, 'moses.frase'), DEAL);
    const { page, complaints } = await openPage(browser, DESKTOP);
    await signIn(page, stack.url, 'director.central');
    const way = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /通知/ });
    await way.getByText('1 条未读通知').waitFor();
    await way.click();
    const told = page.getByRole('listitem').filter({ hasText: '待您审批' });
    await told.getByText('未读').waitFor();
    expect(await told.getByRole('link').getAttribute('href')).toBe(`/requests/${requestId}`);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await way.getByText('1 条未读通知').waitFor({ state: 'detached' });
    await told.getByText('未读').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: '未读', exact: true }).click();
    await page.getByText('没有未读的通知。').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('how one wants to be told', () => {
  it('is chosen by kind and way, with an address and quiet hours, and kept', async () => {
    const { page, complaints } = await openPage(browser, PHONE);
    await signIn(page, stack.url, 'director.west');
    await page.goto(`${stack.url}/notifications/settings`);
    const mailed = page.getByRole('checkbox', { name: '审批结果 · 邮件' });
    expect(await mailed.isChecked()).toBe(true);
    expect(await page.getByRole('checkbox', { name: '商机久未联系 · 邮件' }).count()).toBe(0);
    await mailed.uncheck();
    await page.getByLabel('邮箱').fill('irene@example.com');
    await page.getByRole('checkbox', { name: '设置免打扰时段' }).check();
    await page.getByLabel('结束').fill('08:15');
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('通知设置已保存').waitFor();

    const director = await signedIn(stack.url, 'director.west');
    const { body } = await director.get<{ matrix: { kind: string; channel: string; enabled: boolean }[] }>(
      '/me/notification-settings',
    );
    expect(body).toMatchObject({
      email: 'irene@example.com',
      locale: 'zh-CN',
      quiet: { from: '22:00', to: '08:15' },
    });
    expect(body.matrix.filter(({ kind, channel }) => kind === 'OUTCOME' && channel === 'MAIL')).toEqual([
      { kind: 'OUTCOME', channel: 'MAIL', enabled: false },
    ]);
    await page.reload();
    expect(await page.getByRole('checkbox', { name: '审批结果 · 邮件' }).isChecked()).toBe(false);
    expect(await page.getByLabel('结束').inputValue()).toBe('08:15');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(complaints).toEqual([]);
  });
});
