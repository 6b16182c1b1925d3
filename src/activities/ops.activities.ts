import { WorkflowNotFoundError, type Client, type WorkflowExecutionInfo } from '@temporalio/client';
import type { DataSource } from 'typeorm';
import { pruneOutbox } from '../commands/ops/prune-outbox.js';
import { recordReconciliation, type Finding } from '../commands/ops/reconcile.js';
import { openProcesses, type OpenProcess } from '../queries/ops/open-processes.js';
import { recentlyTold } from '../queries/ops/recently-told.js';
import {
  absenceMessage,
  calendarChangeMessage,
  collectMessage,
  contractLifeMessage,
  dealWatchMessage,
  deliverMessage,
  generalApprovalMessage,
  PROCESS_CHANGED,
  type ProcessChanged,
  type ProcessMessage,
  priceChangeMessage,
  quoteToContractMessage,
  signingMessage,
  SEARCH,
  staffChangeMessage,
} from '../workflows/messages.js';

const PROCESSES = [
  'generalApproval',
  'quoteToContract',
  'importJob',
  'staffChange',
  'absence',
  'deliver',
  'calendarChange',
  'dealWatch',
  'priceChange',
  'contractLife',
  'signing',
  'collect',
];
/** From this attempt on a workflow task is not having a bad moment: its code cannot replay or throws. */
const TASK_ATTEMPTS = 3;
const ACTIVITY_ATTEMPTS = 5;
/** Workflows looked at one by one per run; the list itself is complete. */
const DESCRIBE_LIMIT = 200;
/** Past its due time for this long, a process should have acted. */
const OVERDUE_MS = 60_000;

export interface OpsDependencies {
  dataSource: DataSource;
  client: Client;
}

/** What the schedules do: compare what is so with what runs. */
export function createOpsActivities({ dataSource, client }: OpsDependencies) {
  return {
    async reconcileProcesses(): Promise<{ findings: number; retold: number }> {
      const [rows, running] = await Promise.all([openProcesses(dataSource), runningProcesses(client)]);
      const open = new Map(rows.map((row) => [messageOf(row).workflowId, row]));
      const missing = [...open.values()].filter((row) => !running.has(messageOf(row).workflowId));
      const findings = [
        ...missing.map(notRunning),
        ...(await notMoving({ dataSource, client }, running, open)),
      ];
      await recordReconciliation(dataSource, {
        openRows: open.size,
        running: running.size,
        findings,
        retell: missing.map(messageOf),
      });
      await pruneOutbox(dataSource);
      return { findings: findings.length, retold: missing.length };
    },
  };
}

export type OpsActivities = ReturnType<typeof createOpsActivities>;

async function runningProcesses(client: Client): Promise<Map<string, WorkflowExecutionInfo>> {
  const types = PROCESSES.map((name) => `"${name}"`).join(', ');
  const running = new Map<string, WorkflowExecutionInfo>();
  const query = `WorkflowType IN (${types}) AND ExecutionStatus = "Running"`;
  for await (const info of client.workflow.list({ query })) running.set(info.workflowId, info);
  return running;
}

function messageOf({ kind, id, seq, reopened }: OpenProcess): ProcessMessage {
  switch (kind) {
    case 'GENERAL':
      return generalApprovalMessage(id, seq, reopened);
    case 'STAFF_CHANGE':
      return staffChangeMessage(id, seq);
    case 'ABSENCE':
      return absenceMessage(id, seq);
    case 'DELIVERY':
      return deliverMessage(id, seq);
    case 'CALENDAR_CHANGE':
      return calendarChangeMessage(id, seq);
    case 'DEALS':
      return dealWatchMessage(id, seq);
    case 'PRICE_CHANGE':
      return priceChangeMessage(id, seq);
    case 'CONTRACT':
      return contractLifeMessage(id, seq);
    case 'COLLECTION':
      return collectMessage(id, seq);
    case 'SIGNING':
      return signingMessage(id, seq);
    case 'QUOTE':
      return quoteToContractMessage(id, seq);
  }
}

function notRunning(row: OpenProcess): Finding {
  return {
    processId: messageOf(row).workflowId,
    requestId: row.requestId,
    cause: 'NO_WORKFLOW',
    detail: 'open in Postgres, not running in Temporal; told again',
  };
}

/** Running workflows whose task fails, whose activity is retried again and again, or that nothing in Postgres waits for. */
async function notMoving(
  { dataSource, client }: OpsDependencies,
  running: ReadonlyMap<string, WorkflowExecutionInfo>,
  open: ReadonlyMap<string, OpenProcess>,
): Promise<Finding[]> {
  const told = await recentlyTold(dataSource, DESCRIBE_LIMIT);
  const findings: Finding[] = [];
  for (const { workflowId, startTime } of worthALook(running, told)) {
    const requestId = open.get(workflowId)?.requestId ?? null;
    const finding = await troubleOf(client, workflowId);
    if (finding) findings.push({ ...finding, processId: workflowId, requestId });
    else if (
      !open.has(workflowId) &&
      Date.now() - startTime.getTime() > 60_000 &&
      !workflowId.startsWith('import/')
    ) {
      await lookAgain(client, workflowId);
      findings.push({
        processId: workflowId,
        requestId,
        cause: 'NO_OPEN_ROW',
        detail: 'runs in Temporal, nothing open in Postgres; told to look again',
      });
    }
  }
  return findings;
}

/** Those told lately, then those that are overdue, then by turns all others: a run looks at so many one by one. */
function worthALook(
  running: ReadonlyMap<string, WorkflowExecutionInfo>,
  told: readonly string[],
): readonly WorkflowExecutionInfo[] {
  const all = [...running.values()];
  const overdue = all.filter(({ typedSearchAttributes }) => {
    const due = typedSearchAttributes.get(SEARCH.dueAt);
    return due !== undefined && due.getTime() < Date.now() - OVERDUE_MS;
  });
  const turn = all.length === 0 ? 0 : (Math.floor(Date.now() / OVERDUE_MS) * DESCRIBE_LIMIT) % all.length;
  const inOrder = [
    ...told.flatMap((id) => running.get(id) ?? []),
    ...overdue,
    ...all.slice(turn),
    ...all.slice(0, turn),
  ];
  return [...new Set(inOrder)].slice(0, DESCRIBE_LIMIT);
}

/** News it has not heard of, whatever it has read: a signal lost with a crashed Temporal is made up for. */
async function lookAgain(client: Client, workflowId: string): Promise<void> {
  const news: ProcessChanged = { seq: Number.MAX_SAFE_INTEGER };
  await client.workflow
    .getHandle(workflowId)
    .signal(PROCESS_CHANGED, news)
    .catch((error: unknown) => {
      if (!(error instanceof WorkflowNotFoundError)) throw error; // ended meanwhile
    });
}

async function troubleOf(
  client: Client,
  workflowId: string,
): Promise<Pick<Finding, 'cause' | 'detail'> | null> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt >= TASK_ATTEMPTS)
    return { cause: 'WORKFLOW_TASK_FAILING', detail: `workflow task, attempt ${attempt}` };
  const activity = raw.pendingActivities?.find((pending) => (pending.attempt ?? 0) >= ACTIVITY_ATTEMPTS);
  if (!activity) return null;
  const failure = activity.lastFailure?.message ?? 'no message';
  return {
    cause: 'ACTIVITY_RETRYING',
    detail: `${activity.activityType?.name ?? ''}, attempt ${activity.attempt}: ${failure}`,
  };
}
