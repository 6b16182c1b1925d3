import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnvelopeWish, OfferedBound } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { BoundText } from './bound-text.js';

interface EnvelopeFieldsProps {
  offered: readonly OfferedBound[];
  currency: string;
  value: readonly EnvelopeWish[];
  onChange: (wishes: EnvelopeWish[]) => void;
}

/** "You approve up to …": what the approval covers without being asked again, and where it shall cover more or only this. */
export function EnvelopeFields(props: EnvelopeFieldsProps): ReactElement | null {
  const { offered, currency, value, onChange } = props;
  const { t } = useTranslation();
  const open = offered.filter(({ direction }) => direction !== 'SAME');
  if (open.length === 0) return null;
  const set = (dimension: string, wish: Omit<EnvelopeWish, 'dimension'> | null): void =>
    onChange([
      ...value.filter((other) => other.dimension !== dimension),
      ...(wish ? [{ dimension, ...wish }] : []),
    ]);
  return (
    <details className="envelope">
      <summary>{t('envelope.offer')}</summary>
      <p className="small quiet">{t('envelope.rest')}</p>
      <ul>
        {open.map((bound) => (
          <OfferedItem
            key={bound.dimension}
            bound={bound}
            currency={currency}
            wish={value.find(({ dimension }) => dimension === bound.dimension)}
            onWish={(wish) => set(bound.dimension, wish)}
          />
        ))}
      </ul>
    </details>
  );
}

interface OfferedItemProps {
  bound: OfferedBound;
  currency: string;
  wish: EnvelopeWish | undefined;
  onWish: (wish: Omit<EnvelopeWish, 'dimension'> | null) => void;
}

function OfferedItem({ bound, currency, wish, onWish }: OfferedItemProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const name = words('document', serverText(bound.label));
  const typed = typeof wish?.allowed === 'string' ? wish.allowed : '';
  const fits = bound.widenable && typeof bound.allowed === 'string';
  return (
    <li className="envelope-item">
      <BoundText bound={bound} currency={currency} />
      {fits ? (
        <input
          className="input"
          inputMode="decimal"
          aria-label={t('envelope.wider', { name })}
          placeholder={typeof bound.widest === 'string' ? `≤ ${bound.widest}` : t('envelope.yourLimit')}
          disabled={wish?.exact === true}
          value={typed}
          onChange={({ target }) =>
            onWish(target.value.trim() === '' ? null : { allowed: target.value.trim() })
          }
        />
      ) : null}
      <label className="small">
        <input
          type="checkbox"
          aria-label={t('envelope.exactly', { name })}
          checked={wish?.exact === true}
          onChange={({ target }) => onWish(target.checked ? { exact: true } : null)}
        />{' '}
        {t('envelope.exact')}
      </label>
    </li>
  );
}
