import { SEARCH } from '../../src/workflows/messages.js';
import { createCollectionActivities } from '../../src/activities/collection.activities.js';
import { createCalendarActivities } from '../../src/activities/calendar.activities.js';
import { createPeopleActivities } from '../../src/activities/people.activities.js';
import { startApi, type ApiClient, type TestApi } from '../support/api.js';
import { devServer } from '../support/temporal.js';
import { until } from '../support/until.js';
import { startProcesses } from '../workflows/live-processes.js';
import { everybodyApproves } from './contract.js';
import { act, catalogue, draft, eachForItself, submit, type Catalogue, type Quote } from './quotation.js';

/** API, worker and relay over one Postgres and one Temporal server, and a rep whose quotations are under way. */
export class EventsDesk {
  private constructor(
    readonly api: TestApi,
    private readonly environment: Awaited<ReturnType<typeof devServer>>,
    private readonly processes: Awaited<ReturnType<typeof startProcesses>>,
    readonly rep: ApiClient,
    readonly goods: Catalogue,
  ) {}

  static async open(): Promise<EventsDesk> {
    const [api, environment] = await Promise.all([startApi(), devServer()]);
    const { dataSource } = api;
    await eachForItself(dataSource);
    const processes = await startProcesses(environment, dataSource, {
      ...createPeopleActivities({ dataSource }),
      ...createCalendarActivities({ dataSource }),
      ...createCollectionActivities({ dataSource }),
    });
    const rep = await api.as('moses.frase');
    return new EventsDesk(api, environment, processes, rep, await catalogue(rep));
  }

  async close(): Promise<void> {
    await this.processes.stop();
    await this.environment.teardown();
    await this.api.close();
  }

  /** A quotation whose process waits for the team lead of `rep`, and for nobody else. */
  async inApproval(body: object, rep = this.rep): Promise<Quote> {
    const quote = await submit(rep, (await draft(rep, body)).id);
    await until(async () => (await this.stage(quote.id)) === 'QUOTE_APPROVAL:TEAM_LEAD');
    return quote;
  }

  /** The draft its process makes of a quotation that was accepted. */
  async contractOf(body: object, rep = this.rep): Promise<string> {
    const quote = await this.inApproval(body, rep);
    await everybodyApproves(this.api, quote.requestId!);
    await act(rep, quote.id, 'send');
    await act(rep, quote.id, 'accept', { acceptedBy: 'Ms Zhao' });
    const { id } = await until(async () => {
      const { body: page } = await rep.get<{ items: { id: string; quoteId: string }[] }>('/contracts');
      return page.items.find(({ quoteId }) => quoteId === quote.id);
    });
    return id;
  }

  handle(quoteId: string) {
    return this.environment.client.workflow.getHandle(`quote-to-contract/${quoteId}`);
  }

  /** What the running workflow itself shows. */
  async shown(quoteId: string) {
    const { typedSearchAttributes: shown } = await this.handle(quoteId).describe();
    return {
      stage: shown.get(SEARCH.stage),
      waitingOn: shown.get(SEARCH.waitingOn),
      dueAt: shown.get(SEARCH.dueAt),
    };
  }

  async stage(quoteId: string): Promise<string | undefined> {
    return (await this.shown(quoteId)).stage;
  }
}
