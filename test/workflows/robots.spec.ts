import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { createDeliveryActivities } from '../../src/activities/delivery.activities.js';
import { createEndpoint } from '../../src/commands/channel/endpoint.js';
import { SecretBox } from '../../src/commands/channel/secret-box.js';
import { channelsOf } from '../../src/integrations/channels.js';
import { Desk } from '../builders/approval-desk.js';
import { Messengers, type Card, type Messenger } from '../builders/messengers.js';
import { SECRET } from '../builders/post-office.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { startProcesses } from './live-processes.js';

const LEAD = 'dustin.brinkmann';
const MESSENGERS: readonly Messenger[] = ['DINGTALK', 'FEISHU', 'WECOM'];

let environment: TestWorkflowEnvironment;
let database: TestDatabase;
let desk: Desk;
let messengers: Messengers;
const stops: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [environment, database, messengers] = await Promise.all([
    devServer(),
    testDatabase({ seeded: true }),
    Messengers.start(),
  ]);
  const { dataSource } = database;
  desk = await Desk.over(dataSource);
  for (const channel of MESSENGERS) {
    const secret = channel === 'WECOM' ? null : messengers.secrets[channel];
    const endpoint = {
      channel,
      name: channel,
      url: messengers.url(channel),
      secret,
      kinds: [],
      personId: null,
    };
    const vault = { box: new SecretBox(SECRET), allowedHosts: [messengers.host] };
    await createEndpoint(dataSource, desk.meta('admin'), { ...endpoint, locale: 'en' }, vault);
  }
  const deliveries = createDeliveryActivities({
    dataSource,
    channels: channelsOf({ mail: null, allowedHosts: [messengers.host] }),
    secret: SECRET,
    publicUrl: 'https://sealflow.example',
  });
  const processes = await startProcesses(environment, dataSource, deliveries);
  stops.push(() => processes.stop());
}, 120_000);
afterAll(async () => {
  for (const stop of stops) await stop();
  await messengers?.stop();
  await environment?.teardown();
  await database?.close();
});

/** The cards of one kind, once every messenger has one. */
async function cards(title: string): Promise<Card[]> {
  for (const end = Date.now() + 30_000; Date.now() < end; await pause(50)) {
    const found = messengers.cards.filter((card) => card.title.startsWith(title));
    if (new Set(found.map(({ messenger }) => messenger)).size === MESSENGERS.length) return found;
  }
  throw new Error(`no ${title} card everywhere: ${JSON.stringify(messengers.cards)}`);
}

describe('AE-LINK-2 cards in messengers, end to end', () => {
  it('a task is a card; within five seconds of the decision every messenger says what became of it', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect(await cards('For your approval')).toHaveLength(MESSENGERS.length);
    await desk.vote(requestId, LEAD, 'APPROVE');
    const decidedAt = Date.now();
    for (const { text, at } of await cards('Stage decided')) {
      expect(text).toContain('Dustin Brinkmann');
      expect(at - decidedAt).toBeLessThanOrEqual(5_000);
    }
    const log = () =>
      desk.db.query<{ state: string; n: number }[]>(
        `SELECT state, count(*)::int AS n FROM delivery WHERE request_id = $1 AND kind IN ('TASK', 'STAGE_DECIDED') GROUP BY state`,
        [requestId],
      );
    // a messenger has the card before its delivery is stored as sent
    await until(async () => (await log()).every(({ state }) => state === 'SENT'));
    expect(await log()).toEqual([{ state: 'SENT', n: 2 * MESSENGERS.length }]);
  }, 90_000);
});
