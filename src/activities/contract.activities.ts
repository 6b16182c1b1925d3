import type { DataSource } from 'typeorm';
import { loadCalendar } from '../commands/calendar.js';
import { alertContract, archiveByTime, expireContract } from '../commands/contract/life.js';
import type { ProcessView } from '../domain/process/view.js';
import { contractLifeProcess } from '../queries/process/contract-life.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface ContractActivities {
  /** What is so with a contract that took effect and what time does next; null when there is none. */
  readContract(contractId: string): Promise<ProcessView | null>;
  /** Says what is due of one of its dates, once; `key` names the date and the day. */
  alertContract(step: StepKey, contractId: string, key: string): Promise<void>;
  /** The end of its term. */
  expireContract(step: StepKey, contractId: string): Promise<void>;
  /** Some days after its end it goes to the archive. */
  archiveContract(step: StepKey, contractId: string): Promise<void>;
}

export function createContractActivities({ dataSource: db }: { dataSource: DataSource }): ContractActivities {
  return refusals<ContractActivities>({
    async readContract(contractId) {
      return contractLifeProcess(db, contractId, await loadCalendar(db.manager));
    },
    async alertContract(step, contractId, key) {
      await alertContract(db, step, contractId, key);
    },
    async expireContract(step, contractId) {
      await expireContract(db, step, contractId);
    },
    async archiveContract(step, contractId) {
      await archiveByTime(db, step, contractId);
    },
  });
}
