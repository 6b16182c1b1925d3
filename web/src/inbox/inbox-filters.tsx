import { useCallback, useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';
import { FilterChips, type ActiveFilter } from '../ui/filter-chips.js';
import { SearchBox } from '../ui/search-box.js';
import { useRequestKinds, type RequestKindName } from '../kinds/use-request-kinds.js';
import { DUES, KINDS } from './inbox.api.js';
import { useUrlFilters } from '../ui/url-filters.js';

export const FILTERS = ['kind', 'minAmount', 'maxAmount', 'due', 'search'] as const;

function AmountRange(): ReactElement {
  const { t } = useTranslation();
  const filters = useUrlFilters();
  const [min, setMin] = useState(filters.get('minAmount') ?? '');
  const [max, setMax] = useState(filters.get('maxAmount') ?? '');
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    filters.set({ minAmount: min.trim(), maxAmount: max.trim() });
  };
  return (
    <form className="row" onSubmit={apply} aria-label={t('inbox.amountRange')}>
      <input
        className="input amount-box"
        inputMode="decimal"
        pattern="\d+(\.\d+)?"
        aria-label={t('inbox.minAmount')}
        placeholder={t('inbox.minAmount')}
        value={min}
        onChange={(event) => setMin(event.target.value)}
        onBlur={apply}
      />
      <span aria-hidden="true">–</span>
      <input
        className="input amount-box"
        inputMode="decimal"
        pattern="\d+(\.\d+)?"
        aria-label={t('inbox.maxAmount')}
        placeholder={t('inbox.maxAmount')}
        value={max}
        onChange={(event) => setMax(event.target.value)}
        onBlur={apply}
      />
      <button type="submit" className="visually-hidden">
        {t('inbox.applyRange')}
      </button>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  group: string;
  codes: readonly string[];
  /** further choices with names of their own */
  more?: readonly RequestKindName[];
}

function Choice({ label, name, group, codes, more = [] }: ChoiceProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const filters = useUrlFilters();
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          className="input"
          value={filters.get(name) ?? ''}
          onChange={(event) => filters.set({ [name]: event.target.value })}
        >
          <option value="">{t('filters.all')}</option>
          {codes.map((code) => (
            <option key={code} value={code}>
              {words(group, code)}
            </option>
          ))}
          {more.map(({ code, title }) => (
            <option key={code} value={code}>
              {title}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function InboxFilterBar(): ReactElement {
  const { t } = useTranslation();
  const filters = useUrlFilters();
  const { kinds: requestKinds, query: kindsQuery } = useRequestKinds();
  const { set } = filters;
  const search = useCallback((text: string) => set({ search: text.trim() }), [set]);
  const range = `${filters.get('minAmount') ?? ''}–${filters.get('maxAmount') ?? ''}`;
  return (
    <details className="panel inbox-filters">
      <summary>
        <span className="strong">{t('filters.title')}</span>
      </summary>
      <div className="filters">
        <Field label={t('inbox.search')}>
          {() => (
            <SearchBox label={t('inbox.searchHint')} value={filters.get('search') ?? ''} onSearch={search} />
          )}
        </Field>
        <Choice label={t('inbox.kind')} name="kind" group="kind" codes={KINDS} more={requestKinds} />
        <FetchFailed query={kindsQuery} />
        <Choice label={t('inbox.due')} name="due" group="dueFilter" codes={DUES} />
        <div className="field">
          <span className="field-label">{t('inbox.amountRange')}</span>
          <AmountRange key={range} />
        </div>
      </div>
    </details>
  );
}

export function InboxChips(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const filters = useUrlFilters();
  const { kinds: requestKinds } = useRequestKinds();
  const text: Record<(typeof FILTERS)[number], (value: string) => string> = {
    kind: (value) => requestKinds.find(({ code }) => code === value)?.title ?? words('kind', value),
    minAmount: (value) => t('inbox.atLeast', { value }),
    maxAmount: (value) => t('inbox.atMost', { value }),
    due: (value) => words('dueFilter', value),
    search: (value) => t('inbox.contains', { value }),
  };
  const active = FILTERS.flatMap((name): ActiveFilter[] => {
    const value = filters.get(name);
    return value ? [{ name, text: text[name](value) }] : [];
  });
  const clear = (names: readonly string[]): void =>
    filters.set(Object.fromEntries(names.map((name) => [name, undefined])));
  return <FilterChips active={active} onClear={clear} />;
}
