import type { ApiClient, TestApi } from '../support/api.js';

export interface Item {
  requestId: string;
  seatId: string;
  seatVersion: number;
  subjectHash: string;
}
export interface View {
  id: string;
  state: string;
  version: number;
  round: number;
  path: {
    id: string;
    key: string;
    state: string;
    seats: { id: string | null; holder: { name: string } | null; certainty: string }[];
  }[];
  timeline: { text: { key: string; params: Record<string, string> }; comment: string | null }[];
  actions: { action: string; seatId: string | null; commentRequired: boolean }[];
  returnTargets: { key: string }[];
  holder: { people: { name: string }[] } | null;
  changes: { path: string; before: string | null; after: string | null }[];
  changesBase: { round: number; label: string } | null;
  subject: { document: Record<string, unknown>; facts: { key: string; value: string }[] };
}

export const BODY = {
  title: 'Special price',
  amount: { amount: '120000.00', currency: 'CNY' },
  facts: { category: 'special-price', levels: '2' },
  content: { reason: 'a big order' },
};
export const create = async (rep: ApiClient, body: object = BODY) =>
  (await rep.post<View>('/requests', body)).body;
export const task = async (client: ApiClient, requestId: string) =>
  (await client.get<{ items: Item[] }>(`/inbox?requestId=${requestId}`)).body.items[0]!;
export const ballot = ({ seatVersion, subjectHash }: Item, action = 'APPROVE') => ({
  action,
  expectedSeatVersion: seatVersion,
  subjectHash,
  comment: 'because',
});
export const decide = async (client: ApiClient, requestId: string, action = 'APPROVE', over: object = {}) => {
  const item = await task(client, requestId);
  return client.post(`/seats/${item.seatId}/decisions`, { ...ballot(item, action), ...over });
};
export const seqOf = async (api: TestApi, id: string) =>
  Number(
    (
      await api.dataSource.query<{ seq: string }[]>(`SELECT seq FROM approval_request WHERE id = $1`, [id])
    )[0]!.seq,
  );
