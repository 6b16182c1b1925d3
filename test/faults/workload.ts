import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

interface Task {
  requestId: string;
  seatId: string;
  seatVersion: number;
  subjectHash: string;
}

/** A client as a careful integrator writes it: one key per intention, the same key again until an answer comes. */
export class PatientClient {
  private token = '';

  constructor(
    private readonly url: string,
    private readonly username: string,
  ) {}

  async login(): Promise<this> {
    const { token } = (await this.send('POST', '/auth/login', {
      username: this.username,
      password: 'sealflow',
    })) as {
      token: string;
    };
    this.token = token;
    return this;
  }

  get(path: string): Promise<unknown> {
    return this.send('GET', path);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.send('POST', path, body, randomUUID());
  }

  private async send(method: string, path: string, body?: unknown, key?: string): Promise<unknown> {
    for (;;) {
      const answer = await this.once(method, path, body, key).catch(() => null);
      if (answer && answer.status < 500) {
        if (answer.status >= 400) throw new Error(`${answer.status} ${path} ${answer.text.slice(0, 300)}`);
        return answer.text === '' ? null : JSON.parse(answer.text);
      }
      await sleep(50);
    }
  }

  private async once(method: string, path: string, body: unknown, key: string | undefined) {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...(key ? { 'idempotency-key': key } : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, text: await response.text() };
  }
}

export interface Cast {
  rep: PatientClient;
  lead: PatientClient;
  director: PatientClient;
}

/** One request through two approvers. @returns its id, once everything was answered */
export async function oneCase({ rep, lead, director }: Cast, title: string): Promise<string> {
  const { id } = (await rep.post('/requests', {
    title,
    amount: { amount: '120000.00', currency: 'CNY' },
    facts: { category: 'special-price', amount: '120000.00', levels: '2' },
    content: { title },
  })) as { id: string };
  for (const approver of [lead, director]) {
    const task = await taskOf(approver, id, title);
    await approver.post(`/seats/${task.seatId}/decisions`, {
      action: 'APPROVE',
      expectedSeatVersion: task.seatVersion,
      subjectHash: task.subjectHash,
    });
  }
  return id;
}

async function taskOf(approver: PatientClient, requestId: string, title: string): Promise<Task> {
  for (;;) {
    const { items } = (await approver.get(`/inbox?tab=todo&limit=5&search=${encodeURIComponent(title)}`)) as {
      items: Task[];
    };
    const task = items.find((item) => item.requestId === requestId);
    if (task) return task;
    await sleep(100);
  }
}
