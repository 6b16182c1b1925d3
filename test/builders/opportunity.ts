import type { ApiClient, Reply } from '../support/api.js';

export interface DealAnswer {
  id: string;
  number: string;
  stage: string;
  probabilityPct: string;
  forecast: string;
  expectedClose: string | null;
  closedOn: string | null;
  contactAt: string;
  stuckAt: string | null;
  slippedAt: string | null;
  droppedAt: string | null;
  rowVersion: number;
  mayWrite: boolean;
  owner: { id: string; name: string };
  customer: { id: string; name: string };
  planned: { id: string; rowVersion: number; plannedOn: string }[];
  criteria: { stage: string; criterion: { kind: string }; met: boolean }[];
  history: {
    stage: string;
    direction: string | null;
    by: { name: string } | null;
    reason: string | null;
    leftAt: string | null;
  }[];
  competitors: { id: string; name: string; outcome: string | null }[];
  contacts: { id: string; name: string; roles: string[] }[];
  auto: { probabilityPct: string; forecast: string };
  own: { probabilityPct: string | null; forecast: string | null; reason: string | null };
  may: { write: boolean; handOver: boolean };
}

export type DealReply = Reply<DealAnswer & Record<string, unknown>>;

/** ISO date, so many days from today. */
export const inDays = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export const version = (rowVersion: number): { headers: Record<string, string> } => ({
  headers: { 'If-Match': `"${rowVersion}"` },
});

export async function customerNamed(client: ApiClient, name: string): Promise<string> {
  const { body } = await client.get<{ items: { id: string; name: string }[] }>(`/customers?search=${name}`);
  return body.items.find((customer) => customer.name === name)!.id;
}

/** A deal as somebody enters it. */
export async function newDeal(client: ApiClient, more: object = {}): Promise<DealAnswer> {
  const { status, body } = await client.post<DealAnswer>('/opportunities', {
    customerId: await customerNamed(client, 'Cancity'),
    title: 'Pumps for hall 3',
    amount: { amount: '100000.00', currency: 'CNY' },
    expectedClose: inDays(30),
    next: { kind: 'CALL', plannedOn: inDays(2), subject: 'Ask for the need' },
    ...more,
  });
  if (status !== 201) throw new Error(`no deal: ${JSON.stringify(body)}`);
  return body;
}

/** Moves a deal as it is now. */
export async function move(client: ApiClient, id: string, body: object): Promise<DealReply> {
  const { body: deal } = await client.get<DealAnswer>(`/opportunities/${id}`);
  return client.post(`/opportunities/${id}/stage`, body, version(deal.rowVersion));
}

export async function patch(client: ApiClient, id: string, body: object): Promise<DealReply> {
  const { body: deal } = await client.get<DealAnswer>(`/opportunities/${id}`);
  return client.send('PATCH', `/opportunities/${id}`, body, version(deal.rowVersion));
}
