import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { ContractView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { Tag } from '../ui/tag.js';
import { DateText } from '../ui/when.js';
import { markMilestone, type MilestoneDone } from './contracts.api.js';

type Milestone = ContractView['milestones'][number];

interface MilestoneSheetProps {
  contractId: string;
  milestone: Milestone;
  onClose: () => void;
}

function MilestoneSheet({ contractId, milestone, onClose }: MilestoneSheetProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [doneOn, setDoneOn] = useState('');
  const [note, setNote] = useState('');
  const command = useCommand<MilestoneDone, unknown>({ run: markMilestone, onSuccess: onClose });
  return (
    <Sheet title={t('contract.markDone', { kind: words('milestone', milestone.kind) })} onClose={onClose}>
      <Field label={t('contract.doneOn')}>
        {(control) => (
          <input
            {...control}
            className="input"
            type="date"
            value={doneOn}
            onChange={(event) => setDoneOn(event.target.value)}
          />
        )}
      </Field>
      <CommentField required={false} value={note} onChange={setNote} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!doneOn}
          loading={command.isPending}
          onClick={() =>
            command.mutate({
              id: contractId,
              mid: milestone.id,
              body: { doneOn, ...(note.trim() ? { note: note.trim() } : {}) },
            })
          }
        >
          {t('contract.confirmDone')}
        </Button>
      </div>
    </Sheet>
  );
}

export function Milestones({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  const [marking, setMarking] = useState<Milestone | null>(null);
  const mayMark = contract.actions.includes('MILESTONE_DONE');
  if (contract.milestones.length === 0) return null;
  return (
    <Panel title={t('contract.milestones')}>
      <ul className="stack">
        {contract.milestones.map((milestone) => (
          <li key={milestone.id} className="plan-row">
            <span>
              {words('milestone', milestone.kind)} <span className="quiet small">{milestone.owner.name}</span>
            </span>
            {milestone.doneOn ? (
              <Tag tone="good">{t('contract.done')}</Tag>
            ) : mayMark ? (
              <Button size="small" onClick={() => setMarking(milestone)}>
                {t('contract.confirmDone')}
              </Button>
            ) : (
              <span />
            )}
            <span className={milestone.overdue ? 'small due-late' : 'small quiet'}>
              {milestone.overdue ? t('contract.overdue') : t('contract.dueOn')}{' '}
              <DateText on={milestone.doneOn ?? milestone.dueOn} />
            </span>
          </li>
        ))}
      </ul>
      {marking ? (
        <MilestoneSheet contractId={contract.id} milestone={marking} onClose={() => setMarking(null)} />
      ) : null}
    </Panel>
  );
}
