import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { dealEvents as en } from '../../web/src/i18n/en/deal-events.js';
import { dealEvents as zh } from '../../web/src/i18n/zh/deal-events.js';

const COMMANDS = join(process.cwd(), 'src/commands');
/** The timeline shows these as a stage or an activity. */
const SHOWN_OTHERWISE = ['opportunity.created', 'opportunity.stage-changed'];
const TOLD = /\btype: '((?:opportunity|quote|contract|milestone|order|dispute)\.[a-z-]+)'/g;

const types = readdirSync(COMMANDS, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
  .flatMap((name) => [...readFileSync(join(COMMANDS, name), 'utf8').matchAll(TOLD)].map(([, type]) => type!))
  .filter((type) => !SHOWN_OTHERWISE.includes(type));

describe('the timeline of a deal', () => {
  it.each([
    ['English', en.dealEvent],
    ['Chinese', zh.dealEvent],
  ])('has a line in %s for whatever happens to a deal, a quotation or a contract', (_, words) => {
    expect(types.length).toBeGreaterThan(30);
    expect(types.filter((type) => !(type.replaceAll('.', '_') in words))).toEqual([]);
  });
});
