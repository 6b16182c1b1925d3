import {
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  type ActivityOptions,
} from '@temporalio/workflow';
import type { SigningActivities } from '../activities/signing.activities.js';
import type { NextStep } from '../domain/process/view.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { SigningInput } from './messages.js';
import { follow, type StepKey } from './watch.js';

/** A provider takes files of many pages; that it does not answer is recorded by the activity, not thrown. */
const OUTSIDE: ActivityOptions = { ...ACTING, startToCloseTimeout: '5 minutes' };

const { readSigning } = proxyLocalActivities<SigningActivities>(READING);
const { readSigning: readPatiently } = proxyActivities<SigningActivities>(READING_PATIENTLY);
const provider = proxyActivities<SigningActivities>(OUTSIDE);
const { endSigning } = proxyActivities<SigningActivities>(ACTING);

/**
 * A document at its signers (ADR 0411): it is given to the provider, which says by a callback what happens; whether it does
 * or not, it is asked, less and less often, until everybody has signed, somebody declined, or the time is over. What no
 * longer waits for a signature is taken back there.
 * @returns how it ended
 */
export async function signing(input: SigningInput): Promise<string> {
  const { flowId, wakesPerRun } = input;
  return follow({
    process: 'signing',
    read: () => readSigning(flowId),
    readPatiently: () => readPatiently(flowId),
    oneAggregate: false,
    wakesPerRun,
    take: (step, by) => takeStep(step, by, flowId),
    again: () => continueAsNew<typeof signing>(input),
  });
}

function takeStep({ kind, key, at }: NextStep, by: StepKey, flowId: string): Promise<void> {
  const as = (summary: string) => ({ ...OUTSIDE, summary });
  switch (kind) {
    case 'OPEN_SIGNING':
      return provider.openSigning.executeWithOptions(as('Gives the document to the provider'), [by, flowId]);
    case 'CHECK_SIGNING':
      return provider.checkSigning.executeWithOptions(as(`Asks the provider, ${at}`), [by, flowId]);
    case 'WITHDRAW_SIGNING':
      return provider.withdrawSigning.executeWithOptions(as('Takes it back at the provider'), [by, flowId]);
    case 'END_SIGNING':
      return endSigning.executeWithOptions({ ...ACTING, summary: `Ends it: ${key}` }, [by, flowId]);
    default:
      throw ApplicationFailure.nonRetryable('no step of a signing', kind);
  }
}
