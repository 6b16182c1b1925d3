import type { SearchAttributeUpdatePair } from '@temporalio/common';
import { upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import type { ProcessView } from '../domain/process/view.js';
import { SEARCH } from './messages.js';

/** Puts what is waited for where operators search; attributes that are as they should be cost nothing. */
export function showInSearch(process: string, view: ProcessView, stuck: string | null): void {
  const over = view.outcome !== null;
  const due = view.dueAt ?? view.next?.at ?? null;
  const wanted: SearchAttributeUpdatePair[] = [
    { key: SEARCH.process, value: process },
    { key: SEARCH.stage, value: view.outcome ?? view.stage },
    { key: SEARCH.waitingOn, value: over ? null : listOrNone(view.waitingOn) },
    { key: SEARCH.dueAt, value: over || due === null ? null : new Date(due) },
    { key: SEARCH.owner, value: view.owner },
    { key: SEARCH.orgPath, value: listOrNone(view.orgPath) },
    { key: SEARCH.amountBase, value: view.amountBase },
    { key: SEARCH.stuck, value: over ? null : stuck },
  ];
  const { typedSearchAttributes: shown } = workflowInfo();
  const changed = wanted.filter(({ key, value }) => !isSame(shown.get(key), value));
  if (changed.length > 0) upsertSearchAttributes(changed);
}

function listOrNone(values: string[]): string[] | null {
  return values.length > 0 ? values : null;
}

function isSame(shown: unknown, wanted: unknown): boolean {
  return JSON.stringify(shown ?? null) === JSON.stringify(wanted ?? null);
}
