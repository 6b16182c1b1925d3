import type { ReactElement } from 'react';
import type { DeliveryView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import type { Tone } from '../ui/tag.js';

export const DELIVERY_TONE: Readonly<Record<DeliveryView['state'], Tone>> = {
  PENDING: 'plain',
  RETRYING: 'warn',
  SENT: 'good',
  FAILED: 'bad',
  SKIPPED: 'plain',
};

/** Why it went as it did, and the other side's own words. */
export function DeliveryWord({ delivery }: { delivery: DeliveryView }): ReactElement {
  const words = useCodeText();
  const { state, code, error, answer, providerId } = delivery;
  const said = error ?? answer ?? (state === 'SENT' ? providerId : null);
  return (
    <>
      {code ? (
        <span className={state === 'FAILED' ? 'due-late' : undefined}>{words('deliveryCode', code)}</span>
      ) : null}
      {said ? <code className="code">{said}</code> : null}
    </>
  );
}
