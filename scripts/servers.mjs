// What tests run against and npm does not install: Temporal, its time-skipping test server and, with --browser, Chromium.
// Fetched or built once, before any test's clock runs; the servers are cached outside the repository.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath, temporalBinary } from '../dist/launcher/temporal-binary.js';

const cache = process.env.SEALFLOW_CACHE ?? join(homedir(), '.cache', 'sealflow');
const jars = join(cache, 'test-server-1.38.0');

const started = performance.now();
const say = (line) =>
  console.log(`[${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s] ${line}`);

await temporalBinary(cache, say);
// Maven, because the SDK's own download needs a host that not every network reaches; without Maven the SDK must do
if (!existsSync(jars) && onPath('mvn') && onPath('java')) {
  say('fetching the time-skipping test server');
  const fresh = `${jars}.${process.pid}`;
  const pom = fileURLToPath(new URL('../tools/test-server/pom.xml', import.meta.url));
  mkdirSync(cache, { recursive: true });
  execFileSync('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${fresh}`]);
  if (existsSync(jars)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, jars);
}

// Chromium for the console's stories
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const browser = () => process.env.CHROMIUM_PATH ?? BROWSERS.map(onPath).find((path) => path !== undefined);
if (process.argv.includes('--browser') && browser() === undefined) {
  if (onPath('apt-get')) {
    say('installing Chromium and a Chinese font');
    const quietly = { stdio: ['ignore', 'ignore', 'inherit'] };
    try {
      execFileSync('apt-get', ['update', '-qq'], quietly);
      execFileSync('apt-get', ['install', '-y', '-qq', 'chromium', 'fonts-noto-cjk'], quietly);
    } catch {
      // told below, with what to do
    }
  }
  if (browser() === undefined) {
    console.error('the console is tested in Chromium and none was found: install it, or set CHROMIUM_PATH');
    process.exit(1);
  }
}
if (performance.now() - started > 1_000) say('all that tests run against is there');
