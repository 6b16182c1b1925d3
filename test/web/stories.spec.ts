/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { signedIn, submittedQuote } from '../builders/deal.js';
import { DESKTOP, launchBrowser, openPage, PHONE, picture, signIn } from '../support/browser.js';
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

const LEAD_DEAL = { customer: 'Konex', lines: [{ product: 'GTX Pro', qty: '10', discountPct: '8' }] };
const DIRECTOR_DEAL = { customer: 'Isdom', lines: [{ product: 'GTX Pro', qty: '10', discountPct: '15' }] };

async function open(
  viewport: typeof DESKTOP,
  username: string,
): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, stack.url, username);
  return opened;
}

async function choose(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).fill(text);
  await page.locator('.ant-select-dropdown').getByText(text).first().click();
}

describe('a rep submits', () => {
  it('sees who must approve and why while typing, submits, and sees who holds it', async () => {
    const { page, complaints } = await open(DESKTOP, 'moses.frase');
    await page.getByRole('link', { name: '报价' }).first().click();
    await page.getByRole('link', { name: '新建报价' }).first().click();
    await choose(page, '客户', 'Konex');
    await choose(page, '产品 1', 'GTX Pro');
    await page.getByLabel('数量').fill('10');
    await page.getByLabel('折扣 %', { exact: true }).fill('8');

    const preview = page.getByRole('region', { name: '谁来审批' });
    await preview.getByText('¥44,353.20').waitFor();
    expect(await preview.innerText()).toContain('Dustin Brinkmann');
    expect(await preview.innerText()).toMatch(/折扣\s*8%/);
    await picture(page, 'quote-editor');

    await page.getByRole('button', { name: '保存草稿' }).click();
    await page.waitForURL(/\/quotes\/[^/]+\/edit$/);
    await page.getByRole('button', { name: '提交审批' }).click();
    await page.getByRole('dialog').getByText('Dustin Brinkmann', { exact: true }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '确认提交' }).click();

    await page.getByText('等 Dustin Brinkmann').first().waitFor();
    expect(await page.locator('article').innerText()).toContain('审批中');
    await picture(page, 'quote');
    expect(complaints).toEqual([]);
  });
});

describe('a lead approves on the width of a phone', () => {
  it('reads why, approves with one sheet, and the next item opens', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const first = await submittedQuote(rep, LEAD_DEAL);
    await submittedQuote(rep, LEAD_DEAL);
    const { page, complaints } = await open(PHONE, 'dustin.brinkmann');
    await page.getByText('Konex').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await picture(page, 'inbox-phone');

    await page.locator(`a[href="/requests/${first.requestId}"]`).click();
    await page.getByRole('heading', { name: '为什么需要您' }).waitFor();
    expect(await page.locator('article').innerText()).toContain('¥44,353.20');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    await picture(page, 'request-phone');

    await page.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('意见').fill('价格合理');
    await picture(page, 'decision-phone');
    await sheet.getByRole('button', { name: '确认同意' }).click();

    await page.waitForURL(
      (url) => url.pathname.startsWith('/requests/') && !url.pathname.endsWith(first.requestId),
    );
    await page.getByRole('button', { name: '同意' }).waitFor();
    const { body } = await rep.get<{ state: string }>(`/requests/${first.requestId}`);
    expect(body.state).toBe('APPROVED');

    await page.goto(`${stack.url}/requests/${first.requestId}`);
    const separated = page.getByRole('region', { name: '职责分离' });
    await separated.getByText('不是发起人本人').waitFor();
    expect(await separated.innerText()).toContain('Dustin Brinkmann');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(complaints).toEqual([]);
  });
});

