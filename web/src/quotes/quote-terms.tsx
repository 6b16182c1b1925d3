import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuoteView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';

export function QuoteTerms({ quote }: { quote: QuoteView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <dl className="facts">
      <Fact label={t('editor.termDays')} value={t('quote.days', { n: quote.termDays })} />
      <Fact
        label={t('editor.deliveryDays')}
        value={quote.deliveryDays === null ? '—' : t('quote.days', { n: quote.deliveryDays })}
      />
      <Fact
        label={t('editor.warrantyMonths')}
        value={quote.warrantyMonths === null ? '—' : t('quote.months', { n: quote.warrantyMonths })}
      />
      {quote.instalments.map((row, index) => (
        <Fact
          key={`${row.trigger}${index}`}
          label={t('quote.instalment', { n: index + 1 })}
          value={t('quote.instalmentText', {
            trigger: words('trigger', row.trigger),
            pct: row.pct,
            days: row.days ?? 0,
          })}
        />
      ))}
      {quote.nonStandardClauses.map((clause, index) => (
        <Fact
          key={clause}
          label={t('editor.clause', { n: index + 1 })}
          value={words('quoteClause', clause)}
        />
      ))}
      {quote.note ? <Fact label={t('editor.note')} value={quote.note} /> : null}
    </dl>
  );
}

function Fact({ label, value }: { label: string; value: string }): ReactElement {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
