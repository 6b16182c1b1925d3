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

/** Stages that one row asks for have its reason in common. */
function eachOnce(reasons: readonly SeatReason[]): SeatReason[] {
  const bare = ({ text }: SeatReason): string => text.split(' → ')[0] ?? text;
  return [...new Map(reasons.map((reason) => [`${reason.rowId} ${bare(reason)}`, reason])).values()];
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
        {eachOnce(reasons).map((reason) => (
          <li key={reason.rowId + reason.rule}>
            <p>{serverText(reason.text)}</p>
            <ReasonInputs reason={reason} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
