import { systemActor } from '../../domain/actor.js';
import type { Step } from '../approval/time.js';
import type { CommandMeta } from '../transaction.js';

/** What time does with a case, under the key of the step. */
export function byTime({ key, correlationId }: Step, command: string, caseId: string): CommandMeta {
  return { actor: systemActor('collection'), key, scope: `${command}/${caseId}`, body: null, correlationId };
}
