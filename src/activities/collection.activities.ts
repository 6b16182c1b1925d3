import type { DataSource } from 'typeorm';
import { loadCalendar } from '../commands/calendar.js';
import { settleCase } from '../commands/collection/case.js';
import { escalateDisputes } from '../commands/collection/dispute.js';
import { sendLetter } from '../commands/collection/letter.js';
import { judgePromises } from '../commands/collection/promise.js';
import type { ProcessView } from '../domain/process/view.js';
import { collectionProcess } from '../queries/process/collection-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface CollectionActivities {
  /** What is so with a case and what time does next; null when there is none. */
  readCase(caseId: string): Promise<ProcessView | null>;
  /** Sends what is due now, unless the balance of this moment says otherwise. */
  sendLetter(step: StepKey, caseId: string): Promise<void>;
  judgePromises(step: StepKey, caseId: string): Promise<void>;
  escalateDisputes(step: StepKey, caseId: string): Promise<void>;
  /** Ends a pause that is over, closes a case in which nothing is open. */
  settleCase(step: StepKey, caseId: string): Promise<void>;
}

export function createCollectionActivities({
  dataSource: db,
}: {
  dataSource: DataSource;
}): CollectionActivities {
  return refusals<CollectionActivities>({
    async readCase(caseId) {
      return collectionProcess(db, caseId, await loadCalendar(db.manager));
    },
    async sendLetter(step, caseId) {
      await sendLetter(db, step, caseId);
    },
    async judgePromises(step, caseId) {
      await judgePromises(db, step, caseId);
    },
    async escalateDisputes(step, caseId) {
      await escalateDisputes(db, step, caseId);
    },
    async settleCase(step, caseId) {
      await settleCase(db, step, caseId);
    },
  });
}
