import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoundView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Scalar } from './document-scalar.js';

/** "Discount up to 15 %": one dimension of what an approval covers. */
export function BoundText({ bound, currency }: { bound: BoundView; currency: string }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  return (
    <span className="bound">
      {words('document', serverText(bound.label))} {t(`envelope.direction.${bound.direction}`)}{' '}
      <span className="strong">
        <Scalar name={bound.dimension} value={bound.allowed} currency={currency} />
      </span>
    </span>
  );
}

/** What an approval covers, in one line: the dimensions that leave room. */
export function CoveredText({ bounds }: { bounds: readonly BoundView[] | null }): ReactElement {
  const { t } = useTranslation();
  const open = (bounds ?? []).filter(({ direction }) => direction !== 'SAME');
  if (open.length === 0) return <span className="small quiet">{t('envelope.onlyThis')}</span>;
  return (
    <details className="small quiet">
      <summary>{t('envelope.covers')}</summary>
      <ul>
        {open.map((bound) => (
          <li key={bound.dimension}>
            <BoundText bound={bound} currency={BASE_CURRENCY} />
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Exposures are in the company's currency. */
const BASE_CURRENCY = 'CNY';
