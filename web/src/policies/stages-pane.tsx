import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { CopyFields } from './copy-fields.js';
import { LadderEditor } from './ladder-editor.js';
import { addLadder } from './ladder-model.js';
import { PolicyRules } from './policy-rules.js';
import { ProblemList, useProblemText } from './problem-list.js';
import { SeparationFields } from './separation-fields.js';
import { StageEditor } from './stage-editor.js';
import { newStage, withFields } from './stage-model.js';
import { addStage, keyOf, layoutOf, listOf, type Layout, type Rec } from './stage-order-model.js';
import { placedProblems } from './stage-problems-model.js';
import { useStageSummary } from './stage-summary.js';
import { inputsOf } from './table-model.js';
import { useEditing, type DraftEditing } from './use-draft-editing.js';
import { useVocabulary, type Vocabulary } from './use-vocabulary.js';

export function StagesPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const editing = useEditing();
  const vocabulary = useVocabulary();
  if (editing)
    return (
      <Fetched query={vocabulary} rows={6}>
        {(words) => <StagesEditor editing={editing} vocabulary={words} />}
      </Fetched>
    );
  return (
    <Panel title={t('policy.tab.stages')}>
      <Steps
        layout={layoutOf(policy.content)}
        stageOf={(stage) => <StageReading key={keyOf(stage)} stage={stage} />}
      />
    </Panel>
  );
}

interface StepsProps {
  layout: Layout;
  stageOf: (stage: Rec) => ReactElement;
}

/** Steps one after another; branches of a step side by side, at the same time. */
function Steps({ layout, stageOf }: StepsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <ol className="policy-steps">
      {layout.map((branches, index) => (
        <li key={branches.flat().map(keyOf).join()} className="policy-step">
          <h3 className="small quiet">
            {t('policyStage.step', { n: index + 1 })}
            {branches.length > 1 ? ` · ${t('policyStage.parallel', { n: branches.length })}` : ''}
          </h3>
          {branches.map((stages) => (
            <div key={stages.map(keyOf).join()} className={branches.length > 1 ? 'policy-branch' : undefined}>
              {stages.map(stageOf)}
            </div>
          ))}
        </li>
      ))}
    </ol>
  );
}

function StageReading({ stage }: { stage: Rec }): ReactElement {
  const text = useServerText();
  const summary = useStageSummary();
  return (
    <p className="policy-stage">
      <span className="strong">{text(String(stage['title']))}</span>{' '}
      <span className="code quiet">{keyOf(stage)}</span>
      <span className="small quiet policy-stage-summary">{summary(stage)}</span>
    </p>
  );
}

interface StagesEditorProps {
  editing: DraftEditing;
  vocabulary: Vocabulary;
}

function StagesEditor({ editing, vocabulary }: StagesEditorProps): ReactElement {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const [opened, setOpened] = useState<string | null>(null);
  const { content, change } = editing;
  const ladders = listOf(content, 'ladders');
  const problems = (editing.findings?.problems ?? []).filter(({ row }) => row === null);
  const placed = placedProblems(problems, listOf(content, 'stages').map(keyOf), ladders.map(keyOf));
  const set = (fields: Rec): void => change({ ...withFields(content, fields) });
  const add = (): void => {
    const next = addStage(content, newStage(keyOf(ladders[0] ?? {}), vocabulary.roles[0] ?? ''));
    change(next);
    setOpened(keyOf(listOf(next, 'stages').at(-1) ?? {}));
  };
  return (
    <>
      <Panel title={t('policy.tab.stages')}>
        <div className="row policy-tools">
          <Button onClick={add}>{t('policyStage.add')}</Button>
          <Button disabled={!editing.canUndo} onClick={editing.undo}>
            {t('policyEdit.undo')}
          </Button>
          <Button disabled={!editing.canRedo} onClick={editing.redo}>
            {t('policyEdit.redo')}
          </Button>
        </div>
        <Steps
          layout={layoutOf(content)}
          stageOf={(stage) => (
            <StageEditor
              key={keyOf(stage)}
              stage={stage}
              editing={editing}
              vocabulary={vocabulary}
              problems={placed.filter(({ list, key }) => list === 'stages' && key === keyOf(stage))}
              open={opened === keyOf(stage)}
              onToggle={() => setOpened(opened === keyOf(stage) ? null : keyOf(stage))}
              onRenamed={setOpened}
            />
          )}
        />
        <ProblemList problems={problems.filter((one) => !placed.some(({ problem }) => problem === one))} />
      </Panel>
      <Panel title={t('policyStage.ladders')}>
        {ladders.map((ladder) => (
          <LadderEditor
            key={keyOf(ladder)}
            ladder={ladder}
            editing={editing}
            noteOf={(field) => {
              const found = placed.find(
                (one) => one.list === 'ladders' && one.key === keyOf(ladder) && one.field === field,
              );
              if (!found) return {};
              return { [found.problem.severity === 'ERROR' ? 'error' : 'hint']: problemText(found.problem) };
            }}
          />
        ))}
        <div className="row policy-tools">
          <Button onClick={() => change(addLadder(content))}>{t('policyStage.addLadder')}</Button>
        </div>
      </Panel>
      <Panel title={t('policyRule.separations')}>
        <SeparationFields content={content} roles={vocabulary.roles} set={set} />
      </Panel>
      <Panel title={t('policyRule.copies')}>
        <CopyFields content={content} words={{ ...vocabulary, inputs: inputsOf(content) }} set={set} />
      </Panel>
      <Panel title={t('policyStage.whole')}>
        <PolicyRules content={content} set={set} />
      </Panel>
    </>
  );
}
