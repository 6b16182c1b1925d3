import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Connection } from '@temporalio/client';
import { TASK_QUEUE } from '../../workflows/messages.js';
import { ApiSettings } from '../http/settings.js';

const DEADLINE_MS = 1_000;
const WORKFLOW_QUEUE = 1;

/** Asks Temporal whether it answers and whether a worker polls. Nothing in the API depends on the answer. */
@Injectable()
export class TemporalProbe implements OnModuleDestroy {
  private connection: Connection | null = null;

  constructor(private readonly settings: ApiSettings) {}

  async state(): Promise<{ reachable: boolean; pollers: number }> {
    const { temporalAddress: address, temporalNamespace: namespace = 'default' } = this.settings.options;
    if (!address) return { reachable: false, pollers: 0 };
    try {
      const connection = (this.connection ??= Connection.lazy({ address }));
      const { pollers } = await connection.withDeadline(Date.now() + DEADLINE_MS, () =>
        connection.workflowService.describeTaskQueue({
          namespace,
          taskQueue: { name: TASK_QUEUE },
          taskQueueType: WORKFLOW_QUEUE,
        }),
      );
      return { reachable: true, pollers: pollers.length };
    } catch {
      return { reachable: false, pollers: 0 };
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.connection?.close();
  }
}
