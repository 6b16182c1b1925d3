import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { PRICING_POLICY } from '../../src/policy/seed/pricing-policy.js';
import {
  approve,
  draftOf,
  edit,
  general,
  ROW,
  submit,
  versionOf,
  type PolicyAnswer,
} from '../builders/policy-desk.js';
import { startApi, type ApiClient, type Reply, type TestApi } from '../support/api.js';

let api: TestApi;
let rep: ApiClient;
let finance: ApiClient;
let cfo: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  api = await startApi();
  [rep, finance, cfo, admin] = (await Promise.all(
    ['moses.frase', 'finance', 'cfo', 'admin'].map((name) => api.as(name)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
});
afterAll(() => api.close());

const FACTS = { category: 'standard', amount: '20000', levels: 'one' };
const oneCase = (stages: string[]) => ({ name: 'twenty thousand', facts: FACTS, stages });
const content = (stages: string[]) => ({ ...general([ROW]), cases: [oneCase(stages)] });

describe('AE-POL-1 test cases saved with the table', () => {
  it('fit the inputs of the policy', async () => {
    const { body } = await cfo.get<PolicyAnswer[]>('/policies?kind=approval.general');
    const inputs = body[0]!.content['inputs'] as { name: string }[];
    expect(inputs.map(({ name }) => name).sort()).toEqual(Object.keys(FACTS).sort());
  });

  it('run on every look of the linter; a wrong answer keeps the draft out of review until it is right', async () => {
    const draft = await draftOf(cfo, 'approval.general', content(['CFO']));
    const linted = await cfo.post<{ errors: number; cases: object[] }>('/policies/lint', {
      draftId: draft.id,
    });
    expect(linted.body).toMatchObject({
      errors: 1,
      cases: [
        { name: 'twenty thousand', passed: false, stages: ['TEAM_LEAD'], rows: ['all'], refused: null },
      ],
    });
    const refused = await submit(cfo, draft);
    expect([refused.status, refused.body['problems']]).toEqual([
      422,
      [
        expect.objectContaining({
          at: 'cases/twenty thousand',
          code: 'CASE_FAILED',
          message: 'expected [CFO], the table answers [TEAM_LEAD]',
          messageZh: '预期 [CFO]，决策表得出 [TEAM_LEAD]',
        }),
      ],
    ]);
    const right = await edit(cfo, draft, { content: content(['TEAM_LEAD']) });
    const done = await approve(admin, (await submit(cfo, right.body)).body);
    expect(done.body).toMatchObject({ state: 'ACTIVE', content: { cases: [oneCase(['TEAM_LEAD'])] } });
    expect((await draftOf(cfo, 'approval.general')).content['cases']).toEqual([oneCase(['TEAM_LEAD'])]);
  });

  it('run again at the approval', async () => {
    const { body: draft } = await submit(cfo, await draftOf(cfo, 'approval.general', content(['TEAM_LEAD'])));
    await api.dataSource.query(
      `UPDATE policy_draft SET content = jsonb_set(content::jsonb, '{cases,0,stages}', '["CFO"]') WHERE id = $1`,
      [draft.id],
    );
    const { status, body } = await approve(admin, draft);
    expect([status, body['code']]).toEqual([422, 'POLICY_ERROR']);
  });
});

const fileOf = (bytes: Uint8Array<ArrayBuffer>) => {
  const form = new FormData();
  form.set('file', new Blob([bytes]), 'table.xlsx');
  return form;
};

async function exported(policyId: string): Promise<ExcelJS.Workbook> {
  const answer = await fetch(`${api.url}/api/v1/policies/${policyId}/table.xlsx`, {
    headers: { Authorization: `Bearer ${cfo.token}` },
  });
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="approval\.\w+-\d+\.xlsx"$/,
  );
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  return workbook;
}

async function importInto(
  draft: PolicyAnswer,
  workbook: ExcelJS.Workbook,
  options: { key?: string } = {},
): Promise<Reply<PolicyAnswer & Record<string, unknown>>> {
  const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
  const { headers } = versionOf(draft.draft!.rowVersion);
  return cfo.send('POST', `/policies/drafts/${draft.id}/import`, fileOf(bytes), { headers, ...options });
}

