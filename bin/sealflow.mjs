#!/usr/bin/env node
// `npx sealflow <command>`: what auditors and operators run against a database, without the rest of the product.
import { existsSync } from 'node:fs';

const COMMANDS = {
  'verify-audit': 'every change, refusal and read is what was written; names the first that is not',
  'verify-sod': 'every approval of a request kept its separation of duties; names the first that did not',
};

const [name] = process.argv.splice(2, 1);
const module = new URL(`../dist/launcher/${name}-cli.js`, import.meta.url);
if (name === undefined || !Object.hasOwn(COMMANDS, name)) {
  const lines = Object.entries(COMMANDS).map(([command, text]) => `  ${command.padEnd(14)} ${text}`);
  process.stderr.write(`npx sealflow <command>\n${lines.join('\n')}\n`);
  process.exitCode = 2;
} else if (!existsSync(module)) {
  process.stderr.write('not built yet: npm run build\n');
  process.exitCode = 2;
} else await import(module.href);
