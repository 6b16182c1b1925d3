import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyStaffChange } from '../../src/commands/approval/staff-change.js';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface View {
  path: {
    strictReporting: boolean;
    seats: { state: string; holder: { id: string } | null; orgDrift: unknown[] | null }[];
  }[];
}

let api: TestApi;
let desk: Desk;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
  admin = await api.as('admin');
});
afterAll(() => api.close());

async function changeIsFollowed(): Promise<void> {
  const [change] = await desk.db.query<{ id: string }[]>(
    `SELECT id FROM staff_change ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  await applyStaffChange(desk.db, { key: `look ${change!.id}`, correlationId: null }, change!.id);
}

async function seats(requestId: string) {
  const { body } = await (await api.as('moses.frase')).get<View>(`/requests/${requestId}`);
  return body.path[0]!;
}

describe('AE-MGR-2 a post changes over HTTP', () => {
  it.each(['post', 'human'])(
    'PUT /org/people/{id}/%s is for administrators of the organisation',
    async (what) => {
      const rep = await api.as('moses.frase');
      const body = what === 'post' ? { unitId: desk.id('legal'), position: 'HEAD' } : { sameAs: null };
      expect((await rep.put(`/org/people/${desk.id('legal')}/${what}`, body)).status).toBe(403);
    },
  );

  it('strictReporting follows, without it the drift is shown', async () => {
    const [lead] = (await desk.hire(1)) as [string];
    const line = (strictReporting: boolean) => ({
      ...desk.seats('LINE', []),
      resolver: { kind: 'MANAGER' as const, levels: 1 },
      strictReporting,
    });
    const [follows, stays] = [await desk.pending([line(true)]), await desk.pending([line(false)])];
    const [post] = await desk.db.query<{ id: string }[]>(
      `SELECT unit_id AS id FROM assignment WHERE employee_id = $1 AND is_primary`,
      [desk.id('moses.frase')],
    );
    const path = `/org/people/${desk.id(lead)}/post`;
    expect((await admin.put(path, { unitId: post!.id, position: 'CHIEF' })).status).toBe(400);
    expect((await admin.put(path, { unitId: desk.id(lead), position: 'HEAD' })).status).toBe(404);
    expect((await admin.put(path, { unitId: post!.id, position: 'HEAD' })).status).toBe(204);
    await changeIsFollowed();
    expect(await seats(follows)).toMatchObject({
      strictReporting: true,
      seats: [{ holder: { id: desk.id(lead) }, state: 'OPEN', orgDrift: null }],
    });
    expect(await seats(stays)).toMatchObject({
      strictReporting: false,
      seats: [{ holder: { id: desk.id('dustin.brinkmann') }, orgDrift: [{ id: desk.id(lead) }] }],
    });
  });

  it('AE-SOD-1 two accounts are said to be one human', async () => {
    const [other] = (await desk.hire(1)) as [string];
    const path = `/org/people/${desk.id(other)}/human`;
    expect((await admin.put(path, {})).status).toBe(400);
    expect((await admin.put(path, { sameAs: desk.id('moses.frase') })).status).toBe(204);
    expect((await admin.put(path, { sameAs: null })).status).toBe(204);
  });
});
