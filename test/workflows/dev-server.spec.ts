import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { createOpsActivities } from '../../src/activities/ops.activities.js';
import { createProcessActivities } from '../../src/activities/process.activities.js';
import { createGeneralRequest } from '../../src/commands/approval/general.js';
import { generalSubject } from '../../src/commands/approval/general.subject.js';
import { stageSubject } from '../../src/commands/approval/stage.subject.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import { withdrawRequest } from '../../src/commands/approval/takeback.js';
import type { CommandMeta } from '../../src/commands/transaction.js';
import { createLogger } from '../../src/log.js';
import { temporalDelivery } from '../../src/relay/deliver.js';
import { startRelay, type Relay } from '../../src/relay/relay.js';
import { SEARCH, TASK_QUEUE } from '../../src/workflows/messages.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { BUNDLE } from './harness.js';
import { mutatedBundle } from './mutated-bundle.js';

let environment: TestWorkflowEnvironment;
let database: TestDatabase;
let initiator: string;
const running: { stop: () => Promise<void> }[] = [];

beforeAll(async () => {
  registerSubjects({ GENERAL: generalSubject, STAGE: stageSubject });
  [environment, database] = await Promise.all([devServer(), testDatabase({ seeded: true })]);
  const rows = await database.dataSource.query<{ id: string }[]>(
    `SELECT employee_id AS id FROM role_grant WHERE role = 'REP' ORDER BY employee_id LIMIT 1`,
  );
  initiator = rows[0]!.id;
}, 120_000);
afterEach(async () => {
  while (running.length > 0) await running.pop()!.stop();
});
afterAll(async () => {
  await environment?.teardown();
  await database?.close();
});

function relay(): Relay {
  const { dataSource, url } = database;
  const deliver = temporalDelivery(environment.client, dataSource);
  const started = startRelay({ dataSource, databaseUrl: url, deliver, log: createLogger('test') });
  running.push(started);
  return started;
}

async function worker(workflowBundle: WorkflowBundleOption = BUNDLE): Promise<{ stop: () => Promise<void> }> {
  const { dataSource } = database;
  const created = await Worker.create({
    connection: environment.nativeConnection,
    taskQueue: TASK_QUEUE,
    workflowBundle,
    activities: {
      ...createProcessActivities({ dataSource }),
      ...createOpsActivities({ dataSource, client: environment.client }),
    },
  });
  const ended = created.run();
  const stop = async (): Promise<void> => {
    if (created.getState() === 'RUNNING') created.shutdown();
    await ended;
  };
  running.push({ stop });
  return { stop };
}

function by(what: string): CommandMeta {
  const actor = { kind: 'PERSON' as const, id: initiator, permissions: ['quote:submit'] };
  return { actor, key: randomUUID(), scope: `test/${what}`, body: null, correlationId: `request-${what}` };
}

async function submit(): Promise<{ requestId: string; workflowId: string }> {
  const { value } = await createGeneralRequest(database.dataSource, by('submit'), {
    title: 'Special price *for* all',
    amount: { amount: '120000.00', currency: 'CNY' },
    facts: { category: 'special-price', levels: '2' },
    content: { reason: 'a big order' },
    approverIds: [],
  });
  return { requestId: value.requestId, workflowId: `approval/${value.requestId}` };
}

async function withdraw(requestId: string): Promise<void> {
  await withdrawRequest(database.dataSource, by('withdraw'), { requestId, reason: 'not needed' });
}

const isRunning = (workflowId: string) => async () => {
  const found = await environment.client.workflow.getHandle(workflowId).describe();
  return found.status.name === 'RUNNING' && found;
};

async function reconcile(): Promise<{ findings: number; retold: number }> {
  return environment.client.workflow.execute('reconcile', {
    taskQueue: TASK_QUEUE,
    workflowId: `reconcile-${randomUUID()}`,
  });
}

async function findings(workflowId: string): Promise<string[]> {
  const rows = await database.dataSource.query<{ cause: string }[]>(
    `SELECT cause FROM ops_finding WHERE process_id = $1`,
    [workflowId],
  );
  return rows.map(({ cause }) => cause);
}

