/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { move, newDeal, patch, type DealAnswer } from '../builders/opportunity.js';
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

beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
  rep = await api.as('moses.frase');
});
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function openAs(
  username: string,
  path: string,
  viewport = DESKTOP,
): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, api.url, username);
  await opened.page.goto(`${api.url}${path}`);
  return opened;
}
const column = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const dealNow = async (id: string) => (await rep.get<DealAnswer>(`/opportunities/${id}`)).body;
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe('screen 9, the pipeline board', () => {
  it('moves a deal by its menu, asking for what the stage lacks, and loses one with reason and competitor', async () => {
    const deal = await newDeal(rep, { title: '三号车间泵组' });
    const { page, complaints } = await openAs('moses.frase', '/opportunities');
    const card = column(page, '初步接洽').getByRole('article').filter({ hasText: '三号车间泵组' });
    await card.waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'pipeline-board');
    await card.getByRole('button', { name: '移动 三号车间泵组' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('阶段', { exact: true }).selectOption('QUALIFIED');
    await sheet.getByText('已记录客户需求').waitFor();
    expect(await sheet.getByRole('button', { name: '移动阶段' }).isDisabled()).toBe(true);
    await picture(page, 'pipeline-move-lacks');
    await page.keyboard.press('Escape');
    await patch(rep, deal.id, { need: '两台泵' });
    await page.reload();
    await card.getByRole('button', { name: '移动 三号车间泵组' }).press('Enter');
    await sheet.getByLabel('阶段', { exact: true }).selectOption('QUALIFIED');
    await sheet.getByRole('button', { name: '移动阶段' }).click();
    await column(page, '需求确认').getByText('三号车间泵组').waitFor();
    expect((await dealNow(deal.id)).stage).toBe('QUALIFIED');

    await column(page, '需求确认').getByRole('button', { name: '移动 三号车间泵组' }).click();
    await sheet.getByLabel('阶段', { exact: true }).selectOption('LOST');
    expect(await sheet.getByRole('button', { name: '移动阶段' }).isDisabled()).toBe(true);
    await sheet.getByLabel('输单原因').selectOption('PRICE');
    await sheet.getByLabel('输给谁').fill('Acme');
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'pipeline-lost');
    await sheet.getByRole('button', { name: '移动阶段' }).click();
    await column(page, '输单').getByText('三号车间泵组').waitFor();
    expect((await dealNow(deal.id)).competitors).toMatchObject([{ name: 'Acme', outcome: 'LOST_TO' }]);
    expect(complaints).toEqual([]);
  });

  it('takes a deal that is dropped on a column, and asks there', async () => {
    await newDeal(rep, { title: '拖动商机', need: '一台泵' });
    const { page } = await openAs('moses.frase', '/opportunities');
    const card = column(page, '初步接洽').getByRole('article').filter({ hasText: '拖动商机' });
    await card.dragTo(column(page, '需求确认'), { sourcePosition: { x: 8, y: 60 } });
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    expect(await sheet.getByLabel('阶段', { exact: true }).inputValue()).toBe('QUALIFIED');
    await sheet.getByRole('button', { name: '移动阶段' }).click();
    await column(page, '需求确认').getByText('拖动商机').waitFor();
  });

  it('keeps list and filter in the URL, and says what changed since a day', async () => {
    const { page, complaints } = await openAs(
      'dustin.brinkmann',
      '/opportunities?view=list&sort=worth&stage=QUALIFIED',
    );
    await page.getByRole('listitem').first().waitFor();
    await page.locator('option[value="QUALIFIED"]').waitFor({ state: 'attached' });
    expect(await page.getByLabel('阶段', { exact: true }).inputValue()).toBe('QUALIFIED');
    await page.getByLabel('久未联系').click();
    await page.getByText('没有符合条件的商机。').waitFor();
    expect(page.url()).toContain('stuck=1');
    await page.getByRole('link', { name: '变化' }).click();
    await page.getByRole('button', { name: /新增/ }).click();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'pipeline-changes');
    expect(complaints).toEqual([]);
  });

  it('leads from a full column to its list with the filter it has, and offers moves to those alone who may move', async () => {
    for (let no = 0; no < 21; no += 1) await newDeal(rep, { title: `满列 ${no}` });
    const { page } = await openAs('moses.frase', '/opportunities?search=%E6%BB%A1%E5%88%97');
    await column(page, '初步接洽').getByRole('link', { name: /\+1/ }).click();
    await page.getByRole('listitem').nth(20).waitFor();
    expect(new URL(page.url()).searchParams.get('search')).toBe('满列');
    expect(await page.getByRole('listitem').filter({ hasText: '满列' }).count()).toBe(21);

    const { page: other } = await openAs('finance', '/opportunities?search=%E6%BB%A1%E5%88%97');
    const card = column(other, '初步接洽').getByRole('article').first();
    await card.waitFor();
    expect(await card.getByRole('button').count()).toBe(0);
    await card.getByRole('link').click();
    await other.getByRole('heading', { name: /满列/ }).waitFor();
    expect(await other.getByRole('form', { name: '记录联系' }).count()).toBe(0);
  });

  it('fits a phone', async () => {
    const { page } = await openAs('moses.frase', '/opportunities', PHONE);
    await page.getByRole('article').first().waitFor();
    expect(await widthOf(page)).toBe(PHONE.width);
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'pipeline-board-phone');
  });
});

