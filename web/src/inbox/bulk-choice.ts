import { useState } from 'react';
import type { InboxItem } from '../api/types.js';
import { MOST_AT_ONCE } from './bulk.api.js';

/** Why a row cannot go with others whatever the answer; null when it can for one of the answers. */
export function obstacleOf({ bulk }: InboxItem): string | null {
  return bulk.some(({ obstacle }) => obstacle === null) ? null : (bulk[0]?.obstacle ?? 'GONE');
}

export interface BulkChoice {
  isOn: boolean;
  /** as they were when they were chosen */
  items: readonly InboxItem[];
  has(item: InboxItem): boolean;
  start(): void;
  stop(): void;
  toggle(item: InboxItem): void;
  /** of the rows on the screen, and no others */
  chooseShown(shown: readonly InboxItem[]): void;
  clear(): void;
}

export function useBulkChoice(): BulkChoice {
  const [isOn, setOn] = useState(false);
  const [items, setItems] = useState<readonly InboxItem[]>([]);
  const has = (item: InboxItem): boolean => items.some(({ seatId }) => seatId === item.seatId);
  const clear = (): void => setItems([]);
  return {
    isOn,
    items,
    has,
    start: () => setOn(true),
    stop: () => {
      setOn(false);
      clear();
    },
    toggle: (item) =>
      setItems(has(item) ? items.filter(({ seatId }) => seatId !== item.seatId) : [...items, item]),
    chooseShown: (shown) =>
      setItems(shown.filter((item) => obstacleOf(item) === null).slice(0, MOST_AT_ONCE)),
    clear,
  };
}
