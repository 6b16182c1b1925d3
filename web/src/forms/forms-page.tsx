import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../api/session.js';
import type { FormSummary, KindSummary } from '../api/types.js';
import { LinkButton } from '../ui/link-button.js';
import { LoadMore } from '../ui/load-more.js';
import { usePaged } from '../ui/paged.js';
import { Empty, Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { StateTag } from '../ui/state-tag.js';
import { Tag } from '../ui/tag.js';
import { Ago } from '../ui/when.js';
import { fetchForms, fetchKinds } from './forms.api.js';
import { useWords } from '../i18n/two-words.js';
import '../ui/record-list.css';
import './forms.css';

const REFRESH_MS = 15_000;
/** Still, or again, in the hands of whoever started it. */
const IN_HAND = new Set(['DRAFT', 'RETURNED']);

function KindCard({ kind }: { kind: KindSummary }): ReactElement {
  const words = useWords();
  return (
    <Link to={`/forms/new/${kind.key}`} className="kind-card">
      <span className="strong">{words(kind.titles)}</span>
      {kind.description ? <span className="small quiet">{words(kind.description)}</span> : null}
    </Link>
  );
}

function KindChoice(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['kinds'], queryFn: fetchKinds });
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Loading rows={3} />;
  const kinds = query.data.kinds.filter(({ retired, routed }) => !retired && routed);
  if (kinds.length === 0) return <Empty text={t('form.noKinds')} />;
  return (
    <ul className="kind-grid">
      {kinds.map((kind) => (
        <li key={kind.key}>
          <KindCard kind={kind} />
        </li>
      ))}
    </ul>
  );
}

function FormRow({ form }: { form: FormSummary }): ReactElement {
  const words = useWords();
  const { t } = useTranslation();
  const to =
    IN_HAND.has(form.state) || form.stale || !form.requestId
      ? `/forms/${form.id}`
      : `/requests/${form.requestId}`;
  return (
    <Link to={to} className="record-link">
      <span className="row">
        <span className="strong">{form.title}</span>
        <StateTag state={form.state} />
        {form.stale ? <Tag tone="warn">{t('form.changed')}</Tag> : null}
      </span>
      <span className="small quiet num">
        <Ago at={form.updatedAt} />
      </span>
      <span className="small quiet">
        {words(form.kind.titles)} · {form.number}
      </span>
    </Link>
  );
}

/** What one may ask for, and what one has asked for, drafts included. */
export function FormsPage(): ReactElement {
  const { t } = useTranslation();
  const may = useMay();
  const { items, query } = usePaged<FormSummary>({ key: ['forms'], load: fetchForms, refreshMs: REFRESH_MS });
  return (
    <>
      <header className="page-head">
        <h1>{t('form.title')}</h1>
        {may('policy:read') ? (
          <div className="page-head-actions">
            <LinkButton to="/request-kinds" plain>
              {t('kinds.title')}
            </LinkButton>
          </div>
        ) : null}
      </header>
      <div className="stack">
        <Panel title={t('form.new')}>
          <KindChoice />
        </Panel>
        <Panel title={t('form.mine')}>
          {query.isPending ? (
            <Loading rows={4} />
          ) : query.isError && items.length === 0 ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : items.length === 0 ? (
            <p className="quiet">{t('form.empty')}</p>
          ) : (
            <>
              <ul className="record-list">
                {items.map((form) => (
                  <li key={form.id} className="record">
                    <FormRow form={form} />
                  </li>
                ))}
              </ul>
              <LoadMore query={query} />
            </>
          )}
        </Panel>
      </div>
    </>
  );
}
