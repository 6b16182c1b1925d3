import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AccessView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Tag } from '../ui/tag.js';
import { useUrlFilters } from '../ui/url-filters.js';
import { Ago } from '../ui/when.js';
import { ACCESS_KINDS, fetchAccesses } from './audit.api.js';
import '../ui/log-list.css';

/** For auditors: who read or took what by virtue of an office, and what was refused to whom. */
export function AccessPage(): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const kind = useUrlFilters().pick('kind', ACCESS_KINDS);
  const { items, query } = usePaged<AccessView>({
    key: ['accesses', kind],
    load: (cursor) => fetchAccesses(kind, cursor),
  });
  return (
    <>
      <header className="page-head">
        <h1>{t('access.title')}</h1>
      </header>
      <div className="stack">
        <nav className="tabs" aria-label={t('access.kinds')}>
          {[undefined, ...ACCESS_KINDS].map((name) => (
            <Link
              key={name ?? 'ALL'}
              to={name ? `?kind=${name}` : '?'}
              className="tab"
              aria-current={kind === name ? 'page' : undefined}
            >
              {name ? words('accessKind', name) : t('access.all')}
            </Link>
          ))}
        </nav>
        {query.isPending ? (
          <Loading rows={8} />
        ) : query.isError && items.length === 0 ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : items.length === 0 ? (
          <Empty text={t('access.none')} />
        ) : (
          <>
            <ul className="log-list">
              {items.map((item) => (
                <AccessRow key={item.id} access={item} />
              ))}
            </ul>
            <LoadMore query={query} />
          </>
        )}
      </div>
    </>
  );
}

function AccessRow({ access }: { access: AccessView }): ReactElement {
  const words = useCodeText();
  const { kind, person, request, ofPerson, code } = access;
  return (
    <li className="log-item">
      <span className="row">
        <span className="strong">{person?.name ?? '—'}</span>
        <Tag tone={kind === 'REFUSED' ? 'warn' : 'plain'}>{words('accessKind', kind)}</Tag>
        <span className="small quiet log-when">
          <Ago at={access.at} />
        </span>
      </span>
      <span className="small log-what">
        {words('accessWhat', access.what)}
        {ofPerson ? ` · ${ofPerson.name}` : null}
        {request ? (
          <>
            {' · '}
            <Link to={`/requests/${request.id}`}>{`${request.number} ${request.title}`}</Link>
          </>
        ) : null}
        {code ? <code className="log-code">{code}</code> : null}
      </span>
      {code && words('problem', code) !== code ? (
        <span className="small quiet">{words('problem', code)}</span>
      ) : null}
    </li>
  );
}
