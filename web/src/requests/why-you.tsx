import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatReason } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';

export function ReasonInputs({ reason }: { reason: SeatReason }): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const words = useCodeText();
  return (
    <details className="small quiet">
      <summary>{t('request.rule', { version: reason.policyVersion, row: reason.rowId })}</summary>
      <p>{serverText(reason.rule)}</p>
      <dl className="inputs">
        {Object.entries(reason.inputs).map(([name, value]) => (
          <div key={name}>
            <dt>{words('document', name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface WhyYouProps {
  reasons: readonly SeatReason[];
  /** the reader holds a seat; otherwise these are the reasons of the stages that run */
  asked: boolean;
}

export function WhyYou({ reasons, asked }: WhyYouProps): ReactElement | null {
  const { t } = useTranslation();
  const serverText = useServerText();
  if (reasons.length === 0) return null;
  return (
    <Panel title={asked ? t('request.why') : t('request.whyAnybody')}>
      <ul className="stack">
        {reasons.map((reason) => (
          <li key={reason.rowId + reason.rule}>
            <p>{serverText(reason.text)}</p>
            <ReasonInputs reason={reason} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
