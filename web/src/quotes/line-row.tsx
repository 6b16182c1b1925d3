import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PriceListView, QuoteLineView } from '../api/types.js';
import { Field } from '../ui/field.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';
import { Tag } from '../ui/tag.js';
import type { DraftLine, Pricing } from './draft.js';
import { ProductPicker } from './product-picker.js';

const PRICINGS: readonly Pricing[] = ['DISCOUNT', 'NET', 'FREE'];

interface LineRowProps {
  index: number;
  line: DraftLine;
  currency: string;
  prices: PriceListView | undefined;
  /** what the server made of the line; the console computes no price */
  priced: QuoteLineView | undefined;
  errorAt: (member: string) => string | undefined;
  onChange: (line: DraftLine) => void;
  onRemove: (() => void) | undefined;
}

function LineResult({ priced, currency }: { priced: QuoteLineView; currency: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <p className="line-result small">
      <span className="quiet">
        {t('quote.list')} <MoneyText value={{ amount: priced.list, currency }} />
      </span>
      <span className="quiet">
        {t('quote.unitNet')} <MoneyText value={{ amount: priced.unitNet, currency }} />
      </span>
      <span className="quiet">
        {t('quote.discount')} <PercentText value={priced.discountPct} />
      </span>
      <span className="strong">
        {t('quote.net')} <MoneyText value={{ amount: priced.net, currency }} />
      </span>
      {priced.marginPct === undefined ? null : (
        <span className="quiet">
          {t('quote.margin')} <PercentText value={priced.marginPct} />
        </span>
      )}
      {priced.minQty === '0' ? null : <Tag>{t('quote.tier', { n: priced.minQty })}</Tag>}
      {priced.free ? <Tag>{t('quote.free')}</Tag> : null}
      {priced.belowFloor ? <Tag tone="bad">{t('quote.belowFloor')}</Tag> : null}
    </p>
  );
}

export function LineRow(props: LineRowProps): ReactElement {
  const { index, line, currency, prices, priced, errorAt, onChange, onRemove } = props;
  const { t } = useTranslation();
  const valueError = errorAt('discountPct') ?? errorAt('unitNet');
  return (
    <li className="line">
      <div className="line-grid">
        <div className="field">
          <span className="field-label">{t('editor.product', { n: index + 1 })}</span>
          <ProductPicker
            label={t('editor.product', { n: index + 1 })}
            value={line.productId}
            invalid={errorAt('productId') !== undefined}
            prices={prices}
            onChange={(productId) => onChange({ ...line, productId })}
          />
          {errorAt('productId') ? <span className="field-error">{errorAt('productId')}</span> : null}
        </div>
        <Field label={t('editor.qty')} error={errorAt('qty')}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              value={line.qty}
              onChange={(event) => onChange({ ...line, qty: event.target.value })}
            />
          )}
        </Field>
        <Field label={t('editor.pricing')}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={line.pricing}
              onChange={(event) => onChange({ ...line, pricing: event.target.value as Pricing, value: '' })}
            >
              {PRICINGS.map((pricing) => (
                <option key={pricing} value={pricing}>
                  {t(`editor.pricings.${pricing}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {line.pricing === 'FREE' ? null : (
          <Field label={t(`editor.value.${line.pricing}`)} error={valueError}>
            {(control) => (
              <input
                {...control}
                className="input"
                inputMode="decimal"
                value={line.value}
                onChange={(event) => onChange({ ...line, value: event.target.value })}
              />
            )}
          </Field>
        )}
        <Field label={t('editor.freight')} error={errorAt('freight')}>
          {(control) => (
            <input
              {...control}
              className="input"
              inputMode="decimal"
              value={line.freight}
              onChange={(event) => onChange({ ...line, freight: event.target.value })}
            />
          )}
        </Field>
        {onRemove ? (
          <Button
            className="line-remove"
            onClick={onRemove}
            aria-label={t('editor.removeLine', { n: index + 1 })}
          >
            ✕
          </Button>
        ) : null}
      </div>
      {priced ? <LineResult priced={priced} currency={currency} /> : null}
    </li>
  );
}