describe('on a real server', () => {
  it('a request whose API died right after the commit is started by the outbox (AE-START-2)', async () => {
    const { requestId, workflowId } = await submit();
    relay();
    const found = await until(isRunning(workflowId));
    expect(found.memo).toEqual({ correlationId: 'request-submit' });
    await worker();
    await withdraw(requestId);
    expect(await environment.client.workflow.getHandle(workflowId).result()).toBe('WITHDRAWN');
  });

  it('shows operators who is waited for, by username, from the list alone', async () => {
    relay();
    await worker();
    const { requestId, workflowId } = await submit();
    const shown = await until(async () => {
      const { typedSearchAttributes } = await environment.client.workflow.getHandle(workflowId).describe();
      return typedSearchAttributes.get(SEARCH.stage) === undefined ? null : typedSearchAttributes;
    });
    expect(shown.get(SEARCH.process)).toBe('generalApproval');
    expect(shown.get(SEARCH.stage)).toBe('APPROVAL:TEAM_LEAD');
    const [holder] = await database.dataSource.query<{ username: string; due: Date }[]>(
      `SELECT e.username, s.due_at AS due FROM approval_seat s JOIN employee e ON e.id = s.holder_id
       WHERE s.request_id = $1 AND s.state = 'OPEN'`,
      [requestId],
    );
    expect(shown.get(SEARCH.waitingOn)).toEqual([holder!.username]);
    expect(shown.get(SEARCH.dueAt)).toEqual(holder!.due);
    expect(shown.get(SEARCH.amountBase)).toBe(120_000);
    await withdraw(requestId);
    expect(await environment.client.workflow.getHandle(workflowId).result()).toBe('WITHDRAWN');
  });

  it('an operator terminates the workflow: the reconciler finds the request alone and starts it again', async () => {
    relay();
    await worker();
    const { requestId, workflowId } = await submit();
    const handle = environment.client.workflow.getHandle(workflowId);
    await until(isRunning(workflowId));
    await database.dataSource.query(
      `UPDATE approval_request SET submitted_at = now() - interval '1 minute' WHERE id = $1`,
      [requestId],
    );
    await handle.terminate('by mistake');
    await until(async () => (await reconcile()).retold > 0);
    await until(isRunning(workflowId));
    await until(async () => (await reconcile()).retold === 0);
    expect(await findings(workflowId)).toEqual([]);
    await withdraw(requestId);
    expect(await handle.result()).toBe('WITHDRAWN');
  });

  it('a version that cannot replay shows up as stuck while people go on deciding; the version before heals it', async () => {
    relay();
    const before = await worker();
    const { requestId, workflowId } = await submit();
    const handle = environment.client.workflow.getHandle(workflowId);
    await until(async () => (await handle.describe()).typedSearchAttributes.get(SEARCH.stage));
    await before.stop();
    const broken = await worker(await mutatedBundle());
    await withdraw(requestId);
    await until(async () => {
      await reconcile();
      return (await findings(workflowId)).includes('WORKFLOW_TASK_FAILING');
    });
    await broken.stop();
    await worker();
    expect(await handle.result()).toBe('WITHDRAWN');
    await reconcile();
    expect(await findings(workflowId)).toEqual([]);
  }, 90_000);

  it('AE-CHILD-1 a stage decided by a request of its own: both run, name the same holder, and end together', async () => {
    await leadsByChild();
    relay();
    await worker();
    const { requestId, workflowId } = await submit();
    const [child] = await database.dataSource.query<{ id: string }[]>(
      `SELECT id FROM approval_request WHERE parent_request_id = $1 AND state = 'PENDING'`,
      [requestId],
    );
    const waitingOn = (id: string) =>
      until(async () => {
        const { typedSearchAttributes } = await environment.client.workflow.getHandle(id).describe();
        return typedSearchAttributes.get(SEARCH.waitingOn);
      });
    const holders = await waitingOn(`approval/${child!.id}`);
    expect(holders).toHaveLength(1);
    expect(await waitingOn(workflowId)).toEqual(holders);
    await withdraw(requestId);
    expect(await environment.client.workflow.getHandle(workflowId).result()).toBe('WITHDRAWN');
    expect(await environment.client.workflow.getHandle(`approval/${child!.id}`).result()).toBe('TERMINATED');
  });
});

/** From now on the first level of a special price is a request of its own, on the policy as it was. */
async function leadsByChild(): Promise<void> {
  await database.dataSource.transaction(async (tx) => {
    const [[policy]] = await tx.query<[{ content: { stages: { key: string }[] } }[], number]>(
      `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
       WHERE kind = 'approval.general' AND upper_inf(valid) RETURNING content`,
    );
    const { content } = policy!;
    const resolver = { kind: 'CHILD', policyKind: 'approval.child' };
    const stages = content.stages.map((stage) =>
      stage.key === 'TEAM_LEAD' ? { ...stage, resolver } : stage,
    );
    for (const [kind, version, body] of [
      ['approval.child', 1, content],
      ['approval.general', 2, { ...content, stages }],
    ] as const)
      await tx.query(
        `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
         VALUES ($1, $2, $3, tstzrange(date_trunc('milliseconds', now()), NULL), $4, sha256('x'), 'test')`,
        [randomUUID(), kind, version, JSON.stringify(body)],
      );
  });
}
