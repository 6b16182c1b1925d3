import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import type { Logger } from '../log.js';
import { claimDue, settle, type DueMessage, type Settlement } from './claim.js';
import { listen, type Listener } from './listener.js';

/** The outbox is polled as well: NOTIFY is lost while nobody listens. Milliseconds. */
const POLL_MS = 1_000;

/** Brings one workflow's waiting messages to Temporal. Rejects when it could not; then they stay. */
export type Deliver = (workflowId: string, messages: readonly DueMessage[]) => Promise<void>;

export interface RelayOptions {
  dataSource: DataSource;
  databaseUrl: string;
  deliver: Deliver;
  log: Logger;
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
  const listener: Listener = listen(options.databaseUrl, () => bell.ring(), options.log);
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
  while (!stopped.aborted) {
    const delivered = await drainOnce(options).catch((error: unknown) => {
      options.log.warn({ err: error }, 'outbox could not be read; trying again');
      return 0;
    });
    if (delivered === 0) await bell.wait(POLL_MS);
  }
}

/** One batch: claim, deliver per workflow, settle. @returns how many messages were claimed */
export async function drainOnce({
  dataSource,
  deliver,
  log,
}: Omit<RelayOptions, 'databaseUrl'>): Promise<number> {
  const due = await claimDue(dataSource);
  const byWorkflow = groupByWorkflow(due);
  const settlements = await Promise.all(
    [...byWorkflow].map(async ([workflowId, messages]): Promise<Settlement> => {
      const ids = messages.map(({ id }) => id);
      try {
        await deliver(workflowId, messages);
        return { ids, delivered: true };
      } catch (error) {
        log.warn(
          { err: error, workflowId, correlationId: messages[0]?.correlationId },
          'message not delivered',
        );
        return { ids, delivered: false, error };
      }
    }),
  );
  await settle(dataSource, settlements);
  return due.length;
}

function groupByWorkflow(messages: readonly DueMessage[]): Map<string, DueMessage[]> {
  const groups = new Map<string, DueMessage[]>();
  for (const message of messages)
    groups.set(message.workflowId, [...(groups.get(message.workflowId) ?? []), message]);
  return groups;
}

/** Rung by LISTEN; a ring while nobody waits is remembered. */
class Bell {
  private rung = false;
  private wake: (() => void) | null = null;

  ring(): void {
    this.rung = true;
    this.wake?.();
  }

  async wait(timeoutMs: number): Promise<void> {
    if (!this.rung) {
      const timer = new AbortController();
      const rung = new Promise<void>((resolve) => (this.wake = resolve));
      await Promise.race([
        rung,
        sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      timer.abort();
    }
    this.wake = null;
    this.rung = false;
  }
}
