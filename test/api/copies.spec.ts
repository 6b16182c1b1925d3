import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApprovalPolicyContent } from '../../src/domain/approval/policy.js';
import { Desk } from '../builders/approval-desk.js';
import { BODY, create, type View } from '../builders/approval-client.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Copied {
  items: { requestId: string; copy: { trigger: string; readAt: string | null } | null; seatId: null }[];
}
type Shown = View & {
  copies: { person: { name: string }; trigger: string; readAt: string | null }[];
  attachments: unknown[];
};

/** Somebody outside the initiator's team, who sees none of its requests by their role. */
const WATCHER = 'vicki.laflamme';

let api: TestApi;
let desk: Desk;
let rep: ApiClient;
let watcher: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  rep = await api.as('moses.frase');
  watcher = await api.as(WATCHER);
});
afterAll(() => api.close());

const cc = (on: 'SUBMIT' | 'STAGE_PASSED' | 'FINAL', username = WATCHER): Partial<ApprovalPolicyContent> => ({
  cc: [{ on, to: { kind: 'PERSON', personIds: [desk.id(username)] } }],
});
const list = async (client = watcher) => (await client.get<Copied>('/inbox?tab=cc')).body.items;
const mine = async (requestId: string) => (await list()).find((item) => item.requestId === requestId) ?? null;

describe('AE-CC-1 copies', () => {
  it.each([
    ['SUBMIT', 0],
    ['STAGE_PASSED', 1],
    ['FINAL', 2],
  ] as const)(
    'by policy at %s: listed, told through the outbox, readable only from then on',
    async (on, after) => {
      const stages = [desk.seats('A', ['legal']), desk.seats('B', ['finance'], { block: 2 })];
      const requestId = await desk.pending(stages, cc(on));
      const votes = ['legal', 'finance'].slice(0, after);
      for (const by of votes) {
        expect((await watcher.get(`/requests/${requestId}`)).status).toBe(404);
        expect(await mine(requestId)).toBeNull();
        await desk.vote(requestId, by, 'APPROVE');
      }
      expect((await watcher.get(`/requests/${requestId}`)).status).toBe(200);
      expect((await mine(requestId))!.copy).toEqual({ trigger: on, readAt: null });
      const told = await api.dataSource.query<{ kind: string }[]>(
        `SELECT kind FROM notification WHERE request_id = $1 AND person_id = $2`,
        [requestId, desk.id(WATCHER)],
      );
      expect(told).toEqual([{ kind: 'COPY' }]);
    },
  );

  it('from the submitter; somebody who has left is a warning in the timeline and blocks nothing', async () => {
    const gone = await desk.hire(1);
    await api.dataSource.query(`UPDATE employee SET status = 'LEFT', left_at = now() WHERE id = $1`, [
      desk.id(gone[0]!),
    ]);
    const ccPersonIds = [desk.id(WATCHER), desk.id(gone[0]!)];
    const request = (await create(rep, { ...BODY, ccPersonIds })) as Shown;
    expect(request.state).toBe('PENDING');
    expect(request.copies.map(({ trigger }) => trigger)).toEqual(['SUBMIT']);
    const line = request.timeline.find(({ text }) => text.key === 'request.copied')!;
    expect(line.text.params['skipped']).toBe(gone[0]);
    expect(await mine(request.id)).not.toBeNull();
  });

  it('once per person and request, whatever the rules; the read mark is the person’s own', async () => {
    const rules = (['SUBMIT', 'STAGE_PASSED', 'FINAL'] as const).flatMap((on) => cc(on).cc!);
    const requestId = await desk.pending([desk.seats('A', ['legal'])], { cc: rules });
    const other = await api.as('legal');
    expect((await other.post('/inbox/copies/read', { requestIds: [requestId] })).status).toBe(204);
    expect((await mine(requestId))!.copy!.readAt).toBeNull();
    expect((await watcher.post('/inbox/copies/read', { requestIds: [requestId] })).status).toBe(204);
    const readAt = (await mine(requestId))!.copy!.readAt;
    expect(readAt).not.toBeNull();
    await desk.vote(requestId, 'legal', 'APPROVE');
    expect((await mine(requestId))!.copy).toEqual({ trigger: 'SUBMIT', readAt });
    const [rows] = await api.dataSource.query<{ n: number }[]>(
      `SELECT count(*)::int AS n FROM request_copy WHERE request_id = $1`,
      [requestId],
    );
    expect(rows!.n).toBe(1);
  });

  it('shows the permitted fields only: nothing confidential, no files, no action', async () => {
    const policy = { ...cc('SUBMIT'), ccFields: ['text'] };
    const subject = await desk.subject(
      await desk.policy([desk.seats('A', ['legal'])], policy),
      'moses.frase',
      {
        text: 'for all',
        price: 'for approvers',
      },
    );
    const { requestId } = (await desk.submit(subject)).value;
    const seen = (await watcher.get<Shown>(`/requests/${requestId}`)).body;
    expect(seen.subject.document).toEqual({ text: 'for all' });
    expect(seen.subject.facts).toEqual([]);
    expect([seen.actions, seen.attachments]).toEqual([[], []]);
    const full = (await rep.get<Shown>(`/requests/${requestId}`)).body;
    expect(full.subject.document).toMatchObject({ price: 'for approvers' });
  });

  it('files of the request are not part of the copy', async () => {
    const requestId = await desk.pending([desk.seats('A', ['legal'])], cc('SUBMIT'));
    const data = new FormData();
    data.set('file', new Blob(['words']), 'a.txt');
    const legal = await api.as('legal');
    const { id } = (await legal.send<{ id: string }>('POST', `/requests/${requestId}/attachments`, data))
      .body;
    expect((await watcher.get(`/requests/${requestId}/attachments/${id}`)).status).toBe(404);
    expect((await legal.get(`/requests/${requestId}/attachments/${id}`)).status).toBe(200);
  });

  it('whoever has a copy puts no file to it, and does not hear how many there are', async () => {
    const attachments = { maxBytes: 64, maxFiles: 1, mediaTypes: ['text/plain'] };
    const requestId = await desk.pending([desk.seats('A', ['legal'])], { ...cc('SUBMIT'), attachments });
    const put = async (client: ApiClient, name = 'a.txt') => {
      const data = new FormData();
      data.set('file', new Blob(['words']), name);
      const { body } = await client.send<{ code?: string }>(
        'POST',
        `/requests/${requestId}/attachments`,
        data,
      );
      return body.code ?? null;
    };
    const legal = await api.as('legal');
    expect(await put(watcher)).toBe('NOT_HOLDER');
    expect(await put(legal)).toBeNull();
    expect(await put(legal)).toBe('ATTACHMENT_LIMIT');
    expect(await put(watcher)).toBe('NOT_HOLDER');
  });
});