describe('a lead passes a task on', () => {
  it('to somebody by name, with a reason; the task leaves the list and shows who has it', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const { requestId } = await submittedQuote(rep, LEAD_DEAL);
    const lead = await open(DESKTOP, 'dustin.brinkmann');
    await lead.page.goto(`${stack.url}/requests/${requestId}`);
    await lead.page.getByRole('button', { name: '更多' }).click();
    await lead.page.getByRole('button', { name: '转办' }).click();
    const sheet = lead.page.getByRole('dialog');
    await sheet.getByText('由他人代替您审批').waitFor();
    await sheet.getByRole('combobox', { name: '审批人' }).fill('Daniel');
    await sheet.locator('.ant-select-dropdown').getByText('Daniel Wu').click();
    await sheet.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    await sheet.getByLabel('意见').fill('他熟悉该客户');
    await picture(lead.page, 'transfer');
    await sheet.getByRole('button', { name: '转办' }).click();
    await lead.page.waitForURL((url) => !url.pathname.endsWith(requestId));

    await lead.page.goto(`${stack.url}/requests/${requestId}`);
    await lead.page.getByText('等 Daniel Wu').first().waitFor();
    expect(await lead.page.getByRole('button', { name: '同意' }).count()).toBe(0);
    expect(await lead.page.locator('article').innerText()).toContain('转给 Daniel Wu');
    expect(lead.complaints).toEqual([]);
  });
});

