import type { EntityManager } from 'typeorm';
import { DomainError } from '../../domain/errors.js';
import {
  END_STAGES,
  pipelineKind,
  standingAt,
  type Forecast,
  type Pipeline,
} from '../../domain/opportunity/pipeline.js';
import { transactionTime } from '../events.js';
import { activePolicy } from '../policy/policy.js';

/** The pipeline as it is sold by now. @throws DomainError VALIDATION there is none of that key */
export async function pipelineNow(tx: EntityManager, key: string): Promise<Pipeline> {
  try {
    return (await activePolicy<Pipeline>(tx, pipelineKind(key), await transactionTime(tx))).content;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'NO_POLICY') throw error;
    throw new DomainError('VALIDATION', {}, [
      { pointer: '/pipeline', code: 'UNKNOWN_PIPELINE', rule: 'a pipeline in force' },
    ]);
  }
}

/** stage → what it makes of a deal, for statements that write many deals at once. */
export function standingsOf(
  pipeline: Pipeline,
): Record<string, { probabilityPct: string; forecast: Forecast }> {
  const keys = [...pipeline.stages.map(({ key }) => key), ...END_STAGES];
  return Object.fromEntries(keys.map((key) => [key, standingAt(pipeline, key)!]));
}
