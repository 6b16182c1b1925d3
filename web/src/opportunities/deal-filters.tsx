import { useCallback, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from '../ui/field.js';
import { SearchBox } from '../ui/search-box.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { useWords } from '../i18n/two-words.js';
import type { DealQuery } from './opportunities.api.js';
import { stageKeys, usePipelines, useStageName } from './pipelines.js';

const OWNERS = ['me', 'all'] as const;
const SORTS = ['newest', 'worth', 'close', 'contact'] as const;
const STANDARD = 'standard';

/** The filter as the URL says it: it survives reload, Back and being sent to a colleague. */
export function useDealFilter(): DealQuery & { pipeline: string; owner: 'me' | 'all' } {
  const url = useUrlFilters();
  const [stage, closedSince, search, closeTo, sort] = [
    url.get('stage'),
    url.get('closedSince'),
    url.get('search'),
    url.get('closeTo'),
    url.pick('sort', SORTS),
  ];
  return {
    pipeline: url.get('pipeline') ?? STANDARD,
    owner: url.pick('owner', OWNERS) ?? 'all',
    ...(stage ? { stage } : {}),
    ...(closedSince ? { closedSince } : {}),
    ...(search ? { search } : {}),
    ...(closeTo ? { closeTo } : {}),
    ...(url.get('stuck') ? { stuck: true } : {}),
    ...(url.get('slipped') ? { slipped: true } : {}),
    ...(sort ? { sort } : {}),
  };
}

interface DealFiltersProps {
  /** the list has a stage and an order, the board all stages by amount; what changed and how long stages take is of all deals of somebody */
  view: 'board' | 'list' | 'changes' | 'times';
}

export function DealFilters({ view }: DealFiltersProps): ReactElement {
  const { t } = useTranslation();
  const url = useUrlFilters();
  const { set } = url;
  const filter = useDealFilter();
  const label = useWords();
  const stageName = useStageName();
  const pipelines = usePipelines();
  const chosen = pipelines.find(({ key }) => key === filter.pipeline);
  return (
    <div className="filters">
      <Select
        label={t('pipe.pipeline')}
        value={filter.pipeline}
        options={pipelines.map(({ key, name }) => [key, label(name)])}
        onChange={(pipeline) => set({ pipeline, stage: undefined, closedSince: undefined })}
      />
      <Select
        label={t('pipe.owner')}
        value={filter.owner}
        options={OWNERS.map((owner) => [owner, t(`records.owners.${owner}`)])}
        onChange={(owner) => set({ owner })}
      />
      {view === 'list' ? (
        <>
          <Select
            label={t('pipe.stage')}
            value={filter.stage ?? ''}
            options={[
              ['', t('pipe.anyStage')],
              ...stageKeys(chosen).map((key): [string, string] => [key, stageName(filter.pipeline, key)]),
            ]}
            onChange={(stage) => set({ stage, closedSince: undefined })}
          />
          <Select
            label={t('pipe.sort')}
            value={filter.sort ?? 'newest'}
            options={SORTS.map((sort) => [sort, t(`pipe.sorts.${sort}`)])}
            onChange={(sort) => set({ sort })}
          />
        </>
      ) : null}
      {view === 'changes' || view === 'times' ? null : <Narrowing filter={filter} set={set} />}
    </div>
  );
}

interface NarrowingProps {
  filter: DealQuery;
  set: (changes: Record<string, string | undefined>) => void;
}

function Narrowing({ filter, set }: NarrowingProps): ReactElement {
  const { t } = useTranslation();
  const search = useCallback((text: string) => set({ search: text.trim() }), [set]);
  return (
    <>
      <Field label={t('pipe.closeTo')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            value={filter.closeTo ?? ''}
            onChange={(event) => set({ closeTo: event.target.value })}
          />
        )}
      </Field>
      <SearchBox label={t('pipe.search')} value={filter.search ?? ''} onSearch={search} />
      {(['stuck', 'slipped'] as const).map((name) => (
        <label key={name} className="choice">
          <input
            type="checkbox"
            checked={filter[name] ?? false}
            onChange={(event) => set({ [name]: event.target.checked ? '1' : undefined })}
          />
          {t(`pipe.${name}`)}
        </label>
      ))}
    </>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps): ReactElement {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
