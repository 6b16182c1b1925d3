import { DateTime } from 'luxon';
import type { Locale } from '../domain/notification/locale.js';
import type { MessageText } from './message-text.js';

export interface TestContent {
  endpoint: string;
  by: string | null;
  /** ISO instant */
  at: string;
  link: string;
}

const ZONE = 'Asia/Shanghai';
const TEXTS = {
  'zh-CN': {
    heading: 'Sealflow 测试消息',
    endpoint: '通道',
    by: '发送人',
    at: '时间',
    open: '打开',
    footer: '此消息用于检查通道是否可用，无需处理。',
  },
  en: {
    heading: 'Sealflow test message',
    endpoint: 'Channel',
    by: 'Sent by',
    at: 'At',
    open: 'Open',
    footer: 'Sent to see whether the channel works; nothing needs to be done.',
  },
} as const;

/** What an endpoint gets to show that it works: nothing of any request. */
export function testText({ endpoint, by, at, link }: TestContent, locale: Locale): MessageText {
  const words = TEXTS[locale];
  return {
    subject: `${words.heading}: ${endpoint}`,
    intro: words.heading,
    rows: [
      { label: words.endpoint, value: endpoint },
      ...(by === null ? [] : [{ label: words.by, value: by }]),
      { label: words.at, value: DateTime.fromISO(at, { zone: ZONE }).toFormat('yyyy-MM-dd HH:mm ZZZZ') },
    ],
    why: [],
    changes: [],
    headings: { why: '', changes: '' },
    button: words.open,
    link,
    footer: words.footer,
  };
}
