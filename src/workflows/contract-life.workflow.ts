import {
  ApplicationFailure,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { ContractActivities } from '../activities/contract.activities.js';
import type { PeopleActivities } from '../activities/people.activities.js';
import type { ProcessActivities } from '../activities/process.activities.js';
import type { NextStep } from '../domain/process/view.js';
import { ACTING, READING, READING_PATIENTLY } from './activity-options.js';
import type { ContractLifeInput } from './messages.js';
import { follow, type StepKey } from './watch.js';

const { readContract } = proxyLocalActivities<ContractActivities>(READING);
const { readContract: readPatiently } = proxyActivities<ContractActivities>(READING_PATIENTLY);
const { fireDueRungs, expireReturned, takeEffect } = proxyActivities<ProcessActivities>(ACTING);
const leaver = proxyActivities<PeopleActivities>(ACTING);
const life = proxyActivities<ContractActivities>(ACTING);

/**
 * A contract from the day it takes effect until it is in the archive (ADR 0221): whoever is in charge of a milestone hears
 * of it before it is due and their manager when it is late; the owner hears of the end of the term; changes of it are
 * approved meanwhile, by the ladder of that approval. People act by commands; here is only what time does.
 * @returns how it ended
 */
export async function contractLife(input: ContractLifeInput): Promise<string> {
  const { contractId, wakesPerRun } = input;
  return follow({
    process: 'contractLife',
    read: () => readContract(contractId),
    readPatiently: () => readPatiently(contractId),
    oneAggregate: false,
    wakesPerRun,
    take: (step, by) => takeStep(step, by, contractId),
    again: () => continueAsNew<typeof contractLife>(input),
  });
}

function takeStep({ kind, key, at, subjectId }: NextStep, by: StepKey, contractId: string): Promise<void> {
  const as = (summary: string) => ({ ...ACTING, summary });
  switch (kind) {
    case 'ALERT_CONTRACT':
      return life.alertContract.executeWithOptions(as(`Says what is due: ${key}`), [by, contractId, key]);
    case 'EXPIRE_CONTRACT':
      return life.expireContract.executeWithOptions(as(`The term ends, ${at}`), [by, contractId]);
    case 'ARCHIVE_CONTRACT':
      return life.archiveContract.executeWithOptions(as(`Goes to the archive, ${at}`), [by, contractId]);
    case 'HAND_OVER_CONTRACT':
      return leaver.handOverContract.executeWithOptions(as('Goes to whoever takes over from its owner'), [
        by,
        contractId,
      ]);
    case 'LADDER':
      return fireDueRungs.executeWithOptions(as(`Ladder of the approval, due ${at}`), [by, subjectId]);
    case 'EXPIRE_RETURNED':
      return expireReturned.executeWithOptions(as(`Returned and forgotten, due ${at}`), [by, subjectId]);
    case 'TAKE_EFFECT':
      return takeEffect.executeWithOptions(as(`The approval takes effect, due ${at}`), [by, subjectId]);
    default:
      throw ApplicationFailure.nonRetryable('no step of a contract', kind);
  }
}
