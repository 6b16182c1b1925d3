import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { whyNot, type StageVerdict } from '../../src/commands/approval/why-not.js';
import type { PolicyInput } from '../../src/domain/approval/policy.js';
import type { SeedRow } from '../../src/policy/seed/build.js';
import { Desk } from '../builders/approval-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const [LEAD, DIRECTOR, CFO] = ['dustin.brinkmann', 'director.central', 'cfo'];
const row = (id: string, when: SeedRow['when'], stages: string[], level: number): SeedRow => ({
  id,
  when,
  stages,
  rule: `rule ${id}`,
  text: 'amount {amount}',
  group: 'amount',
  level,
});
/** 100,000: the lead, though a lower rule holds as well; the CFO only above 500,000 */
const ROWS = [
  row('any', {}, ['CHECK'], 0),
  row('lead', { amount: '>= 50000' }, ['LEAD', 'DIRECTOR'], 1),
  row('cfo', { amount: '> 500000' }, ['CFO'], 2),
];
const EVERYTHING = { rules: true, confidential: true };

async function pending(over: { rows?: SeedRow[]; inputs?: PolicyInput[] } = {}): Promise<string> {
  return desk.pending(
    [
      desk.seats('CHECK', ['legal']),
      desk.seats('LEAD', [LEAD, 'moses.frase'], { self: 'REMOVE_IF_OTHERS', rank: 1 }),
      desk.seats('DIRECTOR', [DIRECTOR], { rank: 2 }),
      desk.seats('CFO', [], { branch: 'cfo', resolver: { kind: 'ROLE', role: 'CFO', take: 'NEAREST' } }),
    ],
    { rows: ROWS, ...over },
  );
}

async function about(requestId: string, who: string, may = EVERYTHING): Promise<StageVerdict[]> {
  return (await whyNot(desk.db.manager, requestId, desk.id(who), may)).stages;
}

const stage = (stages: StageVerdict[], key: string) => stages.find((one) => one.key === key)!;

describe('AE-PLAN-4 why somebody was, or was not, asked', () => {
  it('no rule asked for their stage: the first condition that failed, with the fact it failed on', async () => {
    const stages = await about(await pending(), CFO);
    expect(stages[0]).toMatchObject({
      key: 'CFO',
      asked: false,
      person: 'STAGE_NOT_ASKED',
      rules: [
        {
          rowId: 'cfo',
          verdict: 'UNMET',
          unmet: { input: { name: 'amount', label: 'Amount' }, cell: '> 500000', value: '100000' },
        },
      ],
    });
    expect(stages.slice(1).map(({ person }) => person)).toEqual(['NOT_NAMED', 'NOT_NAMED', 'NOT_NAMED']);
  });

  it('a rule holds, but a higher level of its group decides', async () => {
    const check = stage(await about(await pending(), 'legal'), 'CHECK');
    expect(check).toMatchObject({
      asked: false,
      person: 'STAGE_NOT_ASKED',
      rules: [{ rowId: 'any', verdict: 'OUTRANKED', unmet: null }],
    });
  });

  it('they were dropped, and by which rule', async () => {
    const lead = stage(await about(await pending(), 'moses.frase'), 'LEAD');
    expect(lead).toMatchObject({ asked: true, person: 'DROPPED', code: 'INITIATOR' });
  });

  it('others are asked in the stage, not they', async () => {
    expect(stage(await about(await pending(), CFO), 'LEAD')).toMatchObject({
      asked: true,
      person: 'NOT_NAMED',
    });
  });

  it('they were asked, now or as foreseen: why', async () => {
    const requestId = await pending();
    expect(stage(await about(requestId, LEAD), 'LEAD')).toMatchObject({
      person: 'ASKED',
      why: [{ rule: 'rule lead', inputs: { amount: '100000' } }],
      rules: [{ rowId: 'lead', verdict: 'MET' }],
    });
    expect(stage(await about(requestId, DIRECTOR), 'DIRECTOR')).toMatchObject({ person: 'ASKED' });
  });

  it('is answered on the organisation of then; without it, unknown and not guessed', async () => {
    const requestId = await pending();
    await desk.db.query(`UPDATE role_grant SET valid = tstzrange(lower(valid), now()) WHERE role = 'CFO'`);
    expect((await about(requestId, CFO))[0]!.person).toBe('STAGE_NOT_ASKED');
    await desk.db.query(`ALTER TABLE approval_round DISABLE TRIGGER approval_round_append_only`);
    await desk.db.query(`UPDATE approval_round SET who = NULL, snapshot_hash = NULL WHERE request_id = $1`, [
      requestId,
    ]);
    await desk.db.query(`ALTER TABLE approval_round ENABLE TRIGGER approval_round_append_only`);
    expect(stage(await about(requestId, CFO), 'CFO').person).toBe('UNKNOWN');
  });

  it('shows no cell to whoever may not read policies, and no confidential figure to whoever may not see cost', async () => {
    const requestId = await pending();
    await desk.db.query(`ALTER TABLE approval_round DISABLE TRIGGER approval_round_append_only`);
    await desk.db.query(`UPDATE approval_round SET confidential = '{"amount": "1"}' WHERE request_id = $1`, [
      requestId,
    ]);
    await desk.db.query(`ALTER TABLE approval_round ENABLE TRIGGER approval_round_append_only`);
    const unmet = async (rules: boolean, confidential: boolean) =>
      stage(await about(requestId, CFO, { rules, confidential }), 'CFO').rules[0]!.unmet;
    expect(await unmet(false, true)).toMatchObject({ cell: null, value: '100000' });
    expect(await unmet(true, false)).toMatchObject({ cell: null, value: null });
    expect(await unmet(true, true)).toMatchObject({ cell: '> 500000', value: '100000' });
  });
});
