/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { signedIn } from '../builders/deal.js';
import { edit, type PolicyAnswer } from '../builders/policy-desk.js';
import type { ApiClient } from '../support/api.js';
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
let cfo: ApiClient;
let admin: ApiClient;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack(), launchBrowser()]);
  [cfo, admin] = (await Promise.all(['cfo', 'admin'].map((name) => signedIn(stack.url, name)))) as [
    ApiClient,
    ApiClient,
  ];
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

interface Stages {
  stages: Record<string, unknown>[];
  ladders: Record<string, unknown>[];
  dedupe?: string;
}

/** A draft of the director's, opened at a tab. */
async function draftPage(
  tab: string,
  viewport = DESKTOP,
): Promise<{ page: Page; id: string; complaints: string[] }> {
  const director = await signedIn(stack.url, 'director.central');
  const { body } = await director.post<PolicyAnswer>('/policies/drafts', {
    kind: 'approval.quote',
    note: 'a trial of the editor',
  });
  const { page, complaints } = await openPage(browser, viewport);
  await signIn(page, stack.url, 'director.central');
  await page.goto(`${stack.url}/policies/${body.id}?tab=${tab}`);
  return { page, id: body.id, complaints };
}

async function saved(page: Page, id: string): Promise<Stages> {
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByRole('button', { name: '已保存' }).waitFor();
  return (await cfo.get<PolicyAnswer>(`/policies/${id}`)).body.content as unknown as Stages;
}

const find = ({ stages }: Stages, key: string) => stages.find((stage) => stage['key'] === key)!;

async function fill(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}

