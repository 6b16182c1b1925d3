/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { effectiveContract, readContract, write, type Contract } from '../builders/contract.js';
import { propose, versions } from '../builders/contract-change.js';
import { newDeal, version, type DealAnswer } from '../builders/opportunity.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { DESKTOP, launchBrowser, openPage, picture, seriousViolations, signIn } from '../support/browser.js';
import { until } from '../support/until.js';

jest.setTimeout(120_000);

let api: TestApi;
let browser: Browser;
let rep: ApiClient;
beforeAll(async () => {
  [api, browser] = await Promise.all([startApi({ webRoot: 'dist/web' }), launchBrowser()]);
  rep = await api.as('moses.frase');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await api?.close();
});

async function openAt(path: string): Promise<Page> {
  const { page } = await openPage(browser, DESKTOP);
  await signIn(page, api.url, 'moses.frase');
  await page.goto(`${api.url}${path}`);
  return page;
}

/** The background poll, brought about by coming back to the page, until it has read what the path answers then. */
async function polled(page: Page, path: string, has: (body: string) => boolean): Promise<void> {
  let read = false;
  const listen = async (url: string, text: () => Promise<string>): Promise<void> => {
    if (url.endsWith(path) && has(await text().catch(() => ''))) read = true;
  };
  page.on('response', (response) => void listen(response.url(), () => response.text()));
  await until(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
    return read;
  });
}

async function edited(deal: DealAnswer, change: object): Promise<number> {
  const path = `/opportunities/${deal.id}`;
  const { rowVersion } = (await rep.get<DealAnswer>(path)).body;
  const { status, body } = await rep.send<DealAnswer>('PATCH', path, change, version(rowVersion));
  expect(status).toBe(200);
  return body.rowVersion;
}

