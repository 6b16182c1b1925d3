/// <reference lib="dom" />
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage, PHONE, picture, seriousViolations, signIn } from '../support/browser.js';
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

describe('what a customer owes and may owe', () => {
  it('finance sees limit, what counts against it and what the checks find; on a phone nothing runs over', async () => {
    const desk = (await openPage(browser, { width: 1280, height: 900 })).page;
    await signIn(desk, stack.url, 'finance');
    await desk.goto(`${stack.url}/customers?search=Cheers`);
    await desk.getByRole('link', { name: /Cheers/ }).click();
    const credit = desk.getByRole('region', { name: '信用', exact: true });
    await credit.getByRole('progressbar', { name: '客户额度' }).waitFor();
    await credit.getByText('2,000,000').first().waitFor();
    await credit.getByText('没有占用。').waitFor();
    await credit.getByText('所有检查均通过。').waitFor();
    expect(await seriousViolations(desk)).toEqual([]);
    await picture(desk, 'customer-credit');

    const phone = (await openPage(browser, PHONE)).page;
    await signIn(phone, stack.url, 'finance');
    await phone.goto(desk.url());
    await phone.getByRole('progressbar', { name: '客户额度' }).waitFor();
    expect(await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await picture(phone, 'customer-credit-phone');
  });
});

describe('a customer nobody may deal with', () => {
  it('is blocked by legal with cause and note; a rep sees who and when, not the note; legal lifts it', async () => {
    const legal = (await openPage(browser, { width: 1440, height: 900 })).page;
    await signIn(legal, stack.url, 'legal');
    await legal.goto(`${stack.url}/customers?search=Isdom`);
    await legal.getByRole('link', { name: /Isdom/ }).click();
    await legal.getByRole('button', { name: '冻结客户' }).click();
    const sheet = legal.getByRole('dialog');
    await sheet.getByLabel('原因').selectOption('INSOLVENCY');
    await sheet.getByRole('textbox').fill('法院受理破产申请');
    await picture(legal, 'customer-block-sheet');
    await sheet.getByRole('button', { name: '冻结客户' }).click();
    await legal.getByRole('status').getByText('破产或资不抵债').waitFor();
    await legal.getByText('法院受理破产申请').waitFor();
    expect(await seriousViolations(legal)).toEqual([]);
    await picture(legal, 'customer-blocked');

    const rep = (await openPage(browser, PHONE)).page;
    await signIn(rep, stack.url, 'moses.frase');
    await rep.goto(new URL(legal.url()).href);
    await rep.getByRole('status').getByText('破产或资不抵债').waitFor();
    await rep.getByRole('listitem').getByText('破产或资不抵债').waitFor();
    expect(await rep.getByText('法院受理破产申请').count()).toBe(0);
    expect(await rep.getByRole('button', { name: '解除冻结' }).count()).toBe(0);
    expect(await rep.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
    await picture(rep, 'customer-blocked-phone');

    await legal.getByRole('button', { name: '解除冻结' }).click();
    await legal.getByRole('dialog').getByRole('textbox').fill('申请已撤回');
    await legal.getByRole('dialog').getByRole('button', { name: '解除冻结' }).click();
    await legal.getByRole('dialog').waitFor({ state: 'detached' });
    await legal.getByText('可以正常交易').waitFor();
    await legal.getByRole('listitem').getByText('申请已撤回').waitFor();
    await picture(legal, 'customer-lifted');
  });
});
