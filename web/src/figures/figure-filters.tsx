import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnitNode } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { fetchUnits } from '../org/org.api.js';
import { FetchFailed } from '../ui/fetched.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { KINDS, type FigureFilter } from './figures.api.js';

const PERIODS = ['7', '30', '90', '365'] as const;
const USUAL = '30';
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The filter in the URL; the period ends with the hour that runs, so that what runs is in it. */
export function useFigureFilter(): FigureFilter {
  const url = useUrlFilters();
  const [end] = useState(() => (Math.floor(Date.now() / HOUR_MS) + 1) * HOUR_MS);
  const days = Number(url.pick('days', PERIODS) ?? USUAL);
  return {
    from: new Date(end - days * DAY_MS).toISOString(),
    to: new Date(end).toISOString(),
    kind: url.pick('kind', KINDS),
    unitId: url.get('unit'),
  };
}

function flat(units: readonly UnitNode[], depth = 0): { id: string; text: string }[] {
  return units.flatMap(({ id, name, children }) => [
    { id, text: `${'\u2003'.repeat(depth)}${name}` },
    ...flat(children, depth + 1),
  ]);
}

export function FigureFilters(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const url = useUrlFilters();
  const units = useQuery({ queryKey: ['catalogue', 'units'], queryFn: fetchUnits });
  return (
    <div className="filters figures-filters">
      <label className="field">
        {t('figures.period')}
        <select
          className="input"
          value={url.pick('days', PERIODS) ?? USUAL}
          onChange={(event) => url.set({ days: event.target.value })}
        >
          {PERIODS.map((days) => (
            <option key={days} value={days}>
              {t('figures.lastDays', { days })}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('figures.kind')}
        <select
          className="input"
          value={url.pick('kind', KINDS) ?? ''}
          onChange={(event) => url.set({ kind: event.target.value })}
        >
          <option value="">{t('figures.anyKind')}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words('kind', kind)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('figures.unit')}
        <select
          className="input"
          value={url.get('unit') ?? ''}
          onChange={(event) => url.set({ unit: event.target.value })}
        >
          <option value="">{t('figures.anyUnit')}</option>
          {flat(units.data ?? []).map(({ id, text }) => (
            <option key={id} value={id}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <FetchFailed query={units} />
    </div>
  );
}
