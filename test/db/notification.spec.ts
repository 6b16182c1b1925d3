import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { fireDueRungs } from '../../src/commands/approval/time.js';
import { transferSeat } from '../../src/commands/approval/seats.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import { FakeMail } from '../../src/integrations/mail.fake.js';
import { Desk, refusal } from '../builders/approval-desk.js';
import { addEndpoint, deliveries, postOffice } from '../builders/post-office.js';

const LEAD = 'dustin.brinkmann';
let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const told = async (requestId: string) =>
  (
    await desk.db.query<{ text: string }[]>(
      `SELECT n.kind || ' ' || coalesce(e.username, 'all') AS text FROM notification n LEFT JOIN employee e ON e.id = n.person_id
       WHERE n.request_id = $1 ORDER BY n.at, n.id`,
      [requestId],
    )
  ).map(({ text }) => text);

/** The id of a request's only delivery. */
async function only(requestId: string): Promise<string> {
  const rows = await deliveries(desk.db, requestId);
  expect(rows).toHaveLength(1);
  return rows[0]!.id;
}

async function withAddress(...usernames: string[]): Promise<void> {
  await desk.db.query(
    `UPDATE employee SET email = username || '@example.com', locale = 'en', quiet_from = NULL, quiet_to = NULL
     WHERE username = ANY ($1)`,
    [usernames],
  );
}

describe('with no channel', () => {
  it('a submission tells the holder in the console, and nothing is queued', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect(await told(requestId)).toEqual([`TASK ${LEAD}`]);
    expect(await deliveries(desk.db, requestId)).toEqual([]);
  });

  it('a refused command tells nobody; a repeated one tells once', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    expect(await refusal(desk.vote(requestId, LEAD, 'APPROVE', { expectedSeatVersion: 9 }))).toBe(
      'STALE_VERSION',
    );
    expect(await told(requestId)).toEqual([`TASK ${LEAD}`]);
    const ballot = await desk.ballot(requestId, LEAD, 'APPROVE');
    const meta = { key: 'same', scope: `decide ${ballot.seatId}`, body: { ...ballot } };
    await desk.vote(requestId, LEAD, 'APPROVE', {}, meta);
    await desk.vote(requestId, LEAD, 'APPROVE', ballot, meta);
    expect(await told(requestId)).toEqual([`TASK ${LEAD}`, 'STAGE_DECIDED all', 'OUTCOME moses.frase']);
  });
});

