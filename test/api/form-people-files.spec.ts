import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decide, task, type View } from '../builders/approval-client.js';
import { putInForce } from '../builders/policy-desk.js';
import { KEEPER, KEEPER_POLICY } from '../builders/kind-of-people.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';

interface Named {
  people: { id: string; name: string }[];
  files: { id: string; name: string; sha256: string }[];
}
interface Form {
  id: string;
  rowVersion: number;
  named: Named;
}
type FormView = Omit<View, 'path'> & {
  form: { formId: string; named: Named; writable: string[] };
  path: { seats: { id: string; version: number; holder: { id: string } | null }[] }[];
};

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const NOBODY = '00000000-0000-4000-8000-0000000000ff';

let api: TestApi;
const who: Record<string, ApiClient> = {};
const idOf: Record<string, string> = {};
const NAMES = ['moses.frase', 'dustin.brinkmann', 'director.central', 'finance', 'legal', 'admin', 'cfo'];
beforeAll(async () => {
  api = await startApi();
  for (const name of NAMES) {
    who[name] = await api.as(name);
    idOf[name] = await api.personId(name);
  }
  await putInForce(who['admin']!, who['cfo']!, 'approval.keeper', KEEPER_POLICY);
  await putInForce(who['admin']!, who['cfo']!, 'request.keeper', KEEPER);
});
afterAll(() => api.close());

let things = 0;
const keeping = (over: object = {}) => ({
  thing: `Box ${(things += 1)}`,
  keeper: idOf['finance'],
  ...over,
});
const draft = async (over: object = {}, by = 'moses.frase') => {
  const { status, body } = await who[by]!.post<Form>('/forms', { kind: 'keeper', document: keeping(over) });
  expect(status).toBe(201);
  return body;
};
const upload = (client: string, formId: string, name = 'lease.pdf', bytes = PDF) => {
  const data = new FormData();
  data.set('file', new Blob([Uint8Array.from(bytes)]), name);
  return who[client]!.send<{ id: string; sha256: string; code: string }>(
    'POST',
    `/forms/${formId}/attachments`,
    data,
  );
};
const save = (form: Form, document: object, by = 'moses.frase') =>
  who[by]!.put<Form>(`/forms/${form.id}`, { document }, { headers: { 'If-Match': `"${form.rowVersion}"` } });