describe('AE-POL-1 the stages of a draft', () => {
  it('are added, written in full, moved, copied and removed; a problem stands at its field', async () => {
    const { page, id, complaints } = await draftPage('stages');
    await page.getByRole('button', { name: '加节点' }).click();
    const stage = page.getByRole('region', { name: '新节点' });
    await fill(stage.getByLabel('标识'), 'BOARD');
    await fill(stage.getByLabel('名称（中英文用 · 分隔）'), 'Board · 董事会');
    const board = page.getByRole('region', { name: '董事会' });
    const choose = (label: string, value: string) =>
      board.getByLabel(label, { exact: true }).first().selectOption(value);

    for (const kind of ['HEAD', 'MANAGER', 'CHAIN_TO_LIMIT', 'FORM_FIELD', 'EXPRESSION', 'GROUPS', 'CHILD'])
      await choose('审批人', kind);
    await choose('审批人', 'CHAIN_TO_LIMIT');
    await choose('沿线问谁', 'FIRST_AND_FINAL');
    await choose('无人有此权限时', 'CFO');
    await choose('表决方式', 'RATIO');
    await fill(board.getByLabel('同意比例 %'), '60');
    await board.getByLabel('同意 · 签名', { exact: true }).check();
    await choose('无人可审时', 'SKIP');
    await board.getByText('只有低风险').waitFor();
    expect(await board.getByLabel('无人可审时').getAttribute('aria-invalid')).toBe('true');
    await picture(page, 'policy-stage-editor');
    await choose('风险', 'LOW');
    await board.getByText('只有低风险').waitFor({ state: 'detached' });
    await board.getByLabel('「董事会」移到').selectOption({ label: '第 2 步，与其并行' });
    await page.getByRole('button', { name: '「法务」推后' }).click();
    await page.getByRole('group', { name: '节点「信用」' }).getByRole('button', { name: '复制' }).click();
    await page.getByLabel('同一人在多个节点').selectOption('FIRST_COUNTS');
    expect(await seriousViolations(page)).toEqual([]);

    const content = await saved(page, id);
    expect(find(content, 'BOARD')).toMatchObject({
      title: 'Board · 董事会',
      resolver: { kind: 'CHAIN_TO_LIMIT', mode: 'FIRST_AND_FINAL', topRole: 'CFO' },
      quorum: { kind: 'RATIO', percent: 60, strict: true },
      requires: { APPROVE: ['SIGNATURE'] },
      empty: { kind: 'SKIP' },
      risk: 'LOW',
      block: find(content, 'GENERAL_MANAGER')['block'],
    });
    expect(Number(find(content, 'LEGAL')['block'])).toBeGreaterThan(Number(find(content, 'CREDIT')['block']));
    expect(content.stages.map((one) => one['key'])).toContain('CREDIT_2');
    expect(content.dedupe).toBe('FIRST_COUNTS');

    await page.getByRole('group', { name: '节点「董事会」' }).getByRole('button', { name: '删除' }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('button', { name: '重做' }).click();
    expect((await saved(page, id)).stages.map((one) => one['key'])).not.toContain('BOARD');
    expect(complaints).toEqual([]);
  });

  it('and their time limits are written on a phone', async () => {
    const { page, id, complaints } = await draftPage('stages', PHONE);
    await page.getByRole('button', { name: '加时限' }).click();
    const ladder = page.getByRole('group', { name: /^LADDER/ });
    await fill(ladder.getByLabel('工作分钟'), '900');
    await ladder.getByLabel('做什么').first().selectOption('AUTO_APPROVE');
    await fill(ladder.getByLabel('金额上限'), '5000');
    await ladder.getByRole('button', { name: '加一级' }).click();
    await page
      .getByRole('button', { name: /^▸?总经理|总经理/ })
      .first()
      .click();
    await page
      .getByRole('region', { name: '总经理' })
      .getByLabel('时限', { exact: true })
      .selectOption('LADDER');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    expect(await seriousViolations(page)).toEqual([]);
    const content = await saved(page, id);
    expect(find(content, 'GENERAL_MANAGER')['ladder']).toBe('LADDER');
    expect(content.ladders.at(-1)).toMatchObject({
      workMinutes: 900,
      rungs: [
        { kind: 'AUTO_APPROVE', cap: { amount: '5000', currency: 'CNY' } },
        {},
        { kind: 'INCIDENT' },
        { kind: 'REMIND', atPercent: 250 },
      ],
    });
    expect(complaints).toEqual([]);
  });
});

describe('AE-POL-1 the decision table of a draft', () => {
  const cells = (page: Page) =>
    page
      .getByRole('grid', { name: '决策表' })
      .getByRole('row')
      .evaluateAll((rows) =>
        rows.slice(1).map((row) =>
          Array.from(row.querySelectorAll('td'))
            .slice(0, 2)
            .map((cell) => cell.innerText.split('\n')[0]!.trim()),
        ),
      );

  it('takes a block from a spreadsheet, undoes and redoes; rows are added, copied, moved and removed', async () => {
    const { page, complaints } = await draftPage('table');
    const grid = page.getByRole('grid', { name: '决策表' });
    await grid.waitFor();
    const before = await cells(page);
    await grid.getByRole('row').nth(1).getByRole('gridcell').first().click();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', '> 41\t> 1000\n> 42\t"> 2000"\n');
      document.activeElement!.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    });
    await grid.getByText('> 42').waitFor();
    const pasted = await cells(page);
    expect(pasted.slice(0, 2)).not.toEqual(before.slice(0, 2));
    expect(pasted.slice(2)).toEqual(before.slice(2));
    await page.keyboard.press('Control+z');
    await grid.getByText('> 42').waitFor({ state: 'detached' });
    expect(await cells(page)).toEqual(before);
    await page.keyboard.press('Control+y');
    await grid.getByText('> 42').waitFor();
    expect(await cells(page)).toEqual(pasted);

    const tool = (name: string) =>
      page.getByRole('toolbar', { name: '编辑表格' }).getByRole('button', { name, exact: true });
    await tool('在下方加行').click();
    expect((await cells(page)).length).toBe(pasted.length + 1);
    await tool('删除此行').click();
    expect(await cells(page)).toEqual(pasted);
    await grid.getByRole('row').nth(1).getByRole('gridcell').first().click();
    await tool('复制此行').click();
    expect((await cells(page)).slice(0, 3)).toEqual([pasted[0], pasted[0], pasted[1]]);
    await tool('下移').click();
    expect((await cells(page)).slice(0, 3)).toEqual([pasted[0], pasted[1], pasted[0]]);
    await tool('上移').click();
    await tool('撤销').click();
    await tool('重做').click();
    expect((await cells(page)).slice(0, 3)).toEqual([pasted[0], pasted[0], pasted[1]]);
    expect(complaints).toEqual([]);
  });

  it('saved by somebody else meanwhile: both sides are shown, merged, and nothing is lost', async () => {
    const { page, id } = await draftPage('table');
    const grid = page.getByRole('grid', { name: '决策表' });
    await grid.getByRole('row').nth(1).getByRole('gridcell').first().click();
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('> 43');
    await page.keyboard.press('Enter');

    const stored = (await admin.get<PolicyAnswer>(`/policies/${id}`)).body;
    const { stages } = stored.content as unknown as Stages;
    const theirs = stages.map((stage) =>
      stage['key'] === 'LEGAL' ? { ...stage, ladder: 'STANDARD' } : stage,
    );
    expect((await edit(admin, stored, { content: { ...stored.content, stages: theirs } })).status).toBe(200);

    await page.getByRole('button', { name: '保存', exact: true }).click();
    const conflict = page.getByRole('alert', { name: '他人在您编辑期间保存了这份草稿。' });
    await conflict.getByRole('heading', { name: '对方的改动' }).waitFor();
    await conflict.getByText(/LEGAL · 时限/).waitFor();
    await conflict.getByText('> 43').waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await picture(page, 'policy-conflict');
    await conflict.getByRole('button', { name: /^合并/ }).click();
    await grid.getByText('> 43').waitFor();

    const content = await saved(page, id);
    expect(find(content, 'LEGAL')['ladder']).toBe('STANDARD');
    expect(JSON.stringify(content)).toContain('"> 43"');
  });
});
