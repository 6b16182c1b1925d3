import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuoteLineView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';
import { Tag } from '../ui/tag.js';

interface QuoteLinesProps {
  lines: readonly QuoteLineView[];
  currency: string;
}

export function QuoteLines({ lines, currency }: QuoteLinesProps): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (amount: string): ReactElement => <MoneyText value={{ amount, currency }} />;
  const showsMargin = lines.some(({ marginPct }) => marginPct !== undefined);
  return (
    <div className="table-scroll quote-lines" tabIndex={0} role="region" aria-label={t('quote.lines')}>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{t('quote.product')}</th>
            <th scope="col" className="num">
              {t('quote.qty')}
            </th>
            <th scope="col" className="num">
              {t('quote.list')}
            </th>
            <th scope="col" className="num">
              {t('quote.discount')}
            </th>
            <th scope="col" className="num">
              {t('quote.unitNet')}
            </th>
            <th scope="col" className="num">
              {t('quote.net')}
            </th>
            {showsMargin ? (
              <th scope="col" className="num">
                {t('quote.margin')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>
                {line.product.name} {line.free ? <Tag>{t('quote.free')}</Tag> : null}{' '}
                {line.minQty === '0' ? null : <Tag>{t('quote.tier', { n: line.minQty })}</Tag>}{' '}
                {line.belowFloor ? <Tag tone="bad">{t('quote.belowFloor')}</Tag> : null}
                {line.note ? <p className="small quiet">{line.note}</p> : null}
              </td>
              <td className="num">{format.decimal(line.qty)}</td>
              <td className="num">{money(line.list)}</td>
              <td className="num">
                <PercentText value={line.discountPct} />
              </td>
              <td className="num">{money(line.unitNet)}</td>
              <td className="num strong">{money(line.net)}</td>
              {showsMargin ? (
                <td className="num">{line.marginPct ? <PercentText value={line.marginPct} /> : '—'}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
