/// <reference lib="dom" />
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { decide } from '../builders/approval-client.js';
import { signedIn, submittedQuote } from '../builders/deal.js';
import type { ApiClient } from '../support/api.js';
import { DESKTOP, launchBrowser, openPage, PHONE, seriousViolations, signIn } from '../support/browser.js';
import { startStack, type Stack } from '../support/stack.js';

jest.setTimeout(180_000);

interface Policy {
  id: string;
  content: object;
}

interface Sold {
  state: string;
  contractId: string | null;
}

const DEAL = { customer: 'Konex', lines: [{ product: 'GTX Pro', qty: '10', discountPct: '8' }] };

let stack: Stack;
let browser: Browser;
let requestId: string;
let quoteId: string;
let inForce: Policy;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  ({ requestId, quoteId } = await submittedQuote(await signedIn(stack.url, 'moses.frase'), DEAL));
  const cfo = await signedIn(stack.url, 'cfo');
  inForce = (await cfo.get<Policy[]>('/policies?kind=approval.quote')).body[0]!;
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Discounts up to 10 % need nobody. */
function laxer({ content }: Policy): object {
  const text = JSON.stringify(content).replaceAll('"> 5"', '"> 10"').replaceAll('"<= 5"', '"<= 10"');
  return JSON.parse(text) as object;
}

async function open(username: string, path: string, viewport = DESKTOP): Promise<Page> {
  const { page } = await openPage(browser, viewport);
  await signIn(page, stack.url, username);
  await page.goto(`${stack.url}${path}`);
  return page;
}

async function shapely(page: Page, { width }: typeof DESKTOP): Promise<void> {
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('on %s', (_, viewport) => {
  it('AE-POL-3 a draft is tried on the requests of the past: figures, and who would not be asked', async () => {
    const cfo = await signedIn(stack.url, 'cfo');
    const draft = await cfo.post<Policy>('/policies/drafts', {
      kind: 'approval.quote',
      content: laxer(inForce),
      note: 'small discounts',
    });
    const page = await open('cfo', `/policies/${draft.body.id}?tab=whatIf`, viewport);
    await page.getByRole('button', { name: '试算' }).click();
    const changes = page.getByRole('region', { name: '路径会不同的申请' }).first();
    await changes.getByText('取消 组长').waitFor();
    expect(await changes.locator(`a[href="/requests/${requestId}"]`).count()).toBe(1);
    const figures = await page.getByRole('region', { name: '合计' }).innerText();
    expect(figures).toMatch(/1 → 0/);
    expect(figures).toContain('¥44,353.20');
    await shapely(page, viewport);
  });

  it('AE-PLAN-4 on the request: why somebody was not asked', async () => {
    const page = await open('dustin.brinkmann', `/requests/${requestId}`, viewport);
    await page.getByText('选一个人').click();
    await page.getByLabel('谁').fill('Martin');
    await page
      .locator('.ant-select-dropdown')
      .getByText(/Martin Xu/)
      .first()
      .click();
    await page
      .getByText(/没有规则要求这个节点，否则会问/)
      .first()
      .waitFor();
    expect(await page.getByRole('region', { name: '为什么没有问某人' }).innerText()).toContain('不成立');
    await shapely(page, viewport);
  });
});

describe('open requests', () => {
  it('AE-POL-2 are looked at one by one, and moved: the one that would end only when somebody answers for it; the processes they are part of go on', async () => {
    const rep = await signedIn(stack.url, 'moses.frase');
    const higher = await submittedQuote(rep, {
      customer: 'Isdom',
      lines: [{ product: 'GTX Pro', qty: '10', discountPct: '12' }],
    });
    const policyId = await publish(laxer(inForce));
    const page = await open('cfo', `/policies/${policyId}?tab=open`);
    const row = page.getByRole('listitem').filter({ hasText: 'Konex' }).first();
    await row.getByText('取消', { exact: true }).waitFor();
    await shapely(page, DESKTOP);
    await row.getByRole('checkbox').first().check();
    await page.getByLabel('为什么移动').fill('小折扣不再审批');
    expect(await page.getByRole('button', { name: '移动 0 个申请' }).isDisabled()).toBe(true);
    await row.getByLabel(/由我负责/).check();
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Isdom' })
      .first()
      .getByRole('checkbox')
      .first()
      .check();
    await page.getByRole('button', { name: '移动 2 个申请' }).click();
    await page.getByText('2 个申请中移动了 2 个').waitFor();
    await page.getByText('没有按其他版本审批的在途申请。').waitFor();
    await page.goto(`${stack.url}/requests/${requestId}`);
    await page.getByText('把它从策略第 1 版移到第 2 版').waitFor();

    const director = await signedIn(stack.url, 'director.central');
    expect((await decide(director, higher.requestId)).status).toBe(200);
    for (const sold of [quoteId, higher.quoteId]) expect(await contractOf(rep, sold)).not.toBeNull();
  });
});

/** The contract that the quotation's own process drafts once its approval is through and the customer has accepted. */
async function contractOf(rep: ApiClient, sold: string): Promise<string | null> {
  const until = async (done: (quote: Sold) => boolean): Promise<Sold> => {
    for (let left = 120; ; left -= 1) {
      const { body } = await rep.get<Sold>(`/quotes/${sold}`);
      if (done(body) || left === 0) return body;
      await pause(250);
    }
  };
  await until(({ state }) => state === 'APPROVED');
  await rep.post(`/quotes/${sold}/send`, {});
  await rep.post(`/quotes/${sold}/accept`, { acceptedBy: 'purchasing' });
  return (await until(({ contractId }) => contractId !== null)).contractId;
}

/** Version 2, in force at once. */
async function publish(content: object): Promise<string> {
  const database = new pg.Client({ connectionString: stack.databaseUrl });
  await database.connect();
  try {
    const id = randomUUID();
    await database.query('BEGIN');
    await database.query(
      `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
       WHERE kind = 'approval.quote' AND upper_inf(valid)`,
    );
    await database.query(
      `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
       VALUES ($1, 'approval.quote', 2, tstzrange(date_trunc('milliseconds', now()), NULL), $2, sha256('x'), 'test')`,
      [id, JSON.stringify(content)],
    );
    await database.query('COMMIT');
    return id;
  } finally {
    await database.end();
  }
}
