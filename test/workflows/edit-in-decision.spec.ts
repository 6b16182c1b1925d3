import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH } from '../../src/workflows/messages.js';
import { decide, type View } from '../builders/approval-client.js';
import { act, catalogue, draft, submit } from '../builders/quotation.js';
import { putInForce } from '../builders/policy-desk.js';
import { GIFT, GIFT_DOCUMENT } from '../builders/request-kind.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { startProcesses } from './live-processes.js';

let api: TestApi;
let environment: TestWorkflowEnvironment;
let processes: Awaited<ReturnType<typeof startProcesses>>;
const who: Record<string, ApiClient> = {};

beforeAll(async () => {
  [api, environment] = await Promise.all([startApi(), devServer()]);
  processes = await startProcesses(environment, api.dataSource);
  const names = ['moses.frase', 'dustin.brinkmann', 'director.central', 'finance', 'credit', 'admin', 'cfo'];
  for (const name of names) who[name] = await api.as(name);
}, 120_000);
afterAll(async () => {
  await processes?.stop();
  await environment?.teardown();
  await api?.close();
});

const handleOf = (id: string) => environment.client.workflow.getHandle(id);
const stage = (handle: WorkflowHandle) =>
  handle.describe().then(({ typedSearchAttributes }) => typedSearchAttributes.get(SEARCH.stage) ?? '');
const ok = async (name: string, requestId: string, over: object = {}) => {
  const answer = await decide(who[name]!, requestId, 'APPROVE', over);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
};

describe('AE-SUB-2 the processes see what an approver changed', () => {
  it('of a quotation the next version’s process waits for the stage that is asked again, the old one ends', async () => {
    const rep = who['moses.frase']!;
    const goods = await catalogue(rep);
    const first = await submit(
      rep,
      (await draft(rep, goods.body({ discountPct: '12' }, { termDays: 45 }))).id,
    );
    const id = first.requestId!;
    const old = handleOf(`quote-to-contract/${first.id}`);
    await until(async () => (await stage(old)).includes('CREDIT'));
    await ok('credit', id);
    await until(async () => !(await stage(old)).includes('CREDIT'));
    await ok('finance', id, { edits: { '/termDays': 60 }, acceptInvalidation: ['CREDIT'] });
    expect(await until(() => old.result())).toBe('SUPERSEDED');

    const { subject } = (await rep.get<View & { subject: { id: string } }>(`/requests/${id}`)).body;
    const now = handleOf(`quote-to-contract/${subject.id}`);
    await until(async () => (await stage(now)).includes('CREDIT'));
    await ok('credit', id);
    await ok('director.central', id);
    await act(rep, subject.id, 'send');
    await until(async () => (await stage(now)) === 'QUOTE_SENT');
  }, 60_000);

  it('of a request of a kind the same process goes back to the earlier stage, and ends with the approval', async () => {
    const access = { REGIONAL_DIRECTOR: { '/price': 'WRITE' } };
    await putInForce(who['admin']!, who['cfo']!, 'request.gift-w', { ...GIFT, access });
    const body = { kind: 'gift-w', document: GIFT_DOCUMENT };
    const { id } = (await who['moses.frase']!.post<View>('/requests', body)).body;
    const handle = handleOf(`approval/${id}`);
    await ok('dustin.brinkmann', id);
    await until(async () => (await stage(handle)).includes('REGIONAL_DIRECTOR'));
    const price = { amount: '1500.00', currency: 'CNY' };
    await ok('director.central', id, { edits: { '/price': price }, acceptInvalidation: ['TEAM_LEAD'] });
    await until(async () => (await stage(handle)).includes('TEAM_LEAD'));
    await ok('dustin.brinkmann', id);
    expect(await until(() => handle.result())).toBe('APPROVED');
  }, 60_000);
});
