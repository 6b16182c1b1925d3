import { Button } from 'antd';
import { useCallback, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import type { PersonView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { LoadMore } from '../ui/load-more.js';
import { MoneyText } from '../ui/money-text.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { SearchBox } from '../ui/search-box.js';
import { HandOverSheet } from './hand-over-sheet.js';
import { fetchPeople } from './org.api.js';

function PersonRow({ person }: { person: PersonView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const may = useMay();
  const [handsOver, setHandsOver] = useState(false);
  return (
    <li className="person">
      <span className="row">
        <span className="strong">{person.name}</span>
        <span className="small quiet">{[person.title, person.unit?.name].filter(Boolean).join(' · ')}</span>
        {person.active ? null : <span className="small due-late">{t('people.left')}</span>}
        {may('approval:admin') ? (
          <Button
            size="small"
            className="person-act"
            aria-label={t('handOver.title', { name: person.name })}
            onClick={() => setHandsOver(true)}
          >
            {t('handOver.button')}
          </Button>
        ) : null}
      </span>
      <span className="small quiet">
        {person.roles.map(({ role, unit, limit }, index) => (
          <span key={`${role}${unit?.id ?? ''}`}>
            {index > 0 ? t('app.separator') : ''}
            {words('role', role)}
            {limit ? (
              <>
                {' ≤ '}
                <MoneyText value={limit} />
              </>
            ) : null}
          </span>
        ))}
        {person.manager ? ` · ${t('people.reportsTo', { name: person.manager.name })}` : ''}
      </span>
      {handsOver ? <HandOverSheet person={person} onClose={() => setHandsOver(false)} /> : null}
    </li>
  );
}

export function PeopleList(): ReactElement {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const find = useCallback((text: string) => setSearch(text.trim()), []);
  const { items, query } = usePaged<PersonView>({
    key: ['people', search],
    load: (cursor) => fetchPeople(search, cursor),
  });
  return (
    <Panel
      title={t('people.list')}
      note={<SearchBox label={t('people.search')} value={search} onSearch={find} />}
    >
      {query.isPending ? (
        <Loading rows={6} />
      ) : query.isError && items.length === 0 ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Empty text={t('people.nobody')} />
      ) : (
        <ul className="people">
          {items.map((person) => (
            <PersonRow key={person.id} person={person} />
          ))}
        </ul>
      )}
      <LoadMore query={query} />
    </Panel>
  );
}
