import type { ApiClient } from './client.js';

interface InboxPage {
  items: { requestId: string; seatId: string; seatVersion: number; subjectHash: string; title: string }[];
}

/** The people of one cycle: who asks, who decides first, who decides last. */
export interface Cast {
  rep: ApiClient;
  approvers: readonly ApiClient[];
}

export interface CycleTimes {
  submitMs: number;
  decisionMs: number[];
  /** from the moment a decision was sent to the moment the next approver's inbox shows the task */
  nextVisibleMs: number[];
}

/** One whole two-approver cycle over HTTP: submit, find in the inbox, approve, find in the next inbox, approve. */
export async function runCycle(cast: Cast, title: string): Promise<CycleTimes> {
  const times: CycleTimes = { submitMs: 0, decisionMs: [], nextVisibleMs: [] };
  const submitted = performance.now();
  const { id } = await cast.rep.post<{ id: string }>('/requests', {
    title,
    amount: { amount: '120000.00', currency: 'CNY' },
    facts: { category: 'special-price', amount: '120000.00', levels: '2' },
    content: { reason: 'benchmark', title },
  });
  times.submitMs = performance.now() - submitted;
  let since: number | null = null;
  for (const approver of cast.approvers) {
    const task = await findTask(approver, id, title);
    if (since !== null) times.nextVisibleMs.push(performance.now() - since);
    since = performance.now();
    await approver.post(`/seats/${task.seatId}/decisions`, {
      action: 'APPROVE',
      expectedSeatVersion: task.seatVersion,
      subjectHash: task.subjectHash,
    });
    times.decisionMs.push(performance.now() - since);
  }
  return times;
}

async function findTask(
  approver: ApiClient,
  requestId: string,
  title: string,
): Promise<InboxPage['items'][number]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const page = await approver.get<InboxPage>(`/inbox?tab=todo&limit=5&search=${encodeURIComponent(title)}`);
    const task = page.items.find((item) => item.requestId === requestId);
    if (task) return task;
  }
  throw new Error(`the task of ${requestId} did not appear`);
}
