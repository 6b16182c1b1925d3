import {
  ActivityFailure,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  sleep,
} from '@temporalio/workflow';
import type { DeliveryActivities } from '../activities/delivery.activities.js';
import type { DeliverInput } from './messages.js';

/** The retry loop of every channel: quick at first, for a day at most. A final refusal is not repeated. */
const { sendDelivery } = proxyActivities<DeliveryActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '1 day',
  retry: {
    initialInterval: '2 seconds',
    backoffCoefficient: 3,
    maximumInterval: '30 minutes',
    maximumAttempts: 20,
  },
  summary: 'Sends the message, unless it is no longer true',
});
const { endFailedDelivery } = proxyActivities<DeliveryActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute' },
  summary: 'Records that it could not be sent',
});

/** One message to one place: sent, or skipped because it is no longer true, or failed for good. Quiet hours are waited for. */
export async function deliver({ deliveryId }: DeliverInput): Promise<string> {
  try {
    for (;;) {
      const { state, waitMs } = await sendDelivery(deliveryId);
      if (waitMs === null) return state;
      setCurrentDetails('Quiet hours of the person it is for');
      await sleep(waitMs);
    }
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    await endFailedDelivery(deliveryId, error.cause?.message ?? error.message);
    return 'FAILED';
  }
}
