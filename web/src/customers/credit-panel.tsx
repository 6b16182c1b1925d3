import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import type { CreditView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useFormat } from '../i18n/format.js';
import { Figure } from '../ui/figure.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { customerKey, fetchCredit } from './customers.api.js';
import './credit-panel.css';

const FULL = 100;

/** What the customer owes and may owe, and what the checks of a deal find; nothing where the reader may not see it. */
export function CreditPanel({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: [...customerKey(id), 'credit'], queryFn: () => fetchCredit(id) });
  if (query.error instanceof ProblemError && query.error.status === 404) return null;
  return (
    <Panel title={t('credit.title')}>
      {query.data ? (
        <CreditBody credit={query.data} />
      ) : query.isError ? (
        <Failure error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </Panel>
  );
}

function CreditBody({ credit }: { credit: CreditView }): ReactElement {
  const { t } = useTranslation();
  const { lines, checks, baseCurrency: currency } = credit;
  const isNearlyFull = checks.some(
    ({ check, reaction }) => check === 'UTILISATION_PCT' && reaction === 'WARN',
  );
  return (
    <div className="stack">
      {lines.length === 0 ? <p className="note tone-warn">{t('credit.none')}</p> : null}
      {lines.map((line) => (
        <Limit key={line.of} line={line} currency={currency} isNearlyFull={isNearlyFull} />
      ))}
      <Exposure credit={credit} />
      <Checks checks={checks} />
    </div>
  );
}

function Limit({
  line: { of, limit, used, available },
  currency,
  isNearlyFull,
}: {
  line: CreditView['lines'][number];
  currency: string;
  isNearlyFull: boolean;
}): ReactElement {
  const { t } = useTranslation();
  const percent = Number(limit) === 0 ? (Number(used) > 0 ? FULL : 0) : (Number(used) / Number(limit)) * FULL;
  const tone = percent > FULL ? 'bad' : isNearlyFull ? 'warn' : 'good';
  const name = of === 'OWN' ? t('credit.own') : t('credit.group');
  const money = (amount: string): ReactElement => <MoneyText value={{ amount, currency }} />;
  return (
    <section className="stack" aria-label={name}>
      <div className="row">
        <h3>{name}</h3>
      </div>
      <Progress
        percent={Math.min(FULL, Math.max(0, percent))}
        format={() => `${Math.round(percent)}%`}
        strokeColor={`var(--${tone})`}
        aria-label={name}
      />
      <dl className="figures">
        <Figure label={t('credit.limit')} value={money(limit)} />
        <Figure label={t('credit.used')} value={money(used)} />
        <Figure label={t('credit.available')} value={money(available)} bad={available.startsWith('-')} />
      </dl>
    </section>
  );
}

function Exposure({ credit: { exposure, baseCurrency: currency } }: { credit: CreditView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const format = useFormat();
  return (
    <section className="stack">
      <h3>{t('credit.exposure')}</h3>
      {exposure.length === 0 ? <p className="quiet">{t('credit.noExposure')}</p> : null}
      <ul className="credit-parts" hidden={exposure.length === 0}>
        {exposure.map(({ kind, weight, counted }) => (
          <li key={kind}>
            <span>
              {words('exposureKind', kind)}
              {weight === '1' ? null : (
                <span className="quiet">
                  {' '}
                  · {t('credit.weight', { percent: format.percent(String(Number(weight) * FULL)) })}
                </span>
              )}
            </span>
            <MoneyText value={{ amount: counted, currency }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Checks({ checks }: { checks: CreditView['checks'] }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const format = useFormat();
  const found = checks.filter(({ reaction }) => reaction !== 'NONE');
  return (
    <section className="stack">
      <h3>{t('credit.checks')}</h3>
      {found.length === 0 ? <p className="quiet">{t('credit.clear')}</p> : null}
      <ul className="stack" hidden={found.length === 0}>
        {found.map(({ check, value, reaction, step }) => (
          <li key={check} className="row">
            <Tag tone={reaction === 'BLOCK' ? 'bad' : 'warn'}>{words('creditReaction', reaction)}</Tag>
            <span>{words('creditCheck', check, { value: format.decimal(value) })}</span>
            {step ? (
              <span className="quiet">
                {t(`credit.since_${step.at}`, { limit: format.decimal(step.value) })}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
