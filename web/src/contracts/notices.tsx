import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractPerformance } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Panel } from '../ui/panel.js';
import { DateText, Instant } from '../ui/when.js';

type Notice = ContractPerformance['notices'][number];

/** What was said of the dates of a contract, newest first, and who was told. */
export function Notices({ notices }: { notices: readonly Notice[] }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  if (notices.length === 0) return null;
  return (
    <Panel title={t('contractNotice.title')}>
      <ol className="stack">
        {notices.map(({ at, what, date, days, told }) => (
          <li key={`${what}/${date}/${days}/${at}`} className="stack">
            <span className={days > 0 || what === 'ORDER_CONFIRM' ? 'due-late' : undefined}>
              {words('contractNotice.what', what)} <DateText on={date} /> ·{' '}
              {days < 0
                ? t('contractNotice.before', { n: -days })
                : days > 0
                  ? t('contractNotice.after', { n: days })
                  : t('contractNotice.passed')}
            </span>
            <span className="small quiet">
              <Instant at={at} /> ·{' '}
              {t('contractNotice.told', { names: told.map(({ name }) => name).join(', ') })}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
