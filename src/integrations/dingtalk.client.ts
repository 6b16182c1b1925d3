import { createHmac } from 'node:crypto';
import { accepted, plainMarkdown, type RobotClient, type RobotDependencies } from './robot.js';

/** Custom robot: HMAC-SHA256 keyed with the secret over `timestamp\nsecret`, timestamp in milliseconds. */
export function dingtalkSign(timestampMs: number, secret: string): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');
}

export function dingtalkRobot({ post, now = Date.now }: RobotDependencies): RobotClient {
  return {
    async send({ url, secret }, text) {
      const target = new URL(url);
      if (secret !== null) {
        const timestamp = now();
        target.searchParams.set('timestamp', String(timestamp));
        target.searchParams.set('sign', dingtalkSign(timestamp, secret));
      }
      const lines = text.rows.map(({ label, value }) => `- ${plainMarkdown(label)}: ${plainMarkdown(value)}`);
      const card = {
        title: text.subject,
        text: [`### ${plainMarkdown(text.intro)}`, ...lines].join('\n'),
        singleTitle: text.button,
        singleURL: text.link,
      };
      const answer = await post({
        url: target.href,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ msgtype: 'actionCard', actionCard: card }),
      });
      // 130101: more than 20 in a minute; 310000: signature, key word or address list
      const response = accepted(answer, {
        code: ({ errcode }) => errcode,
        later: [-1, 130101],
        secret: [310000, 300001],
      });
      return { providerId: null, response };
    },
  };
}
