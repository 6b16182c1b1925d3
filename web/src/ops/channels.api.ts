import { answer, api } from '../api/client.js';
import type { Endpoint, EndpointBody, EndpointChangeBody } from '../api/types.js';

export const ROBOTS = [
  'DINGTALK',
  'FEISHU',
  'WECOM',
  'WEBHOOK',
] as const satisfies readonly EndpointBody['channel'][];

export function fetchEndpoints(): Promise<Endpoint[]> {
  return answer(api.GET('/api/v1/channel-endpoints'));
}

export function createEndpoint(body: EndpointBody, key: string): Promise<Endpoint> {
  return answer(
    api.POST('/api/v1/channel-endpoints', { params: { header: { 'Idempotency-Key': key } }, body }),
  );
}

export interface ChangeEndpoint {
  id: string;
  body: EndpointChangeBody;
}

export function changeEndpoint({ id, body }: ChangeEndpoint, key: string): Promise<Endpoint> {
  return answer(
    api.PATCH('/api/v1/channel-endpoints/{id}', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}
