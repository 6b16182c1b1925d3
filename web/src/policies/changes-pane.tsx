import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { Panel } from '../ui/panel.js';
import { useBase } from './base-version.js';
import { ChangeList, useChangeLines } from './change-lines.js';
import { useEditing } from './use-draft-editing.js';

/** Everything a draft says differently from the version it was made from: what a reviewer approves. */
export function ChangesPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const base = useBase();
  const lines = useChangeLines(base?.content ?? null, useEditing()?.content ?? policy.content);
  return (
    <Panel
      title={t('policy.tab.changes')}
      note={base ? t('policyEdit.against', { n: base.version }) : t('policyEdit.first')}
    >
      {base && lines.length === 0 ? <p className="quiet">{t('policyEdit.noChange')}</p> : null}
      <ChangeList lines={lines} />
    </Panel>
  );
}
