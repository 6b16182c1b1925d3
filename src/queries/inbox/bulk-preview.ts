import type { Reader } from '../../db/prepared.js';
import { Exact, formatAmount, type Money } from '../../domain/money.js';
import { readInbox } from './inbox.js';
import type { BulkRight, InboxItem } from './inbox-item.js';

/** An item as the person saw it in the list. */
export interface SeenItem {
  seatId: string;
  expectedSeatVersion: number;
  subjectHash: string;
}

export interface BulkPreview {
  seatIds: string[];
  totals: Money[];
  excluded: { seatId: string; obstacle: string }[];
  commentRequired: boolean;
}

/** What answering these together would come to, before anybody clicks (AE-BULK-1). One statement, nothing is changed. */
export async function previewBulk(
  db: Reader,
  personId: string,
  action: BulkRight['action'],
  seen: readonly SeenItem[],
): Promise<BulkPreview> {
  const seatIds = seen.map(({ seatId }) => seatId);
  const { items } = await readInbox(
    db,
    personId,
    { tab: 'todo', seatIds },
    { limit: seen.length, after: null },
  );
  const now = new Map(items.map((item) => [item.seatId, item]));
  const judged = seen.map((was) => ({
    seatId: was.seatId,
    item: now.get(was.seatId),
    obstacle: obstacleOf(was, now.get(was.seatId), action),
  }));
  const included = judged.flatMap(({ item, obstacle }) => (item && obstacle === null ? [item] : []));
  return {
    seatIds: judged.flatMap(({ seatId, obstacle }) => (obstacle === null ? [seatId] : [])),
    totals: totalsOf(included),
    excluded: judged.flatMap(({ seatId, obstacle }) => (obstacle === null ? [] : [{ seatId, obstacle }])),
    commentRequired: included.some(
      (item) => item.bulk.find((right) => right.action === action)?.commentRequired,
    ),
  };
}

function obstacleOf(was: SeenItem, item: InboxItem | undefined, action: BulkRight['action']): string | null {
  const right = item?.bulk.find((one) => one.action === action);
  if (!item || !right) return 'GONE';
  if (item.seatVersion !== was.expectedSeatVersion || item.subjectHash !== was.subjectHash) return 'CHANGED';
  return right.obstacle;
}

function totalsOf(items: readonly InboxItem[]): Money[] {
  const sums = new Map<string, Exact>();
  for (const { amount } of items)
    if (amount) sums.set(amount.currency, new Exact(amount.amount).plus(sums.get(amount.currency) ?? 0));
  return [...sums].map(([currency, sum]) => ({ currency, amount: formatAmount(sum.toFixed(), currency) }));
}
