import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH } from '../../src/workflows/messages.js';
import { everybodyApproves, readContract, signedCopy, write } from '../builders/contract.js';
import { act, catalogue, draft, submit } from '../builders/quotation.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { workflowTasks } from './harness.js';
import { startProcesses } from './live-processes.js';

let api: TestApi;
let environment: TestWorkflowEnvironment;
let processes: Awaited<ReturnType<typeof startProcesses>>;
let rep: ApiClient;

beforeAll(async () => {
  [api, environment] = await Promise.all([startApi(), devServer()]);
  processes = await startProcesses(environment, api.dataSource);
  rep = await api.as('anna.snelling');
}, 120_000);
afterAll(async () => {
  await processes?.stop();
  await environment?.teardown();
  await api?.close();
});

function stage(handle: WorkflowHandle): Promise<string | undefined> {
  return handle.describe().then(({ typedSearchAttributes }) => typedSearchAttributes.get(SEARCH.stage));
}

describe('a sale on the real parts', () => {
  it('from submission to an effective contract; another signed text goes back to review', async () => {
    const goods = await catalogue(rep);
    const quote = await submit(rep, (await draft(rep, goods.body({ discountPct: '8' }))).id);
    const handle = environment.client.workflow.getHandle(`quote-to-contract/${quote.id}`);
    await until(async () => (await stage(handle)) === 'QUOTE_APPROVAL:TEAM_LEAD');
    await everybodyApproves(api, quote.requestId!);
    await act(rep, quote.id, 'send');
    await until(async () => (await stage(handle)) === 'QUOTE_SENT');
    await act(rep, quote.id, 'accept', { acceptedBy: 'Ms Zhao' });

    const { id } = await until(async () => {
      const { body } = await rep.get<{ items: { id: string; quoteId: string }[] }>('/contracts');
      return body.items.find(({ quoteId }) => quoteId === quote.id);
    });
    await until(async () => (await stage(handle)) === 'CONTRACT_DRAFT');
    await write(rep, `/contracts/${id}/submit`);
    await until(async () => (await stage(handle))?.startsWith('CONTRACT_REVIEW:'));
    await everybodyApproves(api, (await readContract(rep, id)).requestId!);
    const keeper = await api.as('seal');
    await write(keeper, `/contracts/${id}/seal`);
    await until(async () => (await stage(handle)) === 'CONTRACT_SEALED');

    const office = await api.as('backoffice');
    const { text } = await readContract(office, id);
    const other = await write(office, `/contracts/${id}/counter-signed`, signedCopy(`${text} and more`));
    expect(other.state).toBe('IN_REVIEW');
    await until(async () => (await stage(handle))?.startsWith('CONTRACT_REVIEW:'));
    await everybodyApproves(api, (await readContract(rep, id)).requestId!);
    await write(keeper, `/contracts/${id}/seal`);
    const signed = await write(office, `/contracts/${id}/counter-signed`, signedCopy(text));
    expect(signed.state).toBe('EFFECTIVE');
    expect(await handle.result()).toBe('CONTRACT_EFFECTIVE');
    expect(await workflowTasks(handle)).toBeLessThan(40);
  }, 60_000);
});