describe.each([
  ['a desktop', DESKTOP, 'opportunity'],
  ['a phone', PHONE, 'opportunity-phone'],
])('one deal on %s', (_, viewport, name) => {
  it('shows where it stands; a role, a competitor and a call are entered in place', async () => {
    const deal = await newDeal(rep, { title: '年度维保' });
    const { page, complaints } = await openAs('moses.frase', `/opportunities/${deal.id}`, viewport);
    await page.getByRole('heading', { name: '年度维保' }).waitFor();
    await page.getByRole('button', { name: '新联系人' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('姓名').fill(`赵敏 ${name}`);
    await sheet.getByLabel('电话').fill('13800138000');
    await sheet.getByRole('button', { name: '保存' }).click();
    const roles = page.getByRole('group', { name: `在采购中的角色: 赵敏 ${name}` });
    await roles.getByRole('button', { name: '决定者' }).click();
    await roles.locator('[aria-pressed="true"]').waitFor();
    await page.getByRole('button', { name: '添加竞争对手' }).click();
    await sheet.getByLabel('名称').fill('Globex');
    await sheet.getByLabel('强项').fill('交期短');
    await sheet.getByRole('button', { name: '保存' }).click();
    await page.getByText('Globex').waitFor();
    const log = page.getByRole('form', { name: '记录联系' });
    await log.getByLabel('做了什么').fill('确认了预算');
    await log.getByLabel('客户有回应（只有这样才算联系）').check();
    await log.getByRole('button', { name: '记一笔' }).click();
    await page.getByText('确认了预算').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await widthOf(page)).toBe(viewport.width);
    await picture(page, name);
    await page.getByRole('button', { name: '完成：Ask for the need' }).click();
    await sheet.getByLabel('做什么').fill('方案讲解');
    await sheet.getByRole('button', { name: '完成', exact: true }).click();
    await page.getByText('方案讲解').waitFor();
    expect((await dealNow(deal.id)).planned).toMatchObject([{ subject: '方案讲解' }]);
    expect(complaints).toEqual([]);
  });
});

describe('facts of a deal that somebody else changes meanwhile', () => {
  it('are not overwritten unseen: their change is taken, or the own one put beside it', async () => {
    const deal = await newDeal(rep, { title: '并发编辑', need: '旧需求' });
    const { page } = await openAs('moses.frase', `/opportunities/${deal.id}`);
    await page.getByRole('button', { name: '编辑' }).first().click();
    await page.getByLabel('已谈定条款').fill('货到付款');
    await patch(rep, deal.id, { need: '他人写的需求' });
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByRole('alert').waitFor();
    expect(await dealNow(deal.id)).toMatchObject({ need: '他人写的需求', agreedTerms: null });
    await page.getByRole('button', { name: '保留我的修改' }).click();
    await page.getByLabel('已谈定条款').waitFor({ state: 'detached' });
    expect(await dealNow(deal.id)).toMatchObject({ need: '他人写的需求', agreedTerms: '货到付款' });
  });
});

describe('D9 who sells a deal, and how sure they are', () => {
  it('a lead says so: an own forecast with its reason, who works on it, who sells it from now on', async () => {
    const deal = await newDeal(rep, { title: '团队商机' });
    const { page, complaints } = await openAs('dustin.brinkmann', `/opportunities/${deal.id}`);
    const sheet = page.getByRole('dialog');
    await page.getByRole('button', { name: '我的判断' }).click();
    await sheet.getByLabel('我认为的赢率 %').fill('55');
    await sheet.getByLabel('预测类别').selectOption('COMMIT');
    expect(await sheet.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await sheet.getByLabel('原因').fill('老板已点头');
    await picture(page, 'opportunity-own-view');
    await sheet.getByRole('button', { name: '保存' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(await dealNow(deal.id)).toMatchObject({ probabilityPct: '55', forecast: 'COMMIT' });

    await page.getByRole('button', { name: '设置协作人' }).click();
    await sheet.getByRole('combobox').fill('Anna');
    await page.getByTitle(/Anna Snelling/).click();
    await sheet.getByRole('heading', { name: '设置协作人' }).click(); // closes the list of people
    await sheet.getByRole('button', { name: '保存' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Anna Snelling' }).waitFor();

    await page.getByRole('button', { name: '移交负责人' }).click();
    await sheet.getByRole('combobox').fill('Anna');
    await page.getByTitle(/Anna Snelling/).click();
    await sheet.getByLabel('原因').fill('休假');
    expect(await seriousViolations(page)).toEqual([]);
    await sheet.getByRole('button', { name: '移交负责人' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByText('已移交').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each([
    ['a desktop', DESKTOP, 'pipeline-times'],
    ['a phone', PHONE, 'pipeline-times-phone'],
  ])('D5 shows on %s how long stages take', async (_, viewport, name) => {
    const deal = await newDeal(rep, { need: '一台泵' });
    await move(rep, deal.id, { stage: 'QUALIFIED' });
    const { page } = await openAs('dustin.brinkmann', '/opportunities?view=times', viewport);
    await page.getByRole('row', { name: /初步接洽/ }).waitFor();
    expect(await widthOf(page)).toBe(viewport.width);
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, name);
  });
});
