export const channels = {
  channels: {
    title: '消息通道',
    add: '添加通道',
    added: '已添加“{{name}}”',
    channel: '类型',
    kind: {
      MAIL: '邮件',
      DINGTALK: '钉钉机器人',
      FEISHU: '飞书机器人',
      WECOM: '企业微信机器人',
      WEBHOOK: 'Webhook',
    },
    name: '名称',
    url: '地址（https）',
    secret: '签名密钥',
    secretHint: '加密保存，之后不再显示。',
    person: '仅此人可见',
    personHint: '留空表示群机器人；个人机器人的卡片带本人专用链接。',
    lastDay: '近一天：成功 {{sent}}，失败 {{failed}}',
    turnOff: '停用',
    turnOn: '启用',
  },
};
