import { Context } from '@temporalio/activity';
import type { DataSource } from 'typeorm';
import { loadCalendar } from '../commands/calendar.js';
import { tellWhatIsDue } from '../commands/opportunity/attention.js';
import type { DealStep } from '../domain/opportunity/attention.js';
import type { ProcessView } from '../domain/process/view.js';
import { dealWatchProcess } from '../queries/process/deal-watch-process.js';
import type { StepKey } from './process.activities.js';
import { refusals } from './refusals.js';

export interface OpportunityActivities {
  /** What is so with somebody's deals and what time says of them next; null when nobody watches over them. */
  readDeals(ownerId: string): Promise<ProcessView | null>;
  /** Says it, deal by deal. Progress is in Postgres: a repeat goes on where it was. */
  tellWhatIsDue(step: StepKey, ownerId: string, kind: DealStep): Promise<void>;
}

export function createOpportunityActivities({
  dataSource,
}: {
  dataSource: DataSource;
}): OpportunityActivities {
  return refusals<OpportunityActivities>({
    async readDeals(ownerId) {
      return dealWatchProcess(dataSource.manager, ownerId, await loadCalendar(dataSource.manager));
    },
    async tellWhatIsDue(step, ownerId, kind) {
      await tellWhatIsDue(dataSource, step, { ownerId, kind }, beat);
    },
  });
}

function beat(dealId: string): void {
  Context.current().heartbeat(dealId);
  Context.current().cancellationSignal.throwIfAborted();
}
