import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createEndpoint } from '../../src/commands/channel/endpoint.js';
import { SecretBox } from '../../src/commands/channel/secret-box.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import { channelsOf } from '../../src/integrations/channels.js';
import { Desk } from '../builders/approval-desk.js';
import { Messengers, type Messenger } from '../builders/messengers.js';
import { deliveries, postOffice, SECRET } from '../builders/post-office.js';

const LEAD = 'dustin.brinkmann';
const MESSENGERS: readonly Messenger[] = ['DINGTALK', 'FEISHU', 'WECOM'];

let desk: Desk;
let messengers: Messengers;
beforeAll(async () => {
  desk = await Desk.open();
  messengers = await Messengers.start();
});
afterEach(async () => {
  messengers.cards.length = 0;
  await desk.db.query(`UPDATE channel_endpoint SET state = 'DISABLED'`);
});
afterAll(async () => {
  await messengers.stop();
  await desk.close();
});

/** A robot as an admin sets it up; `personId`: one that only this person reads. */
async function robot(
  channel: Messenger,
  over: { secret?: string; url?: string; personId?: string; kinds?: string[] } = {},
): Promise<string> {
  const right = channel === 'WECOM' ? null : messengers.secrets[channel];
  const endpoint = {
    channel,
    name: `${channel} robot`,
    url: over.url ?? messengers.url(channel),
    secret: over.secret ?? right,
    kinds: over.kinds ?? [],
    personId: over.personId ?? null,
    locale: 'en' as const,
  };
  const vault = { box: new SecretBox(SECRET), allowedHosts: [messengers.host] };
  return (await createEndpoint(desk.db, desk.meta('admin'), endpoint, vault)).value.id;
}

/** Sends what is queued for the request, through the real clients. */
async function sendAll(requestId: string): Promise<void> {
  const channels = channelsOf({ mail: null, allowedHosts: [messengers.host] });
  const office = postOffice(desk.db, channels);
  for (const { id, state } of await deliveries(desk.db, requestId))
    if (state === 'PENDING' || state === 'RETRYING') await office.sendDelivery(id).catch(() => undefined);
}
const stateOf = async (requestId: string) =>
  (await deliveries(desk.db, requestId)).map(({ kind, state, code }) => [kind, state, code]);
const pending = () => desk.pending([desk.seats('LEAD', [LEAD], { title: 'Team lead · 组长' })]);

describe.each(MESSENGERS)('a card in %s', (messenger) => {
  it('goes out signed as the messenger wants it, with a button to the page; it is in the delivery log', async () => {
    await robot(messenger);
    const requestId = await pending();
    await sendAll(requestId);
    expect(messengers.cards).toHaveLength(1);
    const [card] = messengers.cards;
    expect(card!.title).toContain('For your approval');
    expect(card!.text).toContain('100000.00 CNY');
    expect(card!.text).not.toContain('12.5'); // confidential
    expect(new Set(card!.links)).toEqual(new Set([`https://sealflow.example/requests/${requestId}`]));
    expect(await stateOf(requestId)).toEqual([['TASK', 'SENT', null]]);
  });

  it('AE-LINK-2 after a decision a follow-up says who decided and how', async () => {
    await robot(messenger);
    const requestId = await pending();
    await sendAll(requestId);
    await desk.vote(requestId, LEAD, 'REJECT');
    await sendAll(requestId);
    const said = (title: string) => messengers.cards.find((card) => card.title.startsWith(title))!.text;
    expect(messengers.cards).toHaveLength(3);
    expect(said('Stage decided')).toContain('Dustin Brinkmann');
    expect(said('Outcome')).toContain('rejected');
  });

  it('AE-LINK-2 after a withdrawal too, though its initiator needs no telling', async () => {
    await robot(messenger);
    const requestId = await pending();
    await sendAll(requestId);
    await withdrawRequest(desk.db, desk.meta('moses.frase'), { requestId, reason: null });
    await sendAll(requestId);
    expect(messengers.cards.at(-1)!.text).toContain('withdrawn');
  });

  it('a robot of one’s own gets the holder’s own link, which a scanner cannot decide with, and the follow-up', async () => {
    await robot(messenger, { personId: desk.id(LEAD) });
    const requestId = await desk.pending([desk.seats('A', [LEAD, 'legal'])]);
    await sendAll(requestId);
    expect(messengers.cards).toHaveLength(1);
    expect(messengers.cards[0]!.links[0]).toMatch(/^https:\/\/sealflow\.example\/d\/[\w-]{43}$/);
    await desk.vote(requestId, 'legal', 'APPROVE');
    await sendAll(requestId);
    expect(messengers.cards[1]!.title).toContain('Stage decided');
  });

  it('a robot of somebody else’s gets nothing of it', async () => {
    await robot(messenger, { personId: desk.id('legal') });
    const requestId = await pending();
    await desk.vote(requestId, LEAD, 'REJECT');
    expect(await stateOf(requestId)).toEqual([]);
  });
});

describe('what a messenger refuses', () => {
  it.each<[Messenger, string]>([
    ['DINGTALK', 'SEC-wrong'],
    ['FEISHU', 'wrong'],
  ])('%s: a wrong secret is FAILED with its reason, at once', async (messenger, secret) => {
    await robot(messenger, { secret });
    const requestId = await pending();
    await sendAll(requestId);
    expect(await stateOf(requestId)).toEqual([['TASK', 'FAILED', 'BAD_SECRET']]);
  });

  it.each<[Messenger, object]>([
    ['DINGTALK', { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' }],
    ['FEISHU', { code: 11232, msg: 'frequency limited' }],
    ['WECOM', { errcode: 45009, errmsg: 'api freq out of limit' }],
  ])('%s: too many at once is tried again, and then it goes', async (messenger, answer) => {
    await robot(messenger);
    const requestId = await pending();
    messengers.answers.push(answer as Record<string, unknown>);
    await sendAll(requestId);
    expect(await stateOf(requestId)).toEqual([['TASK', 'RETRYING', null]]);
    await sendAll(requestId);
    expect(await stateOf(requestId)).toEqual([['TASK', 'SENT', null]]);
  });

  it('what people type is text in a card: no link, no mention', async () => {
    await robot('DINGTALK');
    const subject = await desk.subject(await desk.policy([desk.seats('LEAD', [LEAD])]));
    subject.title = '[pay here](https://evil.example) @all';
    const { requestId } = (await desk.submit(subject)).value;
    await sendAll(requestId);
    expect(messengers.cards[0]!.text).not.toMatch(/[^\\]\[pay here|[^\\]@all/);
  });
});
