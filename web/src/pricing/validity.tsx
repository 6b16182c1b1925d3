import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Instant } from '../ui/when.js';

/** From when until when; nothing is left to guess of an end that is open. */
export function Validity({ from, to }: { from: string | null; to: string | null }): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {from === null ? t('pricing.atOnce') : <Instant at={from} />} –{' '}
      {to === null ? t('pricing.openEnd') : <Instant at={to} />}
    </>
  );
}
