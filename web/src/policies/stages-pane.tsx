import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { ProblemList } from './problem-list.js';
import { LadderEditor, StageEditor } from './stage-editor.js';
import { listOf } from './stage-model.js';
import { stagesOf } from './table-model.js';
import { useEditing, type DraftEditing } from './use-draft-editing.js';

export function StagesPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const editing = useEditing();
  if (editing) return <StagesEditor editing={editing} />;
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

function StagesEditor({ editing }: { editing: DraftEditing }): ReactElement {
  const { t } = useTranslation();
  const problems = (editing.findings?.problems ?? []).filter(({ row }) => row === null);
  return (
    <>
      <Panel title={t('policy.tab.stages')}>
        <div className="row">
          <Button disabled={!editing.canUndo} onClick={editing.undo}>
            {t('policyEdit.undo')}
          </Button>
        </div>
        {listOf(editing.content, 'stages').map((stage) => (
          <StageEditor key={String(stage['key'])} stage={stage} editing={editing} />
        ))}
        <ProblemList problems={problems} />
      </Panel>
      <Panel title={t('policyStage.ladders')}>
        {listOf(editing.content, 'ladders').map((ladder) => (
          <LadderEditor key={String(ladder['key'])} ladder={ladder} editing={editing} />
        ))}
      </Panel>
    </>
  );
}
