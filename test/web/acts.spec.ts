/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type TestApi } from '../support/api.js';
import {
  DESKTOP,
  launchBrowser,
  openPage,
  PHONE,
  picture,
  seriousViolations,
  signIn,
} from '../support/browser.js';

jest.setTimeout(180_000);

const REP = 'moses.frase';
const WATCHER = 'vicki.laflamme';
const PDF = { name: 'offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 signed offer') };

let api: TestApi;
let browser: Browser;
let desk: Desk;

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
  desk = await Desk.over(api.dataSource);
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function open(username: string, path: string, viewport = DESKTOP): Promise<Page> {
  const { page } = await openPage(browser, viewport);
  await signIn(page, api.url, username);
  await page.goto(`${api.url}${path}`);
  return page;
}

async function shapely(page: Page, viewport = DESKTOP): Promise<void> {
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
}

/** Chooses a person in the sheet that is open. */
async function choosePerson(page: Page, name: string): Promise<void> {
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('combobox', { name: '审批人' }).fill(name.split(' ')[0]!);
  await sheet.locator('.ant-select-dropdown').getByText(name).click();
  await sheet.getByRole('heading').first().click();
  await sheet.locator('.ant-select-dropdown').waitFor({ state: 'hidden' });
}

const stateOf = async (requestId: string) => (await desk.read(requestId)).state.state;
const nameOf = async (username: string) => {
  const [person] = await api.dataSource.query<{ name: string }[]>(`SELECT name FROM employee WHERE id = $1`, [
    desk.id(username),
  ]);
  return person!.name;
};

describe('AE-REQ-1 what an answer must bring along', () => {
  it('a file, the signature and the password are asked for before the click, and are in the record after it', async () => {
    const requires = { APPROVE: ['ATTACHMENT', 'SIGNATURE'] as const };
    const requestId = await desk.pending([
      desk.seats('A', ['legal'], { requires: { APPROVE: [...requires.APPROVE] } }),
    ]);
    const page = await open('legal', `/requests/${requestId}`, PHONE);
    await page.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('附件（必填）').setInputFiles(PDF);
    await sheet.getByLabel('我签署此决定').check();
    await sheet.getByLabel('再次输入密码').fill('not it');
    await shapely(page, PHONE);
    await picture(page, 'requirements-phone');
    await sheet.getByRole('button', { name: '确认同意' }).click();
    await sheet.getByText('密码不正确').waitFor();
    expect(await stateOf(requestId)).toBe('PENDING');
    await sheet.getByLabel('再次输入密码').fill('sealflow');
    await sheet.getByRole('button', { name: '确认同意' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(await stateOf(requestId)).toBe('APPROVED');
    const rep = await open(REP, `/requests/${requestId}`);
    await rep.getByRole('link', { name: 'offer.pdf' }).waitFor();
  });

  it('the initiator adds a file of their own', async () => {
    const requestId = await desk.pending([desk.seats('A', ['legal'])]);
    const page = await open(REP, `/requests/${requestId}`);
    await page.getByLabel('添加附件').setInputFiles(PDF);
    await page.getByRole('link', { name: 'offer.pdf' }).waitFor();
    await page.getByLabel('添加附件').setInputFiles({ ...PDF, buffer: Buffer.from('MZ\u0000 a program') });
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByRole('link', { name: 'offer.pdf' }).count()).toBe(1);
    await shapely(page);
  });
});

describe('AE-URGE-1 AE-CC-1 those who wait and those who read along', () => {
  it('the initiator urges and reads whom it reached; so soon after, it is not offered again', async () => {
    const requestId = await desk.pending([desk.seats('A', ['legal'])]);
    const page = await open(REP, `/requests/${requestId}`);
    await page.getByRole('button', { name: '催办' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('客户在等');
    await page.getByRole('dialog').getByRole('button', { name: '催办' }).click();
    const legal = await nameOf('legal');
    await page.getByText(`已催办：${legal}`).waitFor();
    await page.getByText('客户在等').first().waitFor();
    expect(await page.getByRole('button', { name: '催办' }).count()).toBe(0);
  });

  it('a copy is unread until its reader opens it', async () => {
    const requestId = await desk.pending([desk.seats('A', ['legal'])], {
      cc: [{ on: 'SUBMIT', to: { kind: 'PERSON', personIds: [desk.id(WATCHER)] } }],
    });
    const page = await open(WATCHER, '/inbox?tab=cc');
    const row = page.locator('.inbox-row', { has: page.locator(`a[href="/requests/${requestId}"]`) });
    await row.getByText('未读').waitFor();
    await row.getByRole('link').first().click();
    await page.waitForURL(`**/requests/${requestId}`);
    await page
      .getByRole('heading', { name: /A thing to approve/ })
      .first()
      .waitFor();
    await page.waitForLoadState('networkidle');
    await page.goto(`${api.url}/inbox?tab=cc`);
    await row.waitFor();
    await row.getByText('未读').waitFor({ state: 'detached' });
    await shapely(page);
  });
});

describe('AE-BULK-1 several at once', () => {
  it('says how many and how much before, what is left out and why, and what became of each', async () => {
    const plain = await desk.pending([desk.seats('A', ['finance'], { risk: 'LOW' })]);
    const gone = await desk.pending([desk.seats('A', ['finance'], { risk: 'LOW' })]);
    const alone = await desk.pending([
      desk.seats('A', ['finance'], { requires: { APPROVE: ['SIGNATURE'] } }),
    ]);
    const page = await open('finance', '/inbox');
    await page.getByRole('button', { name: '批量处理' }).click();
    const bar = page.getByRole('group', { name: '批量处理' });
    await bar.getByRole('checkbox').check();
    await bar.getByText('已选 3 项').waitFor();
    await bar.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('将处理 2 项').waitFor();
    await sheet.getByText('需要签名').waitFor();
    await shapely(page);
    await picture(page, 'bulk');
    await desk.vote(gone, 'finance', 'APPROVE'); // meanwhile, elsewhere
    await sheet.getByRole('button', { name: '同意 2 项' }).click();
    await sheet.getByText('成功 1 项，未成功 1 项').waitFor();
    await sheet.getByText('部分完成').waitFor();
    await sheet.getByRole('button', { name: '完成' }).click();
    expect([await stateOf(plain), await stateOf(alone)]).toEqual(['APPROVED', 'PENDING']);
  });
});

describe('AE-RES-1 AE-EMPTY-1 who is asked', () => {
  it('an admin names the approvers of a stage to come; the stage opens with them', async () => {
    const requestId = await desk.pending([
      desk.seats('A', ['legal']),
      desk.seats('B', ['finance'], { block: 2 }),
    ]);
    const page = await open('admin', `/requests/${requestId}`);
    await page.getByRole('button', { name: '后续节点审批人' }).click();
    const credit = await nameOf('credit');
    await choosePerson(page, credit);
    await page.getByRole('dialog').getByLabel('意见').fill('财务休假');
    await page.getByRole('dialog').getByRole('button', { name: '后续节点审批人' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await desk.vote(requestId, 'legal', 'APPROVE');
    await page.reload();
    await page.getByText(`等 ${credit}`).first().waitFor();
  });
});
