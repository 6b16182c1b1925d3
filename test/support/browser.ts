/// <reference lib="dom" />
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { onPath } from '../../src/launcher/temporal-binary.js';
import { chromium, type Browser, type Page } from 'playwright-core';

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PATIENCE_MS = 15_000;
const PASSWORD = 'sealflow';
const SCREENSHOTS = join(process.cwd(), 'docs/screenshots');

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath:
      process.env['CHROMIUM_PATH'] ?? BROWSERS.map(onPath).find((path) => path !== undefined) ?? '',
    args: ['--no-sandbox', '--disable-background-networking'],
  });
}

/** A page of its own, signed out. What the browser complains about is collected: a story ends with an empty list. */
export async function openPage(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { page, complaints };
}

/** Signs in as a demo account, in Chinese. */
export async function signIn(page: Page, url: string, username: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('用户名').fill(username);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.waitForURL('**/inbox**');
}

/**
 * Serious and critical accessibility violations of the page as it stands, as `rule: element`.
 * The first rows of a table stand for those like them, and what passed is not described: contrast of 1,600 elements,
 * each reported with its selector, took a minute.
 */
export async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode() // one frame: no second page is needed to put results together
    .exclude('tr:nth-child(n + 7)')
    .options({ resultTypes: ['violations'] })
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** Pictures for people; written only when asked for, so that a test run leaves the repository as it was. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['SEALFLOW_SCREENSHOTS']) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
