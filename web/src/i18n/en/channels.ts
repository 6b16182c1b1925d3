import type { channels as zh } from '../zh/channels.js';

export const channels: typeof zh = {
  channels: {
    title: 'Message channels',
    add: 'Add a channel',
    added: '“{{name}}” was added',
    channel: 'Kind',
    kind: {
      MAIL: 'Mail',
      DINGTALK: 'DingTalk robot',
      FEISHU: 'Feishu robot',
      WECOM: 'WeCom robot',
      WEBHOOK: 'Webhook',
    },
    name: 'Name',
    url: 'Address (https)',
    secret: 'Signing secret',
    secretHint: 'Kept sealed and not shown again.',
    person: 'Read by this person alone',
    personHint: 'Empty: a group’s robot. Cards of one’s own robot carry one’s own link.',
    lastDay: 'last day: {{sent}} sent, {{failed}} failed',
    turnOff: 'Turn off',
    turnOn: 'Turn on',
  },
};
