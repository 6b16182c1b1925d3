import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../builders/approval-desk.js';
import { startApi, type TestApi } from '../support/api.js';

let api: TestApi;
let desk: Desk;
beforeAll(async () => {
  api = await startApi();
  desk = await Desk.over(api.dataSource);
});
afterAll(() => api.close());

const input = {
  title: 'A laptop',
  amount: { amount: '9000', currency: 'CNY' },
  facts: { category: 'standard', levels: 'one' },
  content: {},
};

async function asked(beneficiaryIds: readonly string[]) {
  const client = await api.as('moses.frase');
  return client.post<{ id: string }>('/requests', { ...input, beneficiaryIds });
}

describe('AE-SELF-1, AE-SOD-1 whom a request is for', () => {
  it('is asked nothing of it: whoever is next is', async () => {
    const plain = await asked([]);
    expect(plain.status).toBe(201);
    const approver = (await desk.read(plain.body.id)).state.seats[0]!.holderId;
    const { status, body } = await asked([approver]);
    expect(status).toBe(201);
    const { state } = await desk.read(body.id);
    expect(state).toMatchObject({ beneficiaryIds: [approver] });
    expect(state.selfIds).toContain(approver);
    expect(state.seats.map(({ holderId }) => holderId)).not.toContain(approver);
  });

  it('is somebody: nobody is refused at its field', async () => {
    const { status, body } = await asked([desk.id('legal'), '00000000-0000-7000-8000-000000000000']);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ pointer: '/beneficiaryIds', code: 'UNKNOWN_PERSON' }] });
  });
});
