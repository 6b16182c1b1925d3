import { createHmac } from 'node:crypto';
import { accepted, plainMarkdown, type RobotClient, type RobotDependencies } from './robot.js';

/** Custom robot: HMAC-SHA256 of nothing, keyed with `timestamp\nsecret`, timestamp in seconds. Not DingTalk's. */
export function feishuSign(timestampSeconds: number, secret: string): string {
  return createHmac('sha256', `${timestampSeconds}\n${secret}`).digest('base64');
}

export function feishuRobot({ post, now = Date.now }: RobotDependencies): RobotClient {
  return {
    async send({ url, secret }, text) {
      const timestamp = Math.floor(now() / 1000);
      const lines = text.rows.map(
        ({ label, value }) => `**${plainMarkdown(label)}**: ${plainMarkdown(value)}`,
      );
      const card = {
        header: { title: { tag: 'plain_text', content: text.subject } },
        elements: [
          { tag: 'div', text: { tag: 'lark_md', content: lines.join('\n') } },
          {
            tag: 'action',
            actions: [
              {
                tag: 'button',
                type: 'primary',
                text: { tag: 'plain_text', content: text.button },
                url: text.link,
              },
            ],
          },
        ],
      };
      const signed =
        secret === null ? {} : { timestamp: String(timestamp), sign: feishuSign(timestamp, secret) };
      const answer = await post({
        url,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...signed, msg_type: 'interactive', card }),
      });
      // 9499, 11232: too many; 19021: signature
      const response = accepted(answer, {
        code: ({ code }) => code,
        later: [9499, 11232],
        secret: [19021, 19022, 19024],
      });
      return { providerId: null, response };
    },
  };
}
