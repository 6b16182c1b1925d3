import { useCallback, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Page } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { FilterChips, type ActiveFilter } from './filter-chips.js';
import { LoadMore } from './load-more.js';
import { usePaged } from './paged.js';
import { Empty, Failure, Loading } from './page-state.js';
import { SearchBox } from './search-box.js';
import { useUrlFilters } from './url-filters.js';
import './record-list.css';

const REFRESH_MS = 15_000;
const OWNERS = ['me', 'all'] as const;

export interface RecordFilters<S extends string> {
  state: S | undefined;
  owner: (typeof OWNERS)[number];
  search: string | undefined;
}

interface RecordListProps<T, S extends string> {
  name: string;
  states: readonly S[];
  /** left out: customer or number */
  searchLabel?: string;
  load: (filters: RecordFilters<S>, cursor: string | undefined) => Promise<Page<T>>;
  row: (item: T) => ReactNode;
  keyOf: (item: T) => string;
  emptyText: string;
  emptyAction: ReactNode;
}

function useRecordFilters<S extends string>(states: readonly S[]): RecordFilters<S> {
  const url = useUrlFilters();
  return {
    state: url.pick('state', states),
    owner: url.pick('owner', OWNERS) ?? 'me',
    search: url.get('search'),
  };
}

function RecordFilterBar({
  states,
  searchLabel,
}: Pick<RecordListProps<unknown, string>, 'states' | 'searchLabel'>): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const filters = useUrlFilters();
  const { set } = filters;
  const search = useCallback((text: string) => set({ search: text.trim() }), [set]);
  const owner = filters.get('owner') ?? 'me';
  return (
    <div className="filters">
      <nav className="tabs" aria-label={t('records.owner')}>
        {OWNERS.map((name) => (
          <Link
            key={name}
            to={`?owner=${name}`}
            className="tab"
            aria-current={owner === name ? 'page' : undefined}
          >
            {t(`records.owners.${name}`)}
          </Link>
        ))}
      </nav>
      <SearchBox
        label={searchLabel ?? t('records.search')}
        value={filters.get('search') ?? ''}
        onSearch={search}
      />
      <select
        className="input state-box"
        aria-label={t('records.state')}
        value={filters.get('state') ?? ''}
        onChange={(event) => set({ state: event.target.value })}
      >
        <option value="">{t('records.anyState')}</option>
        {states.map((state) => (
          <option key={state} value={state}>
            {words('state', state)}
          </option>
        ))}
      </select>
    </div>
  );
}

function RecordChips(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const filters = useUrlFilters();
  const state = filters.get('state');
  const search = filters.get('search');
  const active: ActiveFilter[] = [
    ...(state ? [{ name: 'state', text: words('state', state) }] : []),
    ...(search ? [{ name: 'search', text: t('inbox.contains', { value: search }) }] : []),
  ];
  return (
    <FilterChips
      active={active}
      onClear={(names) => filters.set(Object.fromEntries(names.map((name) => [name, undefined])))}
    />
  );
}

/** My quotes, my contracts: the same list, each row with who holds it. */
export function RecordList<T, S extends string>(props: RecordListProps<T, S>): ReactElement {
  const { name, states, searchLabel, load, row, keyOf, emptyText, emptyAction } = props;
  const { t } = useTranslation();
  const filters = useRecordFilters(states);
  const { items, query } = usePaged<T>({
    key: [name, filters],
    load: (cursor) => load(filters, cursor),
    refreshMs: REFRESH_MS,
  });
  const filtered = filters.state !== undefined || filters.search !== undefined;
  return (
    <div className="stack">
      <RecordFilterBar states={states} searchLabel={searchLabel} />
      <RecordChips />
      {query.isPending ? (
        <Loading rows={8} />
      ) : query.isError && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Empty text={filtered ? t('records.emptyFiltered') : emptyText}>
          {filtered ? <Link to={`?owner=${filters.owner}`}>{t('filters.clearAll')}</Link> : emptyAction}
        </Empty>
      ) : (
        <>
          <ul className="record-list">
            {items.map((item) => (
              <li key={keyOf(item)} className="record">
                {row(item)}
              </li>
            ))}
          </ul>
          <LoadMore query={query} />
        </>
      )}
    </div>
  );
}
