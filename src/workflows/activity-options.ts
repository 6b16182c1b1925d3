import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';

/** Reading what is so: inside the workflow task, since it takes milliseconds and happens at every wake. */
export const READING: LocalActivityOptions = {
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '100 milliseconds', backoffCoefficient: 3, maximumAttempts: 3 },
  summary: 'What is so',
};

/** The same while Postgres is away: an activity that operators see waiting, for as long as it takes. */
export const READING_PATIENTLY: ActivityOptions = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '20 seconds' },
  summary: 'What is so, while Postgres is slow or away',
};

/** Many requests one after the other, each in a short transaction; a beat after each. */
export const MOVING_SEATS: ActivityOptions = {
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};

/** Commands that time gives: each a short transaction, repeated with the same key until Postgres has answered. */
export const ACTING: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
};