const submitted = async (form: Pick<Form, 'id'>) => {
  const { status, body } = await who['moses.frase']!.post<FormView>(`/forms/${form.id}/submit`, {});
  expect(status).toBe(200);
  return body;
};
const wrongIn = ({ body }: { body: unknown }) =>
  ((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(
    ({ pointer, code }) => `${pointer} ${code}`,
  );
const view = async (by: string, id: string) => (await who[by]!.get<FormView>(`/requests/${id}`)).body;

describe('a person field', () => {
  it('names somebody who works here, shown by name, and may be the approver', async () => {
    const form = await draft();
    expect(form.named.people.map(({ id }) => id)).toEqual([idOf['finance']]);
    const { id } = await submitted(form);
    const seen = await view('finance', id);
    expect(seen.path.map((stage) => stage.seats.map(({ holder }) => holder?.id))).toEqual([
      [idOf['finance']],
    ]);
    expect(seen.form.named.people[0]!.name).not.toBe('');
    expect(seen.subject.facts.find(({ key }) => key === 'keeper')?.value).toBe(
      seen.form.named.people[0]!.name,
    );
  });

  it('is refused when nobody is there, or not any more', async () => {
    const nobody = keeping({ keeper: NOBODY });
    expect(wrongIn(await who['moses.frase']!.post('/forms', { kind: 'keeper', document: nobody }))).toEqual([
      '/document/keeper UNKNOWN_PERSON',
    ]);
    const preview = await who['moses.frase']!.post(
      '/requests/preview',
      { kind: 'keeper', document: nobody },
      { key: null },
    );
    expect(wrongIn(preview)).toEqual(['/document/keeper UNKNOWN_PERSON']);
    expect(
      wrongIn(
        await who['moses.frase']!.post('/requests', { kind: 'keeper', document: keeping({ keeper: 'x' }) }),
      ),
    ).toEqual(['/document/keeper FORMAT']);
    const form = await draft({ keeper: idOf['legal'] });
    await api.dataSource.query(`UPDATE employee SET status = 'LEFT', left_at = now() WHERE id = $1`, [
      idOf['legal'],
    ]);
    try {
      expect(wrongIn(await who['moses.frase']!.post(`/forms/${form.id}/submit`, {}))).toEqual([
        '/document/keeper UNKNOWN_PERSON',
      ]);
    } finally {
      await api.dataSource.query(`UPDATE employee SET status = 'ACTIVE', left_at = NULL WHERE id = $1`, [
        idOf['legal'],
      ]);
    }
  });
});

describe('an attachment field', () => {
  it('AE-SUB-1 holds a file put to the document; its digest is part of what is approved', async () => {
    const form = await draft();
    const { status, body: file } = await upload('moses.frase', form.id);
    expect([status, file.sha256]).toEqual([201, createHash('sha256').update(PDF).digest('hex')]);
    const saved = await save(form, keeping({ lease: file.id }));
    expect(saved.body.named.files).toMatchObject([{ id: file.id, name: 'lease.pdf' }]);
    const { id } = await submitted(form);
    const [round] = await api.dataSource.query<{ document: object }[]>(
      `SELECT document FROM approval_round WHERE request_id = $1`,
      [id],
    );
    expect(round!.document).toMatchObject({ attachments: { [file.id]: file.sha256 } });
    const seen = await view('finance', id);
    expect(seen.form.named.files.map(({ name }) => name)).toEqual(['lease.pdf']);
    for (const [reader, path] of [
      ['finance', `/requests/${id}/attachments/${file.id}`],
      ['moses.frase', `/forms/${form.id}/attachments/${file.id}`],
    ] as const)
      expect((await who[reader]!.get(path)).status).toBe(200);
  });

  it('is refused with somebody else’s file, one of another document, one that is not there', async () => {
    const [form, other] = [await draft(), await draft()];
    const { body: file } = await upload('moses.frase', other.id);
    for (const lease of [file.id, NOBODY])
      expect(wrongIn(await save(form, keeping({ lease })))).toEqual(['/document/lease UNKNOWN_FILE']);
    expect(
      wrongIn(
        await who['moses.frase']!.post('/forms', { kind: 'keeper', document: keeping({ lease: file.id }) }),
      ),
    ).toEqual(['/document/lease UNKNOWN_FILE']);
    expect((await upload('finance', form.id)).status).toBe(404);
    expect((await who['finance']!.get(`/forms/${other.id}/attachments/${file.id}`)).status).toBe(404);
  });

  it('of a kind that takes no files, only who has a part in the document hears that it does not', async () => {
    await putInForce(who['admin']!, who['cfo']!, 'request.gift', GIFT);
    const started = { kind: 'gift', document: GIFT_DOCUMENT };
    const { body: gift } = await who['moses.frase']!.post<Form>('/forms', started);
    const [own, other, none] = [
      await upload('moses.frase', gift.id),
      await upload('finance', gift.id),
      await upload('finance', NOBODY),
    ];
    expect([own.body.code, other.status, none.status]).toEqual(['FIELD_NOT_WRITABLE', 404, 404]);
    expect(other.body.code).toBe(none.body.code);
  });

  it('AE-REQ-1 takes what the policy allows of attachments', async () => {
    const form = await draft();
    const { body } = await upload('moses.frase', form.id, 'run.exe', Buffer.from('MZ\u0000\u0001'));
    expect(body.code).toBe('ATTACHMENT_TYPE');
  });

  it('by stage: filled in by the holder of a task, hidden from others, its file with it', async () => {
    const form = await draft();
    const { id } = await submitted(form);
    expect((await upload('moses.frase', form.id)).body).toMatchObject({ code: 'LOCKED_BY_APPROVAL' });
    const { status, body: file } = await upload('finance', form.id, 'handover.pdf');
    expect(status).toBe(201);
    const filled = await who['finance']!.put<FormView>(`/requests/${id}/fields`, {
      values: { '/handover': file.id },
    });
    expect(filled.body.form.named.files.map(({ name }) => name)).toEqual(['handover.pdf']);
    expect((await who['finance']!.get(`/requests/${id}/attachments/${file.id}`)).status).toBe(200);
    const hidden = await view('dustin.brinkmann', id);
    expect(hidden.form.named.files).toEqual([]);
    expect((await who['dustin.brinkmann']!.get(`/requests/${id}/attachments/${file.id}`)).status).toBe(404);
    await decide(who['finance']!, id, 'APPROVE');
    expect((await upload('finance', form.id)).status).toBe(404);
  });

  it('goes with a draft that is deleted', async () => {
    const form = await draft();
    await upload('moses.frase', form.id);
    expect((await who['moses.frase']!.delete(`/forms/${form.id}`)).status).toBe(200);
    expect(await api.dataSource.query(`SELECT 1 FROM form_attachment WHERE form_id = $1`, [form.id])).toEqual(
      [],
    );
  });
});

describe('AE-SOD-1 a beneficiary named in the form', () => {
  it('AE-SELF-1 is not asked where the form names them as approver, but whoever is above them', async () => {
    const { id } = await submitted(await draft({ keeper: idOf['finance'], heir: idOf['finance'] }));
    const { path } = (await who['moses.frase']!.get<FormView>(`/requests/${id}`)).body;
    const holders = path.flatMap(({ seats }) => seats.map(({ holder }) => holder?.id));
    expect(holders).toHaveLength(1);
    expect(holders).not.toContain(idOf['finance']);
  });

  it('is refused as somebody a seat is handed to', async () => {
    const { id } = await submitted(await draft({ heir: idOf['director.central'] }));
    const [stored] = await api.dataSource.query<{ beneficiary_ids: string[] }[]>(
      `SELECT beneficiary_ids FROM approval_request WHERE id = $1`,
      [id],
    );
    expect(stored!.beneficiary_ids).toEqual([idOf['director.central']]);
    const { seatId, seatVersion } = await task(who['finance']!, id);
    const transfer = await who['finance']!.post(`/seats/${seatId}/transfer`, {
      toPersonId: idOf['director.central'],
      reason: 'away',
      expectedSeatVersion: seatVersion,
    });
    expect([transfer.status, transfer.body['code']]).toEqual([403, 'SOD_INITIATOR']);
  });
});