describe('the table in a spreadsheet', () => {
  it('is closed to whoever may not read or write policies, and parameters have none', async () => {
    const draft = await draftOf(cfo, 'pricing', PRICING_POLICY);
    expect((await api.anonymous.get(`/policies/${draft.id}/table.xlsx`)).status).toBe(401);
    expect((await rep.get(`/policies/${draft.id}/table.xlsx`)).status).toBe(403);
    const none = await finance.get(`/policies/${draft.id}/table.xlsx`);
    expect([none.status, none.body['code']]).toEqual([422, 'POLICY.NO_TABLE']);
    const path = `/policies/drafts/${draft.id}/import`;
    const upload = () => fileOf(new Uint8Array([1, 2, 3]));
    expect((await api.anonymous.send('POST', path, upload())).status).toBe(401);
    expect((await finance.send('POST', path, upload())).status).toBe(403);
    expect((await cfo.send('POST', path, undefined, versionOf(1))).status).toBe(400);
    expect((await cfo.send('POST', path, upload(), versionOf(1))).body['code']).toBe('POLICY.NO_TABLE');
  });

  it('goes out, is changed there, and comes back into a draft as an edit of it', async () => {
    const draft = await draftOf(cfo, 'approval.quote');
    const workbook = await exported(draft.id);
    const sheet = workbook.worksheets[0]!;
    sheet.eachRow((row) => {
      if (row.getCell(1).value === 'discount-10') row.getCell(2).value = '> 12';
    });
    const done = await importInto(draft, workbook);
    expect([done.status, done.body.draft!.rowVersion]).toEqual([200, 2]);
    expect(JSON.stringify(done.body.content['jdm'])).toContain('"discountPct":"> 12"');
    expect(done.body.content['stages']).toEqual(draft.content['stages']);
    expect((await importInto(draft, workbook)).status).toBe(412);
  });

  it('under one key is one file: the same again is answered again, another one is refused', async () => {
    const draft = await draftOf(cfo, 'approval.quote');
    const workbook = await exported(draft.id);
    const key = 'one-file';
    const { headers } = versionOf(1);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const path = `/policies/drafts/${draft.id}/import`;
    const send = (file: FormData) => cfo.send('POST', path, file, { key, headers });
    expect((await send(fileOf(bytes))).status).toBe(200);
    expect((await send(fileOf(bytes))).headers.get('idempotency-replayed')).toBe('true');
    workbook.worksheets[0]!.getCell('B3').value = '<= 4';
    const other = await send(fileOf(new Uint8Array(await workbook.xlsx.writeBuffer())));
    expect([other.status, other.body['code']]).toEqual([422, 'KEY_REUSED']);
  });

  it('with errors changes nothing and names their cells; so does what is no workbook or too large', async () => {
    const draft = await draftOf(cfo, 'approval.quote');
    const workbook = await exported(draft.id);
    workbook.worksheets[0]!.getCell('B4').value = { formula: 'A1', result: 1 };
    const refused = await importInto(draft, workbook);
    expect([refused.status, refused.body['code']]).toEqual([422, 'POLICY.SHEET']);
    expect(refused.body['problems']).toMatchObject([{ at: 'table!B4', code: 'FORMULA' }]);
    const path = `/policies/drafts/${draft.id}/import`;
    const send = (bytes: Uint8Array<ArrayBuffer>) => cfo.send('POST', path, fileOf(bytes), versionOf(1));
    expect((await send(new TextEncoder().encode('a;b;c'))).body['code']).toBe('POLICY.SHEET_UNREADABLE');
    expect((await send(new Uint8Array(3 * 1_024 * 1_024))).status).toBe(413);
    const { body } = await cfo.get<PolicyAnswer>(`/policies/${draft.id}`);
    expect(body.draft!.rowVersion).toBe(1);
  });
});