describe('with mail', () => {
  beforeAll(async () => {
    await offerMail(desk.db, true);
    await withAddress(LEAD, 'manager', 'moses.frase');
  });
  afterAll(() => offerMail(desk.db, false));

  it('queues a mail in the same transaction, to whoever has an address, with a message for its workflow', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD, 'finance'])]);
    const queued = await deliveries(desk.db, requestId);
    expect(queued).toEqual([expect.objectContaining({ kind: 'TASK', state: 'PENDING', username: LEAD })]);
    const [message] = await desk.db.query<{ workflow_type: string; input: unknown }[]>(
      `SELECT workflow_type, input FROM outbox WHERE workflow_id = $1`,
      [`deliver/${queued[0]!.id}`],
    );
    expect(message).toEqual({ workflow_type: 'deliver', input: { deliveryId: queued[0]!.id } });
  });

  it('sends the facts, why, and one link of the holder’s own; English half of bilingual texts', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD], { title: 'Team lead · 组长' })]);
    const mail = new FakeMail();
    const id = await only(requestId);
    expect(await postOffice(desk.db, { mail }).sendDelivery(id)).toEqual({ state: 'SENT', waitMs: null });
    expect(mail.sent).toHaveLength(1);
    const { to, subject, text, html, messageId } = mail.sent[0]!;
    expect(to).toEqual({ name: 'Dustin Brinkmann', address: `${LEAD}@example.com` });
    expect(subject).toMatch(/^For your approval: T-\d+ A thing to approve$/);
    expect(text).toContain('Amount: 100000.00 CNY');
    expect(text).toContain('Stage: Team lead\n');
    expect(text).toContain('Why you:\n- amount 100000');
    expect(text).not.toContain('12.5'); // confidential
    expect(messageId).toBe(`<${id}@sealflow.example>`);
    expect(text).toMatch(/Open: https:\/\/sealflow\.example\/d\/[\w-]{43}\n/);
    expect(html.match(/href="https:\/\/sealflow\.example\/d\/[\w-]{43}"/g)).toHaveLength(1);
    expect(await deliveries(desk.db, requestId)).toEqual([
      expect.objectContaining({ state: 'SENT', attempts: 1, provider_id: '250 queued as 1' }),
    ]);
  });

  it('V1.21 a hostile title is text in HTML and one line in the header', async () => {
    const subject = await desk.subject(await desk.policy([desk.seats('LEAD', [LEAD])]));
    subject.title = '<img src=x onerror=alert(1)>\r\nBcc: all@example.com';
    const { requestId } = (await desk.submit(subject)).value;
    const mail = new FakeMail();
    const id = await only(requestId);
    await postOffice(desk.db, { mail }).sendDelivery(id);
    expect(mail.sent[0]!.subject).toMatch(
      /^For your approval: T-\d+ <img src=x onerror=alert\(1\)> Bcc: all@example.com$/,
    );
    expect(mail.sent[0]!.html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(mail.sent[0]!.html).not.toContain('<img');
  });

  it('a task that was passed on meanwhile is not mailed: OBSOLETE; the new holder hears', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const { id: seatId, version } = await desk.seatOf(requestId, LEAD);
    const input = { seatId, toPersonId: desk.id('manager'), expectedSeatVersion: version, reason: 'x' };
    await transferSeat(desk.db, desk.meta(LEAD), input);
    const mail = new FakeMail();
    const office = postOffice(desk.db, { mail });
    for (const { id } of await deliveries(desk.db, requestId)) await office.sendDelivery(id);
    expect(
      (await deliveries(desk.db, requestId)).map(({ kind, username, state, code }) => [
        kind,
        username,
        state,
        code,
      ]),
    ).toEqual([
      ['TASK', LEAD, 'SKIPPED', 'OBSOLETE'],
      ['TASK', 'manager', 'SENT', null],
    ]);
    expect(mail.sent.map(({ to }) => to.address)).toEqual(['manager@example.com']);
  });

  it('a mail that was sent is not sent again by a repeated activity', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    const mail = new FakeMail();
    const office = postOffice(desk.db, { mail });
    const id = await only(requestId);
    await office.sendDelivery(id);
    await office.sendDelivery(id);
    expect(mail.sent).toHaveLength(1);
  });

  it('a refusal for good is FAILED at once; giving up is FAILED with the last error', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD, 'manager'])]);
    const office = postOffice(desk.db, { mail: new FakeMail(['NEVER', 'LATER']) });
    const [first, second] = await deliveries(desk.db, requestId);
    await expect(office.sendDelivery(first!.id)).rejects.toMatchObject({
      nonRetryable: true,
      type: 'REJECTED',
    });
    await expect(office.sendDelivery(second!.id)).rejects.toThrow('421');
    await office.endFailedDelivery(second!.id, '421 try again later');
    expect(
      (await deliveries(desk.db, requestId)).map(({ state, code, error }) => [state, code, error]),
    ).toEqual([
      ['FAILED', 'REJECTED', '550 no such user'],
      ['FAILED', 'GAVE_UP', '421 try again later'],
    ]);
  });

  it('quiet hours hold a message back without an attempt; off means off', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.db.query(`UPDATE employee SET quiet_from = '00:00', quiet_to = '23:59' WHERE username = $1`, [
      LEAD,
    ]);
    const id = await only(requestId);
    const outcome = await postOffice(desk.db, { mail: new FakeMail() }).sendDelivery(id);
    await withAddress(LEAD);
    expect(outcome.state).toBe('WAITING');
    expect(outcome.waitMs).toBeGreaterThanOrEqual(1_000);
    expect((await deliveries(desk.db, requestId))[0]).toMatchObject({ state: 'PENDING', attempts: 0 });
    await desk.db.query(
      `INSERT INTO notification_preference (person_id, kind, channel, enabled) VALUES ($1, 'TASK', 'MAIL', false)`,
      [desk.id(LEAD)],
    );
    const other = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.db.query(`DELETE FROM notification_preference`);
    expect(await deliveries(desk.db, other)).toEqual([]);
    expect(await told(other)).toEqual([`TASK ${LEAD}`]);
  });
});

describe('time', () => {
  it('a reminder that fires tells the holder once', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.db.query(
      `UPDATE approval_seat SET rungs = jsonb_set(rungs, '{0,at}', '"2020-01-01T00:00:00.000Z"') WHERE request_id = $1`,
      [requestId],
    );
    await fireDueRungs(desk.db, { key: 'one', correlationId: null }, requestId);
    await fireDueRungs(desk.db, { key: 'two', correlationId: null }, requestId);
    expect(await told(requestId)).toEqual([`TASK ${LEAD}`, `REMINDER ${LEAD}`]);
  });

  it('AE-WD-1 a withdrawal tells the holders once', async () => {
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD, 'manager'])]);
    await withdrawRequest(desk.db, desk.meta('moses.frase'), {
      requestId,
      reason: null,
    });
    // besides, whoever reads a group's card hears of the end: nobody in person
    expect((await told(requestId)).filter((text) => text !== 'OUTCOME all').sort()).toEqual(
      ['TASK manager', `TASK ${LEAD}`, `TASK_GONE ${LEAD}`, 'TASK_GONE manager'].sort(),
    );
  });
});

describe('a webhook', () => {
  it('gets the kinds of event it asked for, each with its seq on the chain', async () => {
    await addEndpoint(desk.db, {
      channel: 'WEBHOOK',
      url: 'https://hooks.example.com/',
      kinds: ['request.submitted', 'request.closed'],
    });
    const requestId = await desk.pending([desk.seats('LEAD', [LEAD])]);
    await desk.vote(requestId, LEAD, 'APPROVE');
    const rows = await desk.db.query<{ kind: string; payload: { seq: number } }[]>(
      `SELECT d.kind, d.payload, (SELECT v.type FROM event v WHERE v.aggregate_id = d.request_id AND v.seq = (d.payload->>'seq')::int) AS type
       FROM delivery d WHERE d.request_id = $1 ORDER BY (d.payload->>'seq')::int`,
      [requestId],
    );
    expect(rows).toEqual([
      expect.objectContaining({ kind: 'request.submitted', type: 'request.submitted' }),
      expect.objectContaining({ kind: 'request.closed', type: 'request.closed' }),
    ]);
  });
});
