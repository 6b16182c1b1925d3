import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../builders/approval-desk.js';
import { newDeal } from '../builders/opportunity.js';
import { catalogue, draft, eachForItself, submit, type Preview } from '../builders/quotation.js';
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

describe('AE-SOD-1 whose deal a quotation is of', () => {
  it('is not asked about it, although somebody else has written it', async () => {
    await eachForItself(api.dataSource);
    const rep = await api.as('moses.frase');
    const [repId, directorId] = await Promise.all(['moses.frase', 'director.central'].map(api.personId));
    const goods = await catalogue(rep);
    const deal = await newDeal(rep, { customerId: goods.customer('Cheers') });
    const body = goods.body({ discountPct: '12' }, { opportunityId: deal.id });
    const signers = async () => {
      const { stages } = (await rep.post<Preview>('/quotes/preview', body, { key: null })).body;
      return stages.flatMap(({ seats }) => seats.map(({ person }) => person.name));
    };
    expect(await signers()).toContain('Grace Chen');
    await api.dataSource.query(`UPDATE opportunity SET owner_id = $2 WHERE id = $1`, [deal.id, directorId]);
    await api.dataSource.query(
      `INSERT INTO opportunity_collaborator (opportunity_id, employee_id) VALUES ($1, $2)`,
      [deal.id, repId],
    );
    expect(await signers()).not.toContain('Grace Chen');
    const { requestId } = await submit(rep, (await draft(rep, body)).id);
    const { state } = await desk.read(requestId!);
    expect(state.beneficiaryIds).toEqual([directorId]);
    expect(state.seats.map(({ holderId }) => holderId)).not.toContain(directorId);
  });
});
