import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { FreeTextsFound } from '../api/types.js';
import { Figure } from '../ui/figure.js';
import { Panel } from '../ui/panel.js';
import { Ago } from '../ui/when.js';

const COPIES = [
  'approval_decision',
  'approval_round',
  'approval_seat',
  'approval_stage',
  'contract',
  'contract_version',
  'contract_order',
  'contract_dispute',
  'customer_block',
  'milestone',
  'notification',
  'collection_case',
  'promise',
  'receivable_dispute',
  'payment',
  'credit_note',
  'receivable_entry',
] as const satisfies readonly (keyof FreeTextsFound['copies'])[];

interface FoundTextsProps {
  found: FreeTextsFound;
  copies: number;
  requestId: string | undefined;
  onOnly: (requestId: string) => void;
}

/** What an erasure would take, by place and by request; the texts themselves are not shown here. */
export function FoundTexts({ found, copies, requestId, onOnly }: FoundTextsProps): ReactElement {
  const { t } = useTranslation();
  const { texts, requests } = found;
  const where = COPIES.filter((table) => found.copies[table] > 0).map((table) =>
    t(`erasure.copyIn.${table}`, { n: found.copies[table] }),
  );
  if (texts + copies === 0) return <p className="quiet">{t('erasure.nothing')}</p>;
  const inRequests = requests.reduce((sum, request) => sum + request.texts, 0);
  return (
    <div className="stack">
      <dl className="figures">
        <Figure label={t('erasure.texts')} value={String(texts)} />
        <Figure label={t('erasure.copies')} value={String(copies)} note={where.join(' · ') || null} />
      </dl>
      {requests.length > 0 ? (
        <ul className="log-list">
          {requests.map(({ id, number, title, texts: n, lastAt }) => (
            <li key={id} className="log-item">
              <span className="row">
                <Link to={`/requests/${id}`}>{`${number} ${title}`}</Link>
                <span className="quiet">{t('erasure.textsIn', { n })}</span>
                <span className="small quiet log-when">
                  {t('erasure.lastAt')} <Ago at={lastAt} />
                </span>
                {requestId === id ? null : (
                  <Button
                    size="small"
                    aria-label={`${t('erasure.only')}: ${number}`}
                    onClick={() => onOnly(id)}
                  >
                    {t('erasure.only')}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {texts > inRequests ? (
        <p className="small quiet">{t('erasure.elsewhere', { n: texts - inRequests })}</p>
      ) : null}
    </div>
  );
}

/** What an erasure leaves, told before it is asked for. */
export function StaysPut({ found }: { found: FreeTextsFound }): ReactElement {
  const { t } = useTranslation();
  const { erased, outOfReach } = found;
  return (
    <Panel title={t('erasure.stays')}>
      <ul className="plain-list">
        <li>{t('erasure.digests', { n: erased })}</li>
        <li>{t('erasure.subjects', { n: outOfReach.subjects })}</li>
        <li>{t('erasure.files', { n: outOfReach.files })}</li>
        <li>{t('erasure.messages', { n: outOfReach.messages })}</li>
        <li>{t('erasure.older')}</li>
        <li>{t('erasure.backups')}</li>
      </ul>
    </Panel>
  );
}
