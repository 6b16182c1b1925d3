import { answer, api } from '../api/client.js';
import type { BulkBody, BulkPreview, BulkResult, InboxItem } from '../api/types.js';

/** Items of one call. */
export const MOST_AT_ONCE = 200;

export type BulkAction = InboxItem['bulk'][number]['action'];

interface Seen {
  seatId: string;
  expectedSeatVersion: number;
  subjectHash: string;
}

/** Rows as the person saw them when they chose them: what has changed since is left out, not answered unseen. */
export function seenItems(items: readonly InboxItem[]): Seen[] {
  return items.flatMap(({ seatId, seatVersion, subjectHash }) =>
    seatId && seatVersion !== null ? [{ seatId, expectedSeatVersion: seatVersion, subjectHash }] : [],
  );
}

export function previewBulk(action: BulkAction, items: readonly InboxItem[]): Promise<BulkPreview> {
  return answer(
    api.POST('/api/v1/seats/bulk-decisions/preview', { body: { action, items: seenItems(items) } }),
  );
}

export function decideBulk(body: BulkBody, key: string): Promise<BulkResult> {
  return answer(
    api.POST('/api/v1/seats/bulk-decisions', { params: { header: { 'Idempotency-Key': key } }, body }),
  );
}
