/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { decide } from '../builders/approval-client.js';
import { signedIn, submittedQuote } from '../builders/deal.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
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
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(
  viewport: typeof DESKTOP,
  username: string,
): Promise<{ page: Page; complaints: string[] }> {
  const opened = await openPage(browser, viewport);
  await signIn(opened.page, stack.url, username);
  return opened;
}
const as = (username: string) => signedIn(stack.url, username);
const shapely = async (page: Page): Promise<void> => {
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
};

describe('AE-SUB-2 an approver changes a quotation with their approval', () => {
  it('sees while typing who must be asked again, accepts that, and the others see what changed', async () => {
    const lines = [{ product: 'GTX Pro', qty: '10', discountPct: '12' }];
    const { requestId } = await submittedQuote(await as('moses.frase'), {
      customer: 'Isdom',
      lines,
      termDays: 45,
    });
    await decide(await as('credit'), requestId);

    const { page, complaints } = await open(DESKTOP, 'finance');
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('修改后同意').click();
    await sheet.getByLabel('账期（天）').fill('75');
    await sheet.getByText('需重新审批').first().waitFor();
    expect(await sheet.innerText()).toMatch(/信用[\s\S]*重新审批人：Clara Yin, Adam Luo/);
    const confirm = sheet.getByRole('button', { name: '修改并同意' });
    expect(await confirm.isDisabled()).toBe(true);
    await sheet.getByLabel('同意请以上人员重新审批').check();
    await shapely(page);
    await picture(page, 'edit-in-decision');
    await confirm.click();
    await page.waitForURL((url) => !url.pathname.endsWith(requestId));

    const credit = await open(DESKTOP, 'credit');
    await credit.page.goto(`${stack.url}/requests/${requestId}`);
    const changes = credit.page.getByRole('region', { name: '有什么变化' });
    await changes.getByText('账期').first().waitFor();
    expect((await changes.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/45.*→ 75/);
    expect(await credit.page.locator('article').innerText()).toContain('在审批时修改了内容');
    await shapely(credit.page);
    await picture(credit.page, 'edited-since-you-approved');
    await credit.page.getByRole('button', { name: '同意' }).waitFor();
    expect([...complaints, ...credit.complaints]).toEqual([]);
  });

  it('on a phone: a wrong price is named at its field, a better one is covered and approved', async () => {
    const lines = [{ product: 'GTX Pro', qty: '10', discountPct: '15' }];
    const { requestId } = await submittedQuote(await as('moses.frase'), { customer: 'Isdom', lines });
    const { page } = await open(PHONE, 'director.central');
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('修改后同意').click();
    const discount = sheet.getByLabel('GTX Pro · 折扣 %');
    await discount.fill('120');
    await sheet.getByRole('alert').first().waitFor();
    expect(await sheet.getByRole('button', { name: '修改并同意' }).isDisabled()).toBe(true);
    await discount.fill('13');
    await sheet.getByText('其他人已同意的范围包含此修改。').waitFor();
    expect((await sheet.innerText()).replaceAll(/\s+/g, ' ')).toMatch(/15.*→ 13/);
    await shapely(page);
    await picture(page, 'edit-in-decision-phone');
    await sheet.getByRole('button', { name: '修改并同意' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(requestId));
    const { body } = await (await as('moses.frase')).get<{ state: string }>(`/requests/${requestId}`);
    expect(body.state).toBe('APPROVED');
  });
});

describe('AE-SUB-2 an approver changes a request of a kind', () => {
  it('by the fields of its schema', async () => {
    const access = { REGIONAL_DIRECTOR: { '/price': 'WRITE', '/supplier': 'WRITE' } };
    await putInForce(await as('admin'), await as('cfo'), 'request.gift-s', { ...GIFT, access });
    const rep = await as('moses.frase');
    const { body } = await rep.post<{ id: string }>('/requests', { kind: 'gift-s', document: GIFT_DOCUMENT });
    await decide(await as('dustin.brinkmann'), body.id);

    const { page, complaints } = await open(DESKTOP, 'director.central');
    await page.goto(`${stack.url}/requests/${body.id}`);
    await page.getByRole('button', { name: '同意' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('修改后同意').click();
    await sheet.getByLabel('金额', { exact: true }).fill('1500.00');
    await sheet.getByText('重新审批人：Dustin Brinkmann').waitFor();
    await sheet.getByLabel('同意请以上人员重新审批').check();
    await shapely(page);
    await picture(page, 'edit-in-decision-kind');
    await sheet.getByRole('button', { name: '修改并同意' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(body.id));
    const after = await rep.get<{ path: { key: string; state: string; visit: number }[] }>(
      `/requests/${body.id}`,
    );
    expect(after.body.path[0]).toMatchObject({ key: 'TEAM_LEAD', state: 'ACTIVE', visit: 2 });
    expect(complaints).toEqual([]);
  });
});
