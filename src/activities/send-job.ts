import type { DataSource } from 'typeorm';
import type { SecretBox } from '../commands/channel/secret-box.js';
import { TEST_MESSAGE } from '../commands/channel/test-endpoint.js';
import { issueLink } from '../commands/link/issue-link.js';
import { DUNNING_MESSAGE } from '../domain/collection/letter.js';
import { SIGNING_MESSAGE } from '../domain/contract/signing.js';
import { canonicalJson } from '../domain/json.js';
import type { NoticeKind } from '../domain/notification/notices.js';
import { isOfferMessage } from '../domain/quote/offer.js';
import type { Channels } from '../integrations/channels.js';
import { ChannelRefusal } from '../integrations/channel-refusal.js';
import { htmlBody, plainBody } from '../integrations/mail-body.js';
import { headerText } from '../integrations/mail.client.js';
import { messageText, type MessageText } from '../integrations/message-text.js';
import { testText } from '../integrations/test-text.js';
import type { DeliveryJob } from '../queries/notification/delivery-job.js';
import { requestBrief } from '../queries/notification/request-brief.js';
import { sendDunning } from './send-dunning.js';
import { sendOffer } from './send-offer.js';
import { sendToSign } from './send-to-sign.js';

export interface Sending {
  db: DataSource;
  channels: Channels;
  box: SecretBox;
  secret: string;
  publicUrl: string;
}

export interface Sent {
  providerId: string | null;
  response: string | null;
}

/** What asks its reader for an answer. */
const ASKS: readonly NoticeKind[] = ['TASK', 'REMINDER', 'URGE'];
const DEFAULT_ZONE = 'Asia/Shanghai';

/** Composes one message from what is so now and hands it to its channel. @throws ChannelRefusal · Error worth another try */
export async function sendJob(sending: Sending, job: DeliveryJob): Promise<Sent> {
  const { channels } = sending;
  if (isOfferMessage(job.kind)) return { ...(await sendOffer(sending, job)), response: null };
  if (job.kind === SIGNING_MESSAGE) return { ...(await sendToSign(sending, job)), response: null };
  if (job.kind === DUNNING_MESSAGE) return { ...(await sendDunning(sending, job)), response: null };
  switch (job.channel) {
    case 'MAIL':
      return { ...(await sendMail(sending, job)), response: null };
    case 'WEBHOOK':
      return channels.webhook.send(addressOf(sending, job), { id: job.id, body: eventBody(sending, job) });
    case 'DINGTALK':
    case 'FEISHU':
    case 'WECOM': {
      const { url, secrets } = addressOf(sending, job);
      const robot = { url, secret: secrets[0] ?? null };
      return channels.robots[job.channel].send(robot, await textOf(sending, job));
    }
  }
}

function addressOf({ box }: Sending, { endpoint }: DeliveryJob): { url: string; secrets: string[] } {
  return { url: box.open(endpoint.url), secrets: endpoint.secrets.map((sealed) => box.open(sealed)) };
}

async function sendMail(sending: Sending, job: DeliveryJob): Promise<{ providerId: string }> {
  const { channels, publicUrl } = sending;
  const { person, request } = job;
  if (!channels.mail) throw new Error('no mail server is configured here');
  if (!person?.email) throw new ChannelRefusal('NO_ADDRESS', 'the person has no address');
  const text = await textOf(sending, job);
  const host = new URL(publicUrl).hostname;
  return channels.mail.send({
    to: { name: headerText(person.name), address: person.email },
    subject: headerText(text.subject),
    text: plainBody(text),
    html: htmlBody(text),
    messageId: `<${job.id}@${host}>`,
    threadId: `<${request ? `request-${request.id}` : `delivery-${job.id}`}@${host}>`,
  });
}

async function textOf(sending: Sending, job: DeliveryJob): Promise<MessageText> {
  const { notice, person, request, endpoint } = job;
  const locale = job.channel === 'MAIL' ? (person?.locale ?? endpoint.locale) : endpoint.locale;
  if (job.kind === TEST_MESSAGE) {
    const page = `${sending.publicUrl}/ops`;
    return testText({ endpoint: endpoint.name, by: person?.name ?? null, at: job.now, link: page }, locale);
  }
  if (!notice || !request) throw new Error('a message to people says nothing');
  const { seatId, params, kind } = notice;
  const readerId = person?.id ?? request.initiatorId;
  const brief = await requestBrief(sending.db, { requestId: request.id, readerId, seatId, params });
  const isGroup = job.channel !== 'MAIL';
  return messageText(
    {
      ...brief,
      kind,
      zone: person?.zone ?? DEFAULT_ZONE,
      link: await linkOf(sending, job, request.id),
      why: isGroup ? [] : brief.why,
    },
    locale,
  );
}

/** What the holder alone reads carries a link of their own; whatever many may read leads to the page, where one logs in. */
async function linkOf(
  { db, secret, publicUrl }: Sending,
  job: DeliveryJob,
  requestId: string,
): Promise<string> {
  const { channel, endpoint, notice, person } = job;
  const page = `${publicUrl}/requests/${requestId}`;
  const isTask = notice !== null && ASKS.includes(notice.kind);
  const isTheirs = channel === 'MAIL' || endpoint.isPersonal;
  if (!isTheirs || !isTask || !notice.seatId || !person) return page;
  const token = await issueLink(db, {
    secret,
    deliveryId: job.id,
    seatId: notice.seatId,
    holderId: person.id,
  });
  return token === null ? page : `${publicUrl}/d/${token}`;
}

/** A thin CloudEvent: what happened to which request, at which seq; the rest is read through the API. */
function eventBody({ publicUrl }: Sending, { id, kind, payload, request }: DeliveryJob): string {
  return canonicalJson({
    specversion: '1.0',
    id,
    source: publicUrl,
    type: request ? `sealflow.${kind}.v1` : 'sealflow.endpoint.test.v1',
    subject: request ? `requests/${request.id}` : null,
    time: payload?.['at'] ?? null,
    datacontenttype: 'application/json',
    data: request ? { requestId: request.id, seq: payload?.['seq'] ?? null } : {},
  });
}
