import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { Logger } from '../log.js';

/** One line for each activity: which step of which process, for whose request, how long. Local readings only when they fail. */
export function activityLog(log: Logger): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const about = {
          activity: info.activityType,
          workflowId: info.workflowExecution?.workflowId,
          attempt: info.attempt,
          correlationId: correlationOf(input.args),
        };
        const started = performance.now();
        const took = (): number => Math.round(performance.now() - started);
        try {
          const result = await next(input);
          if (!info.isLocal) log.info({ ...about, ms: took() }, 'activity done');
          return result;
        } catch (error) {
          log.warn({ ...about, ms: took(), err: error }, 'activity failed');
          throw error;
        }
      },
    },
  });
}

/** Commands get a step first, which carries it. */
function correlationOf([step]: unknown[]): unknown {
  return typeof step === 'object' && step !== null && 'correlationId' in step
    ? step.correlationId
    : undefined;
}
