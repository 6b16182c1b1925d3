import { dingtalkRobot } from './dingtalk.client.js';
import { feishuRobot } from './feishu.client.js';
import { smtpMail, type MailClient } from './mail.client.js';
import { outsidePoster } from './outbound-http.js';
import type { RobotClient } from './robot.js';
import { webhookClient, type WebhookClient } from './webhook.client.js';
import { wecomRobot } from './wecom.client.js';

/** The ways out. Mail is null when no server is configured. */
export interface Channels {
  mail: MailClient | null;
  robots: Readonly<Record<'DINGTALK' | 'FEISHU' | 'WECOM', RobotClient>>;
  webhook: WebhookClient;
}

export function channelsOf({
  mail,
  allowedHosts,
}: {
  mail: { url: string; from: string } | null;
  allowedHosts: readonly string[];
}): Channels {
  const post = outsidePoster({ allowedHosts });
  return {
    mail: mail && smtpMail(mail),
    robots: { DINGTALK: dingtalkRobot({ post }), FEISHU: feishuRobot({ post }), WECOM: wecomRobot({ post }) },
    webhook: webhookClient({ post }),
  };
}
