import { ApplicationFailure } from '@temporalio/common';
import type { DataSource } from 'typeorm';
import { SecretBox } from '../commands/channel/secret-box.js';
import {
  beginAttempt,
  recordFailed,
  recordSent,
  recordSkipped,
  recordTrouble,
} from '../commands/delivery/record.js';
import { TEST_MESSAGE } from '../commands/channel/test-endpoint.js';
import { DUNNING_MESSAGE } from '../domain/collection/letter.js';
import { SIGNING_MESSAGE } from '../domain/contract/signing.js';
import { isObsolete } from '../domain/notification/relevance.js';
import { quietUntil } from '../domain/notification/quiet-hours.js';
import { isOfferMessage } from '../domain/quote/offer.js';
import type { Channels } from '../integrations/channels.js';
import { ChannelRefusal } from '../integrations/channel-refusal.js';
import { deliveryJob, type DeliveryJob } from '../queries/notification/delivery-job.js';
import { letterOfJob } from './send-dunning.js';
import { sendJob, type Sending, type Sent } from './send-job.js';
import { offerOf } from './send-offer.js';
import { toSignOf } from './send-to-sign.js';

export interface DeliveryOutcome {
  state: 'SENT' | 'SKIPPED' | 'FAILED' | 'WAITING';
  /** quiet hours: look again after so long; null = it is over */
  waitMs: number | null;
}

export interface DeliveryActivities {
  /** Sends one message, unless it is no longer true or its person sleeps. A failure that is not final is worth a retry. */
  sendDelivery(deliveryId: string): Promise<DeliveryOutcome>;
  /** Nobody will try again. */
  endFailedDelivery(deliveryId: string, error: string): Promise<void>;
}

export interface DeliveryDependencies {
  dataSource: DataSource;
  channels: Channels;
  /** the installation's secret: opens endpoints' secrets, makes links */
  secret: string;
  /** what links begin with */
  publicUrl: string;
}

export function createDeliveryActivities(deps: DeliveryDependencies): DeliveryActivities {
  const { dataSource: db, secret } = deps;
  const sending = { ...deps, db, box: new SecretBox(secret) };
  return {
    async sendDelivery(deliveryId) {
      const job = await deliveryJob(db, deliveryId);
      if (!job || job.state === 'SENT' || job.state === 'SKIPPED') return over('SKIPPED');
      const reason = isToCustomer(job.kind) ? await customerSkip(sending, job) : reasonToSkip(job);
      if (reason !== null) {
        await recordSkipped(db, job.id, reason);
        return over('SKIPPED');
      }
      const until =
        job.person && job.channel !== 'WEBHOOK' && job.kind !== TEST_MESSAGE
          ? quietUntil(job.now, job.person.zone, job.person.quiet)
          : null;
      if (until !== null)
        return { state: 'WAITING', waitMs: Math.max(1_000, Date.parse(until) - Date.parse(job.now)) };
      await attempt(db, job, () => sendJob(sending, job));
      return over('SENT');
    },
    async endFailedDelivery(deliveryId, error) {
      await recordFailed(db, deliveryId, { code: 'GAVE_UP', error });
    },
  };
}

function over(state: 'SENT' | 'SKIPPED'): DeliveryOutcome {
  return { state, waitMs: null };
}

function isToCustomer(kind: string): boolean {
  return isOfferMessage(kind) || kind === SIGNING_MESSAGE || kind === DUNNING_MESSAGE;
}

/** What a mail to a customer says must still stand: what is replaced, answered, signed, taken back or expired is not sent. */
async function customerSkip(sending: Pick<Sending, 'db'>, job: DeliveryJob): Promise<string | null> {
  if (job.endpoint.state !== 'ACTIVE') return 'DISABLED';
  if (job.kind === DUNNING_MESSAGE) return (await letterOfJob(sending, job))?.stands ? null : 'OBSOLETE';
  const open = isOfferMessage(job.kind) ? await offerOf(sending, job) : await toSignOf(sending, job);
  return open?.end === null ? null : 'OBSOLETE';
}

/** Read again at the last moment: what was queued may be untrue by now. */
function reasonToSkip({ endpoint, person, notice, channel, seat, request }: DeliveryJob): string | null {
  if (endpoint.state !== 'ACTIVE') return 'DISABLED';
  if (person?.hasLeft === true) return 'LEFT';
  if (channel === 'MAIL' && !person?.email) return 'NO_ADDRESS';
  if (!notice || !request) return null;
  const present = { kind: notice.kind, personId: person?.id ?? null, seat, request };
  return isObsolete(present) ? 'OBSOLETE' : null;
}

/** Whoever tests an endpoint waits for its answer: a test is tried once. */
async function attempt(db: DataSource, { id, kind }: DeliveryJob, send: () => Promise<Sent>): Promise<void> {
  await beginAttempt(db, id);
  try {
    await recordSent(db, id, await send());
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof ChannelRefusal ? error.code : kind === TEST_MESSAGE ? 'NOT_TAKEN' : null;
    if (code !== null) {
      await recordFailed(db, id, { code, error: message });
      throw ApplicationFailure.nonRetryable(message, code);
    }
    await recordTrouble(db, id, message);
    throw error;
  }
}
