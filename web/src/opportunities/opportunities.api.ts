import { answer, api } from '../api/client.js';
import type {
  BoardView,
  BridgeView,
  ContactView,
  OpportunityDetailView,
  OpportunityView,
  Page,
  PipelineView,
  TimelinePage,
} from '../api/types.js';
import type { components, paths } from '../api/schema.js';

type Schemas = components['schemas'];
export type DealQuery = NonNullable<paths['/api/v1/opportunities']['get']['parameters']['query']>;
export type BoardQuery = NonNullable<paths['/api/v1/opportunities/board']['get']['parameters']['query']>;

const headers = (key: string) => ({ 'Idempotency-Key': key });
const edited = (key: string, rowVersion: number) => ({ ...headers(key), 'If-Match': `"${rowVersion}"` });

export function dealKey(id: string): readonly [string, string] {
  return ['opportunity', id];
}

export function fetchPipelines(): Promise<{ items: PipelineView[] }> {
  return answer(api.GET('/api/v1/pipelines'));
}

export function fetchBoard(query: BoardQuery): Promise<BoardView> {
  return answer(api.GET('/api/v1/opportunities/board', { params: { query } }));
}

export function fetchDeals(query: DealQuery): Promise<Page<OpportunityView>> {
  return answer(api.GET('/api/v1/opportunities', { params: { query } }));
}

export function fetchBridge(since: string, pipeline: string, owner: 'me' | 'all'): Promise<BridgeView> {
  return answer(api.GET('/api/v1/opportunities/bridge', { params: { query: { since, pipeline, owner } } }));
}

export function fetchStageTimes(
  since: string,
  pipeline: string,
  owner: 'me' | 'all',
): Promise<Schemas['StageTimeView'][]> {
  return answer(
    api.GET('/api/v1/opportunities/stage-times', { params: { query: { since, pipeline, owner } } }),
  );
}

export function fetchDeal(id: string): Promise<OpportunityDetailView> {
  return answer(api.GET('/api/v1/opportunities/{id}', { params: { path: { id } } }));
}

export function fetchTimeline(id: string, cursor?: string): Promise<TimelinePage> {
  return answer(
    api.GET('/api/v1/opportunities/{id}/timeline', { params: { path: { id }, query: { cursor } } }),
  );
}

export function fetchContacts(customerId: string): Promise<Page<ContactView>> {
  return answer(api.GET('/api/v1/contacts', { params: { query: { customerId, limit: 100 } } }));
}

export function createDeal(body: Schemas['OpportunityBody'], key: string): Promise<OpportunityDetailView> {
  return answer(api.POST('/api/v1/opportunities', { params: { header: headers(key) }, body }));
}

export interface DealEdit {
  id: string;
  rowVersion: number;
  body: Schemas['OpportunityEditBody'];
}

export function editDeal({ id, rowVersion, body }: DealEdit, key: string): Promise<OpportunityDetailView> {
  return answer(
    api.PATCH('/api/v1/opportunities/{id}', {
      params: { path: { id }, header: edited(key, rowVersion) },
      body,
    }),
  );
}

export interface DealMove {
  id: string;
  rowVersion: number;
  body: Schemas['StageBody'];
}

export function moveDeal({ id, rowVersion, body }: DealMove, key: string): Promise<OpportunityDetailView> {
  return answer(
    api.POST('/api/v1/opportunities/{id}/stage', {
      params: { path: { id }, header: edited(key, rowVersion) },
      body,
    }),
  );
}

export function tickItem(
  { id, ...body }: { id: string } & Schemas['TickBody'],
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.PUT('/api/v1/opportunities/{id}/ticks', { params: { path: { id }, header: headers(key) }, body }),
  );
}

export function setRoles(
  { id, contactId, roles }: { id: string; contactId: string; roles: Schemas['RolesBody']['roles'] },
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.PUT('/api/v1/opportunities/{id}/contacts/{contactId}', {
      params: { path: { id, contactId }, header: headers(key) },
      body: { roles },
    }),
  );
}

export function addContact(body: Schemas['ContactBody'], key: string): Promise<ContactView> {
  return answer(api.POST('/api/v1/contacts', { params: { header: headers(key) }, body }));
}

export function nameCompetitor(
  { id, ...body }: { id: string } & Schemas['CompetitorBody'],
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.POST('/api/v1/opportunities/{id}/competitors', {
      params: { path: { id }, header: headers(key) },
      body,
    }),
  );
}

export function dropCompetitor(
  { id, competitorId }: { id: string; competitorId: string },
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.DELETE('/api/v1/opportunities/{id}/competitors/{competitorId}', {
      params: { path: { id, competitorId }, header: headers(key) },
    }),
  );
}

export function logActivity(body: Schemas['ActivityBody'], key: string): Promise<unknown> {
  return answer(api.POST('/api/v1/activities', { params: { header: headers(key) }, body }));
}

export interface ActivityDone {
  id: string;
  rowVersion: number;
  body: Schemas['DoneBody'];
}

export function completeActivity({ id, rowVersion, body }: ActivityDone, key: string): Promise<unknown> {
  return answer(
    api.POST('/api/v1/activities/{id}/done', {
      params: { path: { id }, header: edited(key, rowVersion) },
      body,
    }),
  );
}

export function setCollaborators(
  { id, personIds }: { id: string; personIds: string[] },
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.PUT('/api/v1/opportunities/{id}/collaborators', {
      params: { path: { id }, header: headers(key) },
      body: { personIds },
    }),
  );
}

export function handOver(
  { id, ...body }: { id: string } & Schemas['HandOverDealBody'],
  key: string,
): Promise<OpportunityDetailView> {
  return answer(
    api.POST('/api/v1/opportunities/{id}/owner', { params: { path: { id }, header: headers(key) }, body }),
  );
}
