import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { handOverAllOf } from '../../src/commands/contract/leaver.js';
import { effectiveContract, readContract, write, type Contract } from '../builders/contract.js';
import { propose } from '../builders/contract-change.js';
import { eachForItself } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

let api: TestApi;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  await eachForItself(api.dataSource);
  admin = await api.as('admin');
});
afterAll(() => api?.close());

/** Leaves, and what is handed over at once is. */
async function leaves(username: string, successor?: string): Promise<void> {
  const query = successor ? `?successorId=${await api.personId(successor)}` : '';
  const { status } = await admin.delete(`/org/people/${await api.personId(username)}${query}`);
  expect(status).toBe(204);
  const [change] = await api.dataSource.query<{ id: string }[]>(
    `SELECT id FROM staff_change WHERE employee_id = $1 AND kind = 'LEFT'`,
    [await api.personId(username)],
  );
  await handOverAllOf(api.dataSource, { key: randomUUID(), correlationId: null }, change!.id);
}

/** Who sees to what of a contract, by what it is. */
async function inCharge({ id }: Contract): Promise<Record<string, string>> {
  const rows = await api.dataSource.query<{ what: string; who: string }[]>(
    `SELECT d.what, e.username AS who FROM (
       SELECT 'contract' AS what, owner_id FROM contract WHERE id = $1
       UNION SELECT 'milestone', owner_id FROM milestone WHERE contract_id = $1 AND done_on IS NULL
       UNION SELECT 'order', owner_id FROM contract_order WHERE contract_id = $1 AND state = 'PLACED'
       UNION SELECT 'dispute', owner_id FROM contract_dispute WHERE contract_id = $1) d
     JOIN employee e ON e.id = d.owner_id ORDER BY 1`,
    [id],
  );
  return Object.fromEntries(rows.map(({ what, who }) => [what, who]));
}

const ORDER = { lines: [{ no: 1, qty: '1' }], deliverBy: '2026-12-20' };

const all = (who: string) => ({ milestone: who, order: who, dispute: who });

/** Dates, an order and a dispute of the contract are somebody's to see to. */
async function seenTo({ id }: Contract, username: string): Promise<void> {
  const personId = await api.personId(username);
  await api.dataSource.query(`UPDATE milestone SET owner_id = $2 WHERE contract_id = $1`, [id, personId]);
  await write(await api.as('backoffice'), `/contracts/${id}/orders`, ORDER);
  const dispute = { reason: 'QUALITY', text: 'two are broken', amount: '10.00', suspends: false };
  await write(await api.as('legal'), `/contracts/${id}/disputes`, { ...dispute, ownerId: personId });
}

/** What the contract's chain says of duties that changed hands. */
async function handedOver({ id }: Contract): Promise<unknown[]> {
  const rows = await api.dataSource.query<{ payload: unknown }[]>(
    `SELECT payload FROM event WHERE aggregate_kind = 'contract' AND aggregate_id = $1 AND type = 'contract.duties-handed-over'`,
    [id],
  );
  return rows.map(({ payload }) => payload);
}

async function toldOfDuties({ id }: Contract): Promise<string[]> {
  const rows = await api.dataSource.query<{ username: string }[]>(
    `SELECT e.username FROM notification n JOIN employee e ON e.id = n.person_id
     WHERE n.contract_id = $1 AND n.kind = 'CONTRACT_DUTY_MOVED'`,
    [id],
  );
  return rows.map(({ username }) => username);
}

describe('somebody leaves (processes 3.2: new owner inherits; AE-LEAVE-1)', () => {
  it('a contract in force, its dates and disputes go to their manager when nobody was named, and on when that one leaves', async () => {
    const rep = await api.as('moses.frase');
    const contract = await effectiveContract(api, rep);
    await write(await api.as('legal'), `/contracts/${contract.id}/disputes`, {
      reason: 'QUALITY',
      text: 'two are broken',
      amount: '10.00',
      suspends: false,
    });
    await api.dataSource.query(`UPDATE milestone SET owner_id = $2 WHERE contract_id = $1`, [
      contract.id,
      await api.personId('moses.frase'),
    ]);
    const theirs = async (who: string) =>
      expect(await inCharge(contract)).toEqual({ contract: who, dispute: who, milestone: who });
    await theirs('moses.frase');
    await leaves('moses.frase');
    await theirs('dustin.brinkmann');
    await leaves('dustin.brinkmann', 'melvin.marxen');
    await theirs('melvin.marxen');
    const { rowVersion } = await readContract(await api.as('melvin.marxen'), contract.id);
    expect(rowVersion).toBe(contract.rowVersion + 2);
  });

  it('dates, orders and disputes of somebody else’s contract go to its owner, of one whose owner has left as well to their own heir', async () => {
    const rep = await api.as('reed.clapper');
    const theirs = await effectiveContract(api, rep);
    const decided = await effectiveContract(api, await api.as('vicki.laflamme'));
    await propose(await api.as('vicki.laflamme'), decided, { termDays: 45 });
    for (const contract of [theirs, decided]) await seenTo(contract, 'darcel.schlecht');
    const before = await readContract(rep, theirs.id);
    await leaves('vicki.laflamme', 'reed.clapper');
    expect(await inCharge(decided)).toEqual({ contract: 'vicki.laflamme', ...all('darcel.schlecht') });

    await leaves('darcel.schlecht', 'cecily.lampkin');
    expect(await inCharge(theirs)).toEqual({ contract: 'reed.clapper', ...all('reed.clapper') });
    expect(await inCharge(decided)).toEqual({ contract: 'vicki.laflamme', ...all('cecily.lampkin') });
    expect((await readContract(rep, theirs.id)).rowVersion).toBe(before.rowVersion);
    expect(await handedOver(theirs)).toEqual([
      { from: await api.personId('darcel.schlecht'), ownerId: await api.personId('reed.clapper') },
    ]);
    expect(await toldOfDuties(theirs)).toEqual(['reed.clapper']);
  });

  it('what is ordered after whoever delivers has left is the owner’s to deliver', async () => {
    const rep = await api.as('rosalina.dieter');
    const contract = await effectiveContract(api, rep);
    await api.dataSource.query(
      `UPDATE milestone SET owner_id = $2, done_on = current_date WHERE contract_id = $1`,
      [contract.id, await api.personId('markita.hansen')],
    );
    await leaves('markita.hansen', 'cecily.lampkin');
    await write(rep, `/contracts/${contract.id}/orders`, ORDER);
    expect((await inCharge(contract))['order']).toBe('rosalina.dieter');
  });

  it('while a change of it is being worked on the contract stays whose it was', async () => {
    const rep = await api.as('anna.snelling');
    const contract = await effectiveContract(api, rep);
    await propose(rep, contract, { termDays: 45 });
    await leaves('anna.snelling', 'versie.hillebrand');
    expect((await inCharge(contract))['contract']).toBe('anna.snelling');
  });
});
