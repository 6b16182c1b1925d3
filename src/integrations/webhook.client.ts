import { Webhook } from 'standardwebhooks';
import { ChannelRefusal } from './channel-refusal.js';
import type { PostOutside } from './outbound-http.js';

export interface WebhookMessage {
  /** the same for every attempt and replay */
  id: string;
  /** canonical JSON, as it is signed */
  body: string;
}

export interface WebhookClient {
  /**
   * @param secrets `whsec_…`; two while they are being rotated: both sign
   * @throws ChannelRefusal GONE REJECTED · Error worth another try
   */
  send(
    to: { url: string; secrets: readonly string[] },
    message: WebhookMessage,
  ): Promise<{ providerId: string; response: string }>;
}

const MAX_KEPT = 1_024;

/** Standard Webhooks: id, timestamp and signatures in headers. Out of order and at least once: receivers go by id and seq. */
export function webhookClient({
  post,
  now = Date.now,
}: {
  post: PostOutside;
  now?: () => number;
}): WebhookClient {
  return {
    async send({ url, secrets }, { id, body }) {
      const at = new Date(now());
      const answer = await post({
        url,
        headers: {
          'Content-Type': 'application/cloudevents+json',
          'User-Agent': 'Sealflow-Webhook/1',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
        },
        body,
      });
      const { status } = answer;
      if (status === 410) throw new ChannelRefusal('GONE', 'answered 410');
      if (status < 200 || status > 299) throw new Error(`answered ${status}`);
      return { providerId: String(status), response: answer.body.slice(0, MAX_KEPT) };
    },
  };
}
