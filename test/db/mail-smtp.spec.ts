import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { offerMail } from '../../src/commands/channel/mail-endpoint.js';
import { smtpMail, type MailClient } from '../../src/integrations/mail.client.js';
import { Desk } from '../builders/approval-desk.js';
import { deliveries, postOffice } from '../builders/post-office.js';
import { startSmtp, type TestSmtp } from '../support/smtp.js';

const LEAD = 'dustin.brinkmann';
let desk: Desk;
let smtp: TestSmtp;
let mail: MailClient;
beforeAll(async () => {
  desk = await Desk.open();
  await offerMail(desk.db, true);
  await desk.db.query(
    `UPDATE employee SET email = 'lead@example.com', locale = 'zh-CN' WHERE username = $1`,
    [LEAD],
  );
});
afterAll(() => desk.close());
beforeEach(async () => {
  smtp = await startSmtp();
  mail = smtpMail({ url: smtp.url, from: 'Sealflow <sealflow@example.com>' });
});
afterEach(async () => {
  mail.close();
  await smtp.close();
});

/** A request whose one mail waits, and its delivery. */
async function queued(title = 'A thing to approve') {
  const subject = await desk.subject(await desk.policy([desk.seats('LEAD', [LEAD])]));
  subject.title = title;
  const { requestId } = (await desk.submit(subject)).value;
  const rows = await deliveries(desk.db, requestId);
  return { requestId, id: rows[0]!.id };
}
const headersOf = (raw: string) => raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ');
const header = (raw: string, name: string) =>
  headersOf(raw)
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));

describe('mail over a real SMTP server', () => {
  it('arrives in Chinese with text and HTML, says that it is automatic, and threads by request', async () => {
    const { requestId, id } = await queued();
    await postOffice(desk.db, { mail }).sendDelivery(id);
    const [raw] = smtp.mails;
    expect(header(raw!, 'To')).toEqual(['To: Dustin Brinkmann <lead@example.com>']);
    expect(header(raw!, 'Auto-Submitted')).toEqual(['Auto-Submitted: auto-generated']);
    expect(header(raw!, 'Message-ID')).toEqual([`Message-ID: <${id}@sealflow.example>`]);
    expect(header(raw!, 'In-Reply-To')).toEqual([`In-Reply-To: <request-${requestId}@sealflow.example>`]);
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8');
    expect(raw).toContain('Content-Type: text/html; charset=utf-8');
    expect((await deliveries(desk.db, requestId))[0]).toMatchObject({
      state: 'SENT',
      provider_id: '250 queued as 1',
    });
  });

  it('cut off after DATA: tried again under the same Message-ID with the same link; one delivery', async () => {
    smtp.answers.push('CUT');
    const { requestId, id } = await queued();
    const office = postOffice(desk.db, { mail });
    await expect(office.sendDelivery(id)).rejects.toThrow();
    expect((await deliveries(desk.db, requestId))[0]).toMatchObject({ state: 'RETRYING', attempts: 1 });
    await office.sendDelivery(id);
    expect(smtp.mails).toHaveLength(2);
    const ids = smtp.mails.map((raw) => header(raw, 'Message-ID'));
    expect(ids[1]).toEqual(ids[0]);
    const links = smtp.mails.map((raw) => /\/d\/[\w-]{20}/.exec(raw.replaceAll('=\r\n', ''))?.[0]);
    expect(links[0]).toBeDefined();
    expect(links[1]).toBe(links[0]);
    expect(await deliveries(desk.db, requestId)).toEqual([
      expect.objectContaining({ state: 'SENT', attempts: 2 }),
    ]);
  });

  it.each([
    ['LATER', undefined, 'RETRYING', null],
    ['NEVER', true, 'FAILED', 'REJECTED'],
  ] as const)('answered %s: final %s, %s', async (answer, nonRetryable, state, code) => {
    smtp.answers.push(answer);
    const { requestId, id } = await queued();
    const error: unknown = await postOffice(desk.db, { mail })
      .sendDelivery(id)
      .then(
        () => null,
        (failure: unknown) => failure,
      );
    expect((error as { nonRetryable?: boolean }).nonRetryable).toBe(nonRetryable);
    expect((await deliveries(desk.db, requestId))[0]).toMatchObject({ state, code });
  });

  it('V1.21 what people type begins no header of its own', async () => {
    const { id } = await queued('Offer\r\nBcc: everybody@example.com\r\n\r\nX');
    await postOffice(desk.db, { mail }).sendDelivery(id);
    expect(header(smtp.mails[0]!, 'Bcc')).toEqual([]);
    expect(header(smtp.mails[0]!, 'Subject')).toHaveLength(1);
  });
});
