/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
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
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

let stack: Stack;
let browser: Browser;
let requestId: string;
let quoteId: string;

const DEAL = {
  customer: 'Konex',
  lines: [
    { product: 'GTX Pro', qty: '10', discountPct: '8' },
    { product: 'MG Advanced', qty: '3', discountPct: '6' },
  ],
};

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  ({ requestId, quoteId } = await submittedQuote(await signedIn(stack.url, 'moses.frase'), DEAL));
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function asLead(viewport = DESKTOP): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, stack.url, 'dustin.brinkmann');
  return opened;
}

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s no page has a serious accessibility violation or scrolls sideways', (_, viewport) => {
  const shapely = async (page: Page): Promise<void> => {
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
  };

  it('signing in', async () => {
    const { page } = await openPage(browser, viewport);
    await page.goto(`${stack.url}/login`);
    await page.getByRole('button', { name: '登录', exact: true }).waitFor();
    await shapely(page);
    if (viewport === DESKTOP) await picture(page, 'login');
  });

  it('inbox, request, decision sheet', async () => {
    const { page, complaints } = await asLead(viewport);
    await page.getByText('Konex').first().waitFor();
    await shapely(page);
    if (viewport === DESKTOP) await picture(page, 'inbox');
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByRole('heading', { name: '审批路径' }).waitFor();
    await shapely(page);
    await page.getByRole('button', { name: '退回' }).click();
    await page.getByRole('dialog').getByLabel('意见').waitFor();
    await shapely(page);
    expect(complaints).toEqual([]);
  });

  it('quotes, one quote, the editor', async () => {
    const { page, complaints } = await openPage(browser, viewport);
    await signIn(page, stack.url, 'moses.frase');
    await page.goto(`${stack.url}/quotes`);
    await page.getByText('等 Dustin Brinkmann').first().waitFor();
    await shapely(page);
    await page.goto(`${stack.url}/quotes/${quoteId}`);
    await page.getByRole('heading', { name: '审批路径' }).waitFor();
    await shapely(page);
    await page.goto(`${stack.url}/quotes/new`);
    await page.getByRole('heading', { name: '谁来审批' }).waitFor();
    await shapely(page);
    expect(complaints).toEqual([]);
  });
});

describe('an approver at the keyboard', () => {
  it('moves, asks for help, opens the sheet and the item', async () => {
    await submittedQuote(await signedIn(stack.url, 'moses.frase'), DEAL);
    const { page, complaints } = await asLead();
    await page.getByText('Konex').nth(1).waitFor();
    const selected = page.locator('[data-selected]');
    const first = await selected.innerText();
    await page.keyboard.press('j');
    expect(await selected.innerText()).not.toBe(first);
    await page.keyboard.press('k');
    expect(await selected.innerText()).toBe(first);
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '键盘快捷键' }).getByRole('button', { name: '关闭' }).click();
    await page.keyboard.press('a');
    await page.getByRole('dialog', { name: '确认同意' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.waitForURL('**/requests/**');
    expect(complaints).toEqual([]);
  });

  it('keeps filters in the URL, shows them as chips and clears them at once', async () => {
    const { page } = await asLead();
    await page.goto(`${stack.url}/inbox?kind=CONTRACT&minAmount=1000`);
    await page.getByText('没有符合筛选条件的事项。').waitFor();
    await page.getByRole('button', { name: '去掉筛选 合同' }).waitFor();
    await page.getByRole('button', { name: '清除全部筛选' }).click();
    await page.getByText('Konex').first().waitFor();
    expect(new URL(page.url()).search).not.toContain('kind');
  });
});

describe('what was typed survives', () => {
  it('a decision somebody else made first: the winner is named, the comment kept', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const raced = await submittedQuote(rep, DEAL);
    const { page } = await asLead();
    await page.goto(`${stack.url}/requests/${raced.requestId}`);
    await page.getByRole('button', { name: '同意' }).click();
    await page.getByLabel('意见').fill('价格可以');
    await rejectElsewhere(raced.requestId);
    await page.getByRole('button', { name: '确认同意' }).click();
    const conflict = page.getByRole('dialog').getByRole('alert');
    await conflict.getByText('Dustin Brinkmann 已拒绝').waitFor();
    expect(await conflict.innerText()).toContain('别处已拒绝');
    expect(await page.getByLabel('意见').inputValue()).toBe('价格可以');
  });

  it('a lost session: signing in again on top of the page, then the same decision goes through', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const { requestId: id } = await submittedQuote(rep, DEAL);
    const { page } = await asLead();
    await page.goto(`${stack.url}/requests/${id}`);
    await page.getByRole('button', { name: '拒绝' }).click();
    await page.getByLabel('意见').fill('客户信用待查');
    await page.context().clearCookies();
    await page.getByRole('button', { name: '确认拒绝' }).click();
    await page.getByRole('dialog', { name: '登录已过期' }).waitFor();
    await page.getByLabel('密码').fill('sealflow');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('dialog', { name: '登录已过期' }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('意见').inputValue()).toBe('客户信用待查');
    await page.getByRole('button', { name: '确认拒绝' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const { body } = await rep.get<{ state: string }>(`/requests/${id}`);
    expect(body.state).toBe('REJECTED');
  });
});

async function rejectElsewhere(id: string): Promise<void> {
  const lead = await signedIn(stack.url, 'dustin.brinkmann');
  const { body } = await lead.get<{
    subjectHash: string;
    actions: { action: string; seatId: string; seatVersion: number }[];
  }>(`/requests/${id}`);
  const reject = body.actions.find(({ action }) => action === 'REJECT');
  await lead.post(`/seats/${reject?.seatId}/decisions`, {
    action: 'REJECT',
    expectedSeatVersion: reject?.seatVersion,
    subjectHash: body.subjectHash,
    comment: '别处已拒绝',
  });
}

describe('in English', () => {
  it('has words for everything on the request page', async () => {
    const { page } = await asLead();
    await page.getByRole('button', { name: 'English' }).first().click();
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByRole('heading', { name: 'Why you' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/[\u3400-\u9fff]/);
  });
});
