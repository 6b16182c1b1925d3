import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** An application as e签宝 knows it. */
interface Application {
  appId: string;
  appSecret: string;
}

export interface CallbackOver {
  at?: number;
  query?: string;
  secret?: string;
}

const QUARTER_MS = 15 * 60_000;

export const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

/** Why the gateway lets a request not in; everything is computed again from what arrived. */
export function unauthentic(
  { method = '', url = '', headers }: IncomingMessage,
  bytes: Buffer,
  { appId, appSecret }: Application,
): string | null {
  const header = (name: string) => String(headers[name] ?? '');
  if (header('x-tsign-open-auth-mode') !== 'Signature') return 'TOKEN_CANT_BE_NULL';
  if (header('x-tsign-open-app-id') !== appId) return '无效的应用';
  const timestamp = header('x-tsign-open-ca-timestamp');
  if (!/^\d{13}$/.test(timestamp) || Math.abs(Date.now() - Number(timestamp)) > QUARTER_MS)
    return 'INVALID_TIMESTAMP';
  if (header('content-md5') !== (bytes.length > 0 ? md5(bytes) : '')) return 'INVALID_CONTENT_MD5';
  const signed = [method, header('accept'), header('content-md5'), header('content-type'), '', url];
  const expected = createHmac('sha256', appSecret).update(signed.join('\n')).digest('base64');
  return header('x-tsign-open-ca-signature') === expected ? null : 'INVALID_SIGNATURE';
}

/** What e签宝 posts when a flow is over: timestamp, values of the query by their keys, and body under the secret; hex. */
export function signedCallback(
  { appId, appSecret }: Application,
  flow: { id: string; status: number; title: string },
  { at = Date.now(), query = '', secret = appSecret }: CallbackOver,
): { headers: Record<string, string>; body: string } {
  const body = JSON.stringify({
    action: 'SIGN_FLOW_COMPLETE',
    timestamp: at,
    signFlowId: flow.id,
    signFlowTitle: flow.title,
    signFlowStatus: String(flow.status),
    statusDescription: '完成',
  });
  const values = [...new URLSearchParams(query)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, value]) => value);
  const signature = createHmac('sha256', secret)
    .update(`${at}${values.join('')}`)
    .update(body)
    .digest('hex');
  return {
    headers: {
      'Content-Type': 'application/json',
      'X-Tsign-Open-App-Id': appId,
      'X-Tsign-Open-TIMESTAMP': String(at),
      'X-Tsign-Open-SIGNATURE-ALGORITHM': 'hmac-sha256',
      'X-Tsign-Open-SIGNATURE': signature,
    },
    body,
  };
}
