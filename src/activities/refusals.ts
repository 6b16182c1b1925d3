import { ApplicationFailure } from '@temporalio/common';
import { DomainError } from '../domain/errors.js';

type Activity = (...args: never[]) => Promise<unknown>;

/**
 * A rule's refusal will be the same next time: it ends the step, with the rule's code as its type, instead of being
 * retried. Everything else is retried, a busy aggregate included.
 */
export function refusals<A extends { [name in keyof A]: Activity }>(activities: A): A {
  const wrapped = Object.entries<Activity>(activities).map(([name, activity]) => [
    name,
    (...args: never[]) => activity(...args).catch(refusal),
  ]);
  return Object.fromEntries(wrapped) as A;
}

function refusal(error: unknown): never {
  if (error instanceof DomainError && error.code !== 'COMMAND_BUSY') {
    throw ApplicationFailure.nonRetryable(error.message, error.code, error.details);
  }
  throw error;
}
