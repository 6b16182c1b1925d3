import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { stagesOf } from './table-model.js';

export function StagesPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  return (
    <Panel title={t('policy.tab.stages')}>
      <ul className="policy-list">
        {stagesOf(policy.content).map(({ key, title }) => (
          <li key={key} className="row">
            <span className="strong">{text(title)}</span>
            <span className="code quiet">{key}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