describe('a lead asks somebody in before deciding', () => {
  it('waits for them, shows who added whom, and takes them out again', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const { requestId } = await submittedQuote(rep, LEAD_DEAL);
    const { page, complaints } = await open(DESKTOP, 'dustin.brinkmann');
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByRole('button', { name: '更多' }).click();
    await page.getByRole('button', { name: '加签' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('radio', { name: '前加签' }).waitFor();
    await sheet.getByRole('combobox', { name: '审批人' }).fill('Daniel');
    await sheet.locator('.ant-select-dropdown').getByText('Daniel Wu').click();
    await sheet.getByRole('heading', { name: '加签' }).click();
    await sheet.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
    await sheet.getByRole('textbox', { name: /意见/ }).fill('请先看条款');
    await picture(page, 'add');
    await sheet.getByRole('button', { name: '加签', exact: true }).click();
    await page.getByText('等 Daniel Wu').first().waitFor();
    const path = await page.locator('article').innerText();
    expect(path).toContain('前加签，Dustin Brinkmann 添加');
    expect(path).toContain('等待前加签');
    expect(await page.getByRole('button', { name: '同意' }).count()).toBe(0);
    await picture(page, 'added');

    await page.getByRole('button', { name: '减签' }).click();
    await sheet.getByLabel('意见').fill('已电话确认');
    await sheet.getByRole('button', { name: '减签', exact: true }).click();
    await page.getByText('等 Dustin Brinkmann').first().waitFor();
    await page.getByRole('button', { name: '同意' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('a director returns, the rep edits and submits again', () => {
  it('shows the director what changed, and in which direction', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const { quoteId, requestId } = await submittedQuote(rep, DIRECTOR_DEAL);

    const director = await open(DESKTOP, 'director.central');
    await director.page.goto(`${stack.url}/requests/${requestId}`);
    await director.page.getByRole('button', { name: '退回' }).click();
    const sheet = director.page.getByRole('dialog');
    const confirm = sheet.getByRole('button', { name: '确认退回' });
    expect(await confirm.isDisabled()).toBe(true);
    await sheet.getByLabel('意见').fill('折扣请降到 12% 以内');
    await confirm.click();
    await director.page.waitForURL((url) => !url.pathname.endsWith(requestId));

    const seller = await open(DESKTOP, 'moses.frase');
    await seller.page.goto(`${stack.url}/quotes/${quoteId}`);
    await seller.page.getByText('已退回').first().waitFor();
    await seller.page.getByRole('link', { name: '编辑' }).click();
    await seller.page.getByLabel('折扣 %', { exact: true }).fill('12');
    await seller.page.getByRole('status').filter({ hasText: '已保存' }).waitFor();
    await seller.page.getByRole('button', { name: '重新提交' }).click();
    await seller.page.getByRole('dialog').getByRole('button', { name: '重新提交' }).click();
    await seller.page.getByText('等 Grace Chen').first().waitFor();

    await director.page.goto(`${stack.url}/requests/${requestId}`);
    const changes = director.page.getByRole('region', { name: '有什么变化' });
    const discount = changes.getByRole('listitem').filter({ hasText: '折扣' }).first();
    await discount.waitFor();
    expect((await discount.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/15.* → 12.* 更有利/);
    expect(await director.page.locator('article').innerText()).toContain('折扣请降到 12% 以内');
    await picture(director.page, 'request');
    expect([...director.complaints, ...seller.complaints]).toEqual([]);
  });
});

const DAY_MS = 86_400_000;
const DAY = (shift: number): string => new Date(Date.now() + shift * DAY_MS).toISOString();

/** Waits at a stage nobody can sit in: the director is away, and so is everybody above who would stand in. */
async function blockedRequest(title: string): Promise<string> {
  const rep = await signedIn(stack.url, 'moses.frase');
  const { body: request } = await rep.post<{ id: string }>('/requests', {
    title,
    amount: { amount: '20000.00', currency: 'CNY' },
    facts: { category: 'standard', levels: 'two' },
    content: { note: '展会样机' },
  });
  for (const username of ['director.central', 'manager', 'gm']) {
    const away = await signedIn(stack.url, username);
    const { status } = await away.post('/org/absences', { from: DAY(-1), to: DAY(7) });
    expect(status).toBe(201);
  }
  const lead = await signedIn(stack.url, 'dustin.brinkmann');
  const { body: view } = await lead.get<{
    subjectHash: string;
    actions: { action: string; seatId: string; seatVersion: number }[];
  }>(`/requests/${request.id}`);
  const approve = view.actions.find(({ action }) => action === 'APPROVE');
  await lead.post(`/seats/${approve?.seatId}/decisions`, {
    action: 'APPROVE',
    expectedSeatVersion: approve?.seatVersion,
    subjectHash: view.subjectHash,
  });
  return request.id;
}

describe('ops finds a stuck one', () => {
  it('says what is stuck, why, since when and who can move it; the one who can, does', async () => {
    const requestId = await blockedRequest('展会样机特批');

    const ops = await open(DESKTOP, 'ops');
    await ops.page.getByRole('link', { name: '运维' }).first().click();
    const row = ops.page.getByRole('listitem').filter({ hasText: '展会样机特批' });
    await row.waitFor();
    const text = await row.innerText();
    expect(text).toContain('无人可批');
    expect(text).toContain('按规则找不到可以审批的人');
    expect(text).toMatch(/大区总监/);
    expect(text).toMatch(/可以处理：\S+/);
    expect(text).toMatch(/始于/);
    expect(await row.getByRole('link', { name: '在 Temporal 中查看' }).getAttribute('href')).toContain(
      '/workflows/',
    );
    await ops.page.getByRole('heading', { name: '运行概况' }).waitFor();
    await picture(ops.page, 'ops');

    const admin = await open(DESKTOP, 'admin');
    await admin.page.goto(`${stack.url}/requests/${requestId}`);
    await admin.page.getByRole('button', { name: '指定审批人' }).click();
    const sheet = admin.page.getByRole('dialog');
    await sheet.getByRole('combobox', { name: '审批人' }).fill('Daniel');
    await sheet.locator('.ant-select-dropdown').getByText('Daniel Wu').click();
    await admin.page.keyboard.press('Escape');
    await sheet.getByLabel('意见').fill('总监与经理均休假');
    await sheet.getByRole('button', { name: '指定审批人' }).click();
    await admin.page.getByText('等 Daniel Wu').first().waitFor();

    await ops.page.reload();
    await ops.page.getByRole('heading', { name: '卡住的流程' }).waitFor();
    await row.waitFor({ state: 'detached' });
    expect([...ops.complaints, ...admin.complaints]).toEqual([]);
  });
});
