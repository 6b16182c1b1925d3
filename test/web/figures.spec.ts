/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { resubmitRequest } from '../../src/commands/approval/takeback.js';
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

jest.setTimeout(120_000);

const LEAD = 'dustin.brinkmann';
let api: TestApi;
let browser: Browser;

/** Moves what opened a request into the past, so that its answers took working time. */
async function hoursAgo(db: Desk['db'], requestId: string, hours: number): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(`SET LOCAL session_replication_role = replica`);
    await tx.query(
      `UPDATE event SET at = at - make_interval(hours => $2)
       WHERE aggregate_kind = 'request' AND aggregate_id = $1 AND type IN ('request.submitted', 'stage.activated')`,
      [requestId, hours],
    );
  });
}

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
  const desk = await Desk.over(api.dataSource);
  const policy = await desk.policy([
    desk.seats('LEAD', [LEAD], { title: 'Team lead · 组长' }),
    desk.seats('GM', ['gm'], { block: 2, title: 'General manager · 总经理' }),
  ]);
  for (const [index, hours] of [30, 52, 75, 100, 150, 200].entries()) {
    const requestId = (await desk.submit(await desk.subject(policy))).value.requestId;
    if (index === 1) {
      await desk.vote(requestId, LEAD, 'RETURN');
      await resubmitRequest(desk.db, desk.meta('moses.frase'), { requestId });
    }
    if (index < 5) await desk.vote(requestId, LEAD, 'APPROVE');
    if (index < 4) await desk.vote(requestId, 'gm', 'APPROVE');
    await hoursAgo(desk.db, requestId, hours);
  }
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function figuresAs(
  username: string,
  viewport = DESKTOP,
): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, api.url, username);
  await opened.page.goto(`${api.url}/figures`);
  return opened;
}

describe.each([
  ['a desktop', DESKTOP, 'figures'],
  ['a phone', PHONE, 'figures-phone'],
])('AE-STAT-1 figures on %s', (_, viewport, name) => {
  it('are drawn, read as a table, and lead to the requests behind them', async () => {
    const { page, complaints } = await figuresAs('gm', viewport);
    await page.getByRole('img', { name: '处理时长' }).waitFor();
    await page.locator('canvas').nth(1).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(viewport.width);
    await picture(page, name);
    const lead = page.getByRole('row', { name: /组长/ });
    await lead.getByRole('button').nth(1).click();
    await page.getByRole('dialog', { name: '组长 · 进行中' }).getByRole('link').first().waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    await page.getByRole('link', { name: '按人员' }).click();
    await page.getByRole('rowheader', { name: 'Dustin Brinkmann' }).waitFor();
    expect(complaints).toEqual([]);
  });
});

it('AE-STAT-1 a lead has figures of the own unit only; a representative has none', async () => {
  const { page } = await figuresAs('melvin.marxen');
  await page.getByText('这个期间没有审批。').waitFor();
  const { page: rep } = await figuresAs('moses.frase');
  await rep.getByRole('heading', { name: '审批指标' }).waitFor();
  expect(await rep.getByRole('link', { name: '审批指标' }).count()).toBe(0);
});
