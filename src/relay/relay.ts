import type { DataSource } from 'typeorm';
import type { Logger } from '../log.js';
import { Bell } from './bell.js';
import { claimDue, markSent, putBack, type DueMessage } from './claim.js';
import { listen } from './listener.js';

/** The outbox is polled as well: NOTIFY is lost while nobody listens. Milliseconds. */
const POLL_MS = 1_000;
/** Workflows served side by side. */
const CONCURRENCY = 16;

/** Brings one workflow's waiting messages to Temporal. Rejects when it could not; then they stay. */
export type Deliver = (workflowId: string, messages: readonly DueMessage[]) => Promise<void>;

export interface RelayOptions {
  dataSource: DataSource;
  databaseUrl: string;
  deliver: Deliver;
  log: Logger;
  /** told how long each delivered message had waited */
  onDelivered?: (ageMs: number) => void;
}

export interface Relay {
  stop: () => Promise<void>;
}

/**
 * Outbox → Temporal (design §2). Rows are taken by state, never by `id > last`; several messages for one workflow become
 * one delivery; workflows are served side by side, so one that cannot be reached holds nobody else up.
 */
export function startRelay(options: RelayOptions): Relay {
  const stopped = new AbortController();
  const bell = new Bell();
  const listener = listen(options.databaseUrl, () => bell.ring(), options.log);
  const running = run(options, bell, stopped.signal);
  return {
    stop: async () => {
      stopped.abort();
      bell.ring();
      await running;
      await listener.stop();
    },
  };
}

async function run(options: RelayOptions, bell: Bell, stopped: AbortSignal): Promise<void> {
  const underWay = new Set<Promise<void>>();
  while (!stopped.aborted) {
    const places = CONCURRENCY - underWay.size;
    if (places === 0) {
      await Promise.race(underWay);
      continue;
    }
    const due = await claimDue(options.dataSource, places).catch((error: unknown) => {
      options.log.warn({ err: error }, 'outbox could not be read; trying again');
      return [];
    });
    if (due.length === 0) await bell.wait(POLL_MS);
    for (const messages of byWorkflow(due)) {
      const delivery = deliverOne(options, messages).finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    }
  }
  await Promise.all(underWay);
}

/** Never rejects: what could not be marked comes back when its lease ends, and is then said twice. */
async function deliverOne(
  { dataSource, deliver, log, onDelivered }: RelayOptions,
  messages: DueMessage[],
): Promise<void> {
  const [first] = messages;
  const about = { workflowId: first?.workflowId, correlationId: first?.correlationId };
  const ids = messages.map(({ id }) => id);
  try {
    try {
      await deliver(first!.workflowId, messages);
    } catch (error) {
      log.warn({ ...about, err: error }, 'message not delivered');
      return await putBack(dataSource, ids, error);
    }
    await markSent(dataSource, ids);
    for (const { ageMs } of messages) onDelivered?.(ageMs);
  } catch (error) {
    log.warn({ ...about, err: error }, 'delivery not recorded');
  }
}

function byWorkflow(messages: readonly DueMessage[]): DueMessage[][] {
  const groups = new Map<string, DueMessage[]>();
  for (const message of messages) {
    const group = groups.get(message.workflowId);
    if (group) group.push(message);
    else groups.set(message.workflowId, [message]);
  }
  return [...groups.values()];
}