describe('a form that is open while somebody else changes the deal', () => {
  it('the split keeps its sheet and its words; saving says so, and saves when told to', async () => {
    const deal = await newDeal(rep, { title: '分成保留' });
    const page = await openAt(`/opportunities/${deal.id}`);
    await page.getByRole('region', { name: '业绩分成' }).getByRole('button', { name: '设置分成' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('业绩分成', { exact: true }).fill('Anna');
    await page
      .getByTitle(/^Anna Snelling/)
      .last()
      .click();
    await sheet.getByLabel('Moses Frase 的比例').fill('70');
    await sheet.getByLabel('Anna Snelling 的比例').fill('30');
    await sheet.getByLabel('原因').fill('她做了方案');
    const now = await edited(deal, { need: '三台水泵' });
    await polled(page, `/opportunities/${deal.id}/splits`, (body) => body.includes(`"rowVersion":${now}`));
    expect(await sheet.getByLabel('原因').inputValue()).toBe('她做了方案');
    const again = await edited(deal, { need: '四台水泵' });
    await sheet.getByRole('button', { name: '保存' }).click();
    await sheet.getByText('记录已被他人修改。').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'split-conflict');
    await sheet.getByRole('button', { name: '保留我的修改' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect((await rep.get<DealAnswer>(`/opportunities/${deal.id}`)).body.rowVersion).toBeGreaterThan(again);
  });

  it('a picked colleague keeps their name when something else is searched for', async () => {
    const deal = await newDeal(rep, { title: '分成姓名' });
    const page = await openAt(`/opportunities/${deal.id}`);
    await page.getByRole('region', { name: '业绩分成' }).getByRole('button', { name: '设置分成' }).click();
    const sheet = page.getByRole('dialog');
    const picker = sheet.getByLabel('业绩分成', { exact: true });
    await picker.fill('Anna');
    await page
      .getByTitle(/^Anna Snelling/)
      .last()
      .click();
    await picker.fill('Moses');
    await sheet.getByLabel('Anna Snelling 的比例').waitFor();
    expect(await sheet.getByText(/^Anna Snelling/).count()).toBeGreaterThan(0);
  });

  it("the need shows what they made of it; theirs stays where nothing was typed, mine is kept only when it's said", async () => {
    const deal = await newDeal(rep, { title: '需求冲突' });
    const page = await openAt(`/opportunities/${deal.id}`);
    await page
      .getByRole('region', { name: '客户需求' })
      .getByRole('button', { name: '编辑', exact: true })
      .click();
    await page.getByLabel('客户需求').fill('我的需求');
    await edited(deal, { need: '他们的需求', agreedTerms: '他们的条款' });
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('记录已被他人修改。').waitFor();
    await page.getByText('已被改为：他们的需求').waitFor();
    expect(await page.getByLabel('客户需求').inputValue()).toBe('我的需求');
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'deal-conflict');
    await page.getByRole('button', { name: '保留我的修改' }).click();
    await page.getByText('他们的条款').waitFor();
    await page.getByText('我的需求').waitFor();
    const { body } = await rep.get<Record<string, unknown>>(`/opportunities/${deal.id}`);
    expect(body).toMatchObject({ need: '我的需求', agreedTerms: '他们的条款' });
  });
});

describe('a form that is open while somebody else moves the contract', () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await effectiveContract(api, rep);
  }, 120_000);

  it('a number that is none is told beside its field, and nothing is sent', async () => {
    const page = await openAt(`/contracts/${contract.id}`);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().includes('/changes')) sent.push(request.url());
    });
    await page.getByRole('button', { name: '发起变更' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('账期（天）').fill('');
    await sheet.getByLabel('交货期（天）').fill('四十五');
    await sheet.getByRole('textbox').last().fill('清空账期');
    await sheet.getByRole('button', { name: '发起变更' }).click();
    await sheet.getByText('须为整数').nth(1).waitFor();
    expect(await sheet.getByLabel('账期（天）').getAttribute('aria-invalid')).toBe('true');
    expect(sent).toEqual([]);
    await picture(page, 'contract-change-numbers');
  });

  it('a clause library that cannot be read does not look empty', async () => {
    const page = await openAt(`/contracts/${contract.id}`);
    await page.route('**/contract-clauses', (route) => route.fulfill({ status: 400, json: {} }));
    await page.getByRole('button', { name: '发起变更' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('条款', { exact: true }).click();
    await sheet.getByRole('button', { name: '重试' }).waitFor();
    await page.unroute('**/contract-clauses');
    await sheet.getByRole('button', { name: '重试' }).click();
    await sheet.getByRole('button', { name: '重试' }).waitFor({ state: 'detached' });
  });

  it('an order keeps what was typed', async () => {
    const page = await openAt(`/contracts/${contract.id}`);
    await page.getByRole('button', { name: '下单' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.locator('input[inputmode=decimal]').first().fill('1');
    const { rowVersion } = await write(await api.as('legal'), `/contracts/${contract.id}/suspend`, {
      cause: 'FORCE_MAJEURE',
      reason: 'the port is closed',
    });
    await polled(page, `/contracts/${contract.id}`, (body) => body.includes(`"rowVersion":${rowVersion}`));
    await polled(page, `/contracts/${contract.id}/performance`, () => true);
    expect(await sheet.locator('input[inputmode=decimal]').first().inputValue()).toBe('1');
    await sheet.locator('input[type=date]').fill('2027-03-01');
    await sheet.getByRole('button', { name: '下单' }).click();
    await sheet.getByRole('alert').waitFor();
    await write(await api.as('legal'), `/contracts/${contract.id}/resume`, { reason: 'the port is open' });
  });

  it('a change keeps what was typed; over words one has not seen it is saved only when told to', async () => {
    const page = await openAt(`/contracts/${contract.id}`);
    await page.getByRole('button', { name: '发起变更' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('交货期（天）').fill('45');
    await sheet.getByRole('textbox').last().fill('客户要求延期');
    const theirs = await propose(rep, contract, { termDays: 40 });
    await polled(page, `/contracts/${contract.id}/versions`, (body) => body.includes('"termDays":40'));
    expect(await sheet.getByLabel('交货期（天）').inputValue()).toBe('45');
    await sheet.getByRole('button', { name: '发起变更' }).click();
    await sheet.getByText('CHANGE_PENDING').waitFor();
    await sheet.getByRole('button', { name: '取消' }).click();

    await page.getByRole('button', { name: '修改变更内容' }).click();
    await sheet.getByLabel('交货期（天）').fill('46');
    const path = `/contracts/${contract.id}/changes/${theirs.change!.version}`;
    const { textHash: basedOn } = (await versions(rep, contract.id)).find(({ state }) => state === 'DRAFT')!;
    expect((await rep.put(path, { reason: 'another', termDays: 50, basedOn })).status).toBe(200);
    await sheet.getByRole('button', { name: '修改变更内容' }).click();
    await sheet.getByText('您看到的内容已经变化。').waitFor();
    expect(await sheet.getByLabel('交货期（天）').inputValue()).toBe('46');
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'contract-change-conflict');
    await sheet.getByRole('button', { name: '保留我的修改' }).click();
    await sheet.waitFor({ state: 'detached' });
    await page.getByText('46').first().waitFor();
    expect((await readContract(rep, contract.id)).change).toMatchObject({ state: 'DRAFT' });
  });
});

it('kinds of requests that cannot be read are told, where they are chosen', async () => {
  const { page } = await openPage(browser, DESKTOP);
  await signIn(page, api.url, 'moses.frase');
  await page.route('**/request-kinds', (route) => route.fulfill({ status: 400, json: {} }));
  await page.goto(`${api.url}/people`);
  await page.getByRole('button', { name: '重试' }).waitFor();
});
