import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RequestView } from '../api/types.js';
import { useWords } from '../i18n/two-words.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { useServerText } from '../i18n/server-text.js';
import { HolderChip } from '../ui/holder-chip.js';
import { MoneyText } from '../ui/money-text.js';
import { StateTag } from '../ui/state-tag.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { FactValue } from './fact-value.js';

const RECORDS: Readonly<Record<string, string>> = { QUOTE: '/quotes', CONTRACT: '/contracts' };

export function RequestHeader({ request }: { request: RequestView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const titles = useWords();
  const serverText = useServerText();
  const format = useFormat();
  const { subject } = request;
  const record = RECORDS[subject.kind];
  return (
    <header className="panel stack">
      <div className="row">
        <Link to="/inbox" className="small">
          ← {t('request.back')}
        </Link>
        <Tag>{request.form ? titles(request.form.kind.titles) : words('kind', request.kind)}</Tag>
        <StateTag state={request.state} />
        {request.round > 1 ? <Tag tone="warn">{t('inbox.round', { n: request.round })}</Tag> : null}
        {request.parentRequestId ? (
          <Link to={`/requests/${request.parentRequestId}`} className="small">
            {t('request.parent')}
          </Link>
        ) : null}
        {request.revokes ? (
          <Link to={`/requests/${request.revokes.requestId}`} className="small">
            {t('request.revokes', { title: request.revokes.title })}
          </Link>
        ) : null}
        {request.revocation ? (
          <Link to={`/requests/${request.revocation.requestId}`} className="small">
            {t('request.revocation', { state: words('state', request.revocation.state) })}
          </Link>
        ) : null}
        {record ? (
          <Link to={`${record}/${subject.id}`} className="small">
            {t('request.openRecord', { number: subject.number, version: subject.version })}
          </Link>
        ) : null}
      </div>
      <h1 id="request-title">{request.title}</h1>
      <div className="row request-lead">
        <span className="request-amount">
          <MoneyText value={subject.amount} />
        </span>
        <span className="quiet">
          {t('request.by', { name: request.initiator.name, unit: request.unit?.name ?? '' })}{' '}
          <Instant at={request.submittedAt} />
        </span>
      </div>
      {request.effectAt ? (
        <p className="note tone-accent" role="status">
          {t('request.takesEffect', { at: format.instant(request.effectAt) })}
        </p>
      ) : null}
      {request.holder && !request.effectAt ? (
        <div>
          <HolderChip holder={request.holder} />
        </div>
      ) : null}
      <dl className="facts">
        {subject.facts.map((fact) => (
          <div key={fact.key} className="fact">
            <dt>{serverText(fact.label)}</dt>
            <dd>
              <FactValue fact={fact} />
            </dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
