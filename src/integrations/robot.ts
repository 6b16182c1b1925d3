import { ChannelRefusal } from './channel-refusal.js';
import type { MessageText } from './message-text.js';
import type { OutboundAnswer, PostOutside } from './outbound-http.js';

/** A group robot of a messenger: one address, at most one secret. It cannot change what it has said. */
export interface RobotClient {
  /** @throws ChannelRefusal BAD_SECRET REJECTED · Error worth another try */
  send(
    robot: { url: string; secret: string | null },
    text: MessageText,
  ): Promise<{ providerId: string | null; response: string }>;
}

export interface RobotDependencies {
  post: PostOutside;
  /** milliseconds since the epoch; what signatures are made with */
  now?: () => number;
}

/** Codes by which a messenger says: too many messages, or its own trouble. */
interface AnswerRules {
  code: (body: Record<string, unknown>) => unknown;
  later: readonly number[];
  secret: readonly number[];
}

const MAX_KEPT = 500;

/** Messengers answer 200 to nearly everything and say in the body what they mean. @returns what they said */
export function accepted({ status, body }: OutboundAnswer, { code, later, secret }: AnswerRules): string {
  if (status >= 500 || status === 429) throw new Error(`answered ${status}`);
  if (status >= 300) throw new ChannelRefusal('REJECTED', `answered ${status}`);
  const said = code(parsed(body));
  const heard = body.slice(0, MAX_KEPT);
  if (said === 0) return heard;
  const text = `answered ${String(said)}: ${heard}`;
  if (typeof said !== 'number' || later.includes(said)) throw new Error(text);
  throw new ChannelRefusal(secret.includes(said) ? 'BAD_SECRET' : 'REJECTED', text);
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What people type stands in markdown as text: no link, no emphasis, no mention. */
export function plainMarkdown(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]()#<>!|~@]/g, (character) => `\\${character}`);
}
