import { useEffect } from 'react';
import type { DecisionBody } from '../api/types.js';

export interface InboxKeys {
  move(step: 1 | -1): void;
  open(): void;
  decide(action: DecisionBody['action']): void;
  help(): void;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.closest('input, textarea, select, dialog[open]') !== null || target.isContentEditable)
  );
}

/** J/K move, Enter open, A/R/T open the confirm sheet, ? help. Never while typing or with a modifier held. */
export function useInboxKeys(keys: InboxKeys): void {
  useEffect(() => {
    const actions: Readonly<Record<string, () => void>> = {
      j: () => keys.move(1),
      k: () => keys.move(-1),
      a: () => keys.decide('APPROVE'),
      r: () => keys.decide('REJECT'),
      t: () => keys.decide('RETURN'),
      '?': () => keys.help(),
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const onControl =
        event.target instanceof HTMLElement && event.target.closest('a, button, summary') !== null;
      const action = event.key === 'Enter' && !onControl ? keys.open : actions[event.key.toLowerCase()];
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [keys]);
}
