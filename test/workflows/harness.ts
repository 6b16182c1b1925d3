import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import '../support/temporal.js';
import { PROCESS_CHANGED, TASK_QUEUE } from '../../src/workflows/messages.js';

// months pass in milliseconds, but a busy machine may need seconds for them
jest.setTimeout(30_000);

export const BUNDLE = { codePath: fileURLToPath(new URL('../../dist/workflow-bundle.js', import.meta.url)) };
const HISTORIES = new URL('./histories/', import.meta.url);

/** Runs `work` against a worker that has nothing but the given activities: any other call fails. */
export async function withWorker<T>(
  environment: TestWorkflowEnvironment,
  activities: object,
  work: () => Promise<T>,
): Promise<T> {
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    taskQueue: TASK_QUEUE,
    workflowBundle: BUNDLE,
    activities,
  });
  return worker.runUntil(work());
}

export function say(handle: WorkflowHandle, seq: number): Promise<void> {
  return handle.signal(PROCESS_CHANGED, { seq });
}

/** How many workflow tasks a run cost. */
export async function workflowTasks(handle: WorkflowHandle): Promise<number> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).filter((event) => event.workflowTaskCompletedEventAttributes).length;
}

/** Keeps a history for replay when SEALFLOW_RECORD is set; recorded ones are committed and never rewritten lightly. */
export async function record(handle: WorkflowHandle, name: string): Promise<void> {
  if (!process.env['SEALFLOW_RECORD']) return;
  const history = await handle.fetchHistory();
  writeFileSync(
    new URL(`${name}.json`, HISTORIES),
    JSON.stringify(JSON.parse(historyToJSON(history)), anonymous, 2),
  );
}

export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, HISTORIES), 'utf8'));
}

/** Who recorded it, and where its files lie, is nobody's business and changes nothing. */
function anonymous(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return '';
  return key === 'identity' ? 'recorded' : value;
}
