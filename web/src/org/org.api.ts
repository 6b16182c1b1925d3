import { answer, api } from '../api/client.js';
import type { AbsenceBody, AbsenceView, Page, PersonRef, PersonView, UnitNode } from '../api/types.js';

export function fetchUnits(): Promise<UnitNode[]> {
  return answer(api.GET('/api/v1/org/units', { params: { query: { hierarchy: 'REPORTING' } } }));
}

export function fetchPeople(search: string, cursor?: string): Promise<Page<PersonView>> {
  return answer(
    api.GET('/api/v1/org/people', { params: { query: { search: search || undefined, cursor } } }),
  );
}

/** Everybody who works here, by name: whom a document may name. */
export function fetchColleagues(search: string): Promise<Page<PersonRef>> {
  return answer(api.GET('/api/v1/org/colleagues', { params: { query: { search: search || undefined } } }));
}

/** Whom a document names by id, also when they have left. */
export function fetchNamed(personIds: readonly string[]): Promise<Page<PersonRef>> {
  return answer(
    api.GET('/api/v1/org/colleagues', { params: { query: { ids: personIds.join(','), limit: 50 } } }),
  );
}

/** Absences come as a page or as a plain list; the console shows both. */
export async function fetchAbsences(): Promise<AbsenceView[]> {
  const found = await answer<AbsenceView[] | Page<AbsenceView>>(api.GET('/api/v1/org/absences'));
  return Array.isArray(found) ? found : found.items;
}

export function addAbsence(body: AbsenceBody, key: string): Promise<AbsenceView> {
  return answer(api.POST('/api/v1/org/absences', { params: { header: { 'Idempotency-Key': key } }, body }));
}

export function removeAbsence(id: string, key: string): Promise<unknown> {
  return answer(
    api.DELETE('/api/v1/org/absences/{id}', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
    }),
  );
}
