/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { signedIn } from '../builders/deal.js';
import type { PolicyAnswer } from '../builders/policy-desk.js';
import { DESKTOP, launchBrowser, openPage, picture, seriousViolations, signIn } from '../support/browser.js';
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

async function draftPage(): Promise<{ page: Page; id: string; complaints: string[] }> {
  const director = await signedIn(stack.url, 'director.central');
  const { body } = await director.post<PolicyAnswer>('/policies/drafts', {
    kind: 'approval.quote',
    note: 'a trial of its rules',
  });
  const { page, complaints } = await openPage(browser, DESKTOP);
  await signIn(page, stack.url, 'director.central');
  await page.goto(`${stack.url}/policies/${body.id}?tab=stages`);
  return { page, id: body.id, complaints };
}

async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}

describe('AE-POL-1 the rules of a draft', () => {
  it('separate duties, say what an approval covers and who is sent a copy, and are saved as they are written', async () => {
    const { page, id, complaints } = await draftPage();
    const duties = page.getByRole('region', { name: '职责分离' });
    await duties.getByRole('button', { name: '添加规则' }).click();
    const rule = duties.getByRole('group', { name: '规则 1' });
    await rule.getByLabel('审批人').selectOption('DISTINCT');
    await rule.getByLabel('节点 1').selectOption('FINANCE');
    await rule.getByLabel('节点 2').selectOption('CREDIT');
    const copies = page.getByRole('region', { name: '抄送' });
    await copies.getByRole('button', { name: '添加抄送' }).click();
    await copies.getByLabel('时机').selectOption('STAGE_PASSED');
    await copies.getByLabel('节点').selectOption('LEGAL');
    await copies.getByLabel('抄送给').selectOption('MANAGER');

    await page.getByRole('region', { name: '法务' }).getByRole('button', { expanded: false }).click();
    const legal = page.getByRole('region', { name: '法务' });
    await legal.getByLabel('添加取值').selectOption('termDays');
    const days = legal.getByRole('group').filter({ has: page.locator('input[value="termDays"]') });
    await days.getByLabel('可变为').selectOption('AT_MOST');
    await fill(days.getByLabel('审批人最多可放宽到'), '60');
    await fill(legal.getByLabel('账面数据最多可旧（分钟）'), '120');
    await legal.getByLabel('汇报关系变化时，未处理的席位随之变动').check();
    await legal.getByText('需要在节点开始时按汇报线找人').waitFor();
    await legal.getByLabel('汇报关系变化时，未处理的席位随之变动').uncheck();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'policy-rules');

    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByRole('button', { name: '已保存' }).waitFor();
    const cfo = await signedIn(stack.url, 'cfo');
    const content = (await cfo.get<PolicyAnswer>(`/policies/${id}`)).body.content as unknown as {
      separation: unknown;
      cc: unknown;
      stages: { key: string }[];
    };
    expect(content.separation).toEqual([{ kind: 'DISTINCT', stages: ['FINANCE', 'CREDIT'] }]);
    expect(content.cc).toEqual([
      { on: 'STAGE_PASSED', stageKey: 'LEGAL', to: { kind: 'MANAGER', levels: 1 } },
    ]);
    const stage = content.stages.find(({ key }) => key === 'LEGAL');
    expect(stage).toMatchObject({
      envelope: [
        { name: 'nonStandardClauses', direction: 'WITHIN' },
        { name: 'termDays', direction: 'AT_MOST', widest: '60' },
      ],
      snapshotMaxAgeMinutes: 120,
    });
    expect(stage).not.toHaveProperty('strictReporting');
    expect(complaints).toEqual([]);
  });

  it('are not shown as if there were none while they cannot be read', async () => {
    const { page } = await draftPage();
    await page.route('**/policies/vocabulary', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').getByText('连接不到服务器').first().waitFor({ timeout: 60_000 });
    await page.unroute('**/policies/vocabulary');
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.getByRole('button', { name: '加节点' }).waitFor();
  });
});
