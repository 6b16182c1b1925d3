import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { Panel } from '../ui/panel.js';

export function RawPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  return (
    <Panel title={t('policy.tab.raw')}>
      <pre className="code policy-raw">{JSON.stringify(policy.content, null, 2)}</pre>
    </Panel>
  );
}
