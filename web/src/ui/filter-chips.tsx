import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

export interface ActiveFilter {
  name: string;
  text: string;
}

interface FilterChipsProps {
  active: readonly ActiveFilter[];
  onClear: (names: readonly string[]) => void;
}

export function FilterChips({ active, onClear }: FilterChipsProps): ReactElement | null {
  const { t } = useTranslation();
  if (active.length === 0) return null;
  return (
    <div className="chips" role="group" aria-label={t('filters.active')}>
      {active.map(({ name, text }) => (
        <button
          key={name}
          type="button"
          className="chip"
          aria-label={t('filters.remove', { text })}
          onClick={() => onClear([name])}
        >
          {text} <span aria-hidden="true">✕</span>
        </button>
      ))}
      <button type="button" className="chip" onClick={() => onClear(active.map(({ name }) => name))}>
        {t('filters.clearAll')}
      </button>
    </div>
  );
}
