import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Tag, type Tone } from '../ui/tag.js';
import { Instant } from '../ui/when.js';

const TONES: Readonly<Record<string, Tone>> = {
  ACTIVE: 'good',
  SCHEDULED: 'accent',
  IN_REVIEW: 'accent',
  SENT_BACK: 'warn',
};

export function PolicyStateTag({ state }: { state: string }): ReactElement {
  const words = useCodeText();
  return <Tag tone={TONES[state] ?? 'plain'}>{words('policyState', state)}</Tag>;
}

/** From when until when a version is in force. */
export function Validity({ policy }: { policy: PolicyView }): ReactElement | null {
  const { t } = useTranslation();
  if (!policy.validFrom) return null;
  return (
    <span className="small quiet">
      {t('policy.from')} <Instant at={policy.validFrom} />
      {policy.validTo ? (
        <>
          {' '}
          {t('policy.until')} <Instant at={policy.validTo} />
        </>
      ) : null}
    </span>
  );
}
