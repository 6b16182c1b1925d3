import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Messenger = 'DINGTALK' | 'FEISHU' | 'WECOM';
type Body = Record<string, unknown>;

/** A card as a messenger took it, and what of it people see. */
export interface Card {
  messenger: Messenger;
  title: string;
  text: string;
  links: string[];
  /** milliseconds since the epoch */
  at: number;
}

const KEYS: Record<Messenger, string> = { DINGTALK: 'token-d', FEISHU: 'hook-f', WECOM: 'key-w' };
const HOUR_MS = 3_600_000;

/**
 * The robot endpoints of three messengers on one local port, as their documentation has them: addresses, signatures, bodies,
 * and 200 with an error code in the body for nearly everything that is wrong.
 */
export class Messengers {
  readonly cards: Card[] = [];
  /** what the next messages are answered with, instead of being taken */
  readonly answers: Body[] = [];

  private constructor(
    private readonly server: Server,
    readonly secrets: Record<'DINGTALK' | 'FEISHU', string>,
  ) {}

  static async start(secrets = { DINGTALK: 'SEC-dingtalk', FEISHU: 'feishu-secret' }): Promise<Messengers> {
    const server = createServer();
    const messengers = new Messengers(server, secrets);
    server.on('request', (request, response) => {
      void read(request).then((text) => {
        const answer = messengers.answer(
          new URL(request.url ?? '/', 'http://local'),
          JSON.parse(text) as Body,
        );
        response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return messengers;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(messenger: Messenger): string {
    const paths = {
      DINGTALK: `/robot/send?access_token=${KEYS.DINGTALK}`,
      FEISHU: `/open-apis/bot/v2/hook/${KEYS.FEISHU}`,
      WECOM: `/cgi-bin/webhook/send?key=${KEYS.WECOM}`,
    };
    return `http://${this.host}${paths[messenger]}`;
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.server.close(closed));
  }

  private answer({ pathname, searchParams }: URL, body: Body): Body {
    const scripted = this.answers.shift();
    if (scripted) return scripted;
    if (pathname === '/robot/send') return this.dingtalk(searchParams, body);
    if (pathname.startsWith('/open-apis/bot/v2/hook/')) return this.feishu(pathname, body);
    return this.wecom(searchParams, body);
  }

  /** Signed in the address: milliseconds and base64 of HMAC-SHA256 over `timestamp\nsecret` under the secret. */
  private dingtalk(query: URLSearchParams, body: Body): Body {
    if (query.get('access_token') !== KEYS.DINGTALK) return { errcode: 300001, errmsg: 'token is not exist' };
    const timestamp = query.get('timestamp') ?? '';
    const sign = createHmac('sha256', this.secrets.DINGTALK)
      .update(`${timestamp}\n${this.secrets.DINGTALK}`)
      .digest('base64');
    if (query.get('sign') !== sign || Math.abs(Date.now() - Number(timestamp)) > HOUR_MS)
      return { errcode: 310000, errmsg: 'sign not match' };
    const card = body['actionCard'] as Record<string, string> | undefined;
    if (body['msgtype'] !== 'actionCard' || !card?.['title'] || !card['text'] || !card['singleURL'])
      return { errcode: 400402, errmsg: 'missing params' };
    this.take('DINGTALK', card['title'], card['text'], [card['singleURL']]);
    return { errcode: 0, errmsg: 'ok' };
  }

  /** Signed in the body: seconds, and base64 of HMAC-SHA256 over nothing under `timestamp\nsecret`. */
  private feishu(path: string, body: Body): Body {
    if (!path.endsWith(`/${KEYS.FEISHU}`))
      return { code: 19001, msg: 'param invalid: incoming webhook access token invalid' };
    const timestamp = body['timestamp'] as string;
    const sign = createHmac('sha256', `${timestamp}\n${this.secrets.FEISHU}`).update('').digest('base64');
    if (body['sign'] !== sign || Math.abs(Date.now() / 1000 - Number(timestamp)) > HOUR_MS / 1000)
      return { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' };
    const card = body['card'] as {
      header: { title: { content: string } };
      elements: { tag: string; text?: { content: string }; actions?: { url: string }[] }[];
    };
    if (body['msg_type'] !== 'interactive') return { code: 9499, msg: 'Bad Request' };
    const text = card.elements.map((element) => element.text?.content ?? '').join('\n');
    const links = card.elements.flatMap(({ actions = [] }) => actions.map(({ url }) => url));
    this.take('FEISHU', card.header.title.content, text, links);
    return { code: 0, data: {}, msg: 'success', StatusCode: 0, StatusMessage: 'success' };
  }

  /** Not signed: the key in the address is all. Titles over 36 characters are refused. */
  private wecom(query: URLSearchParams, body: Body): Body {
    if (query.get('key') !== KEYS.WECOM) return { errcode: 93000, errmsg: 'invalid webhook url' };
    const card = body['template_card'] as {
      card_type: string;
      main_title: { title: string; desc: string };
      horizontal_content_list: { keyname: string; value: string }[];
      jump_list: { url: string }[];
      card_action: { url: string };
    };
    if (
      body['msgtype'] !== 'template_card' ||
      [...card.main_title.title].length > 36 ||
      !card.card_action.url
    )
      return { errcode: 40058, errmsg: 'invalid Request Parameter' };
    const rows = card.horizontal_content_list.map(({ keyname, value }) => `${keyname}: ${value}`);
    const text = [card.main_title.desc, ...rows].join('\n');
    this.take('WECOM', card.main_title.title, text, [
      card.card_action.url,
      ...card.jump_list.map(({ url }) => url),
    ]);
    return { errcode: 0, errmsg: 'ok' };
  }

  private take(messenger: Messenger, title: string, text: string, links: string[]): void {
    this.cards.push({ messenger, title, text, links, at: Date.now() });
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
