import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Tag } from '../ui/tag.js';
import { DimensionFields } from './dimension-fields.js';
import { GroupFields } from './group-fields.js';
import { useProblemText } from './problem-list.js';
import { QuorumFields } from './quorum-fields.js';
import { RequirementFields } from './requirement-fields.js';
import { ResolverFields } from './resolver-fields.js';
import { listedIn } from './rules-model.js';
import { StageActions } from './stage-actions.js';
import { Choice, KEY, OptionalNumber, TextField, type FieldNote } from './stage-fields.js';
import {
  groupsOf,
  recordOf,
  RESOLVERS,
  resolverKindOf,
  stageForResolver,
  textsOf,
  withFields,
  type ResolverKind,
} from './stage-model.js';
import { keyOf, listOf, renameStage, type Rec } from './stage-order-model.js';
import type { PlacedProblem } from './stage-problems-model.js';
import { StageRules } from './stage-rules.js';
import { useStageSummary } from './stage-summary.js';
import { inputsOf, stagesOf } from './table-model.js';
import type { DraftEditing } from './use-draft-editing.js';
import type { Vocabulary } from './use-vocabulary.js';

interface StageEditorProps {
  stage: Rec;
  editing: DraftEditing;
  vocabulary: Vocabulary;
  problems: readonly PlacedProblem[];
  open: boolean;
  onToggle: () => void;
  /** it has another key now */
  onRenamed: (key: string) => void;
}

/** One stage: a line that says what it is, and everything of it once it is opened. */
export function StageEditor(props: StageEditorProps): ReactElement {
  const { stage, editing, problems, open, onToggle } = props;
  const { t } = useTranslation();
  const text = useServerText();
  const summary = useStageSummary();
  const key = keyOf(stage);
  const errors = problems.filter(({ problem }) => problem.severity === 'ERROR').length;
  return (
    <section className="policy-stage" aria-label={text(String(stage['title']))}>
      <div className="policy-stage-head">
        <button type="button" className="policy-stage-name" aria-expanded={open} onClick={onToggle}>
          <span className="strong">{text(String(stage['title']))}</span>{' '}
          <span className="code quiet">{key}</span>
          <span className="small quiet policy-stage-summary">{summary(stage)}</span>
        </button>
        {errors > 0 ? <Tag tone="bad">{t('policyLint.errors', { n: errors })}</Tag> : null}
        {errors === 0 && problems.length > 0 ? (
          <Tag tone="warn">{t('policyLint.warnings', { n: problems.length })}</Tag>
        ) : null}
        <StageActions stage={stage} editing={editing} />
      </div>
      {open ? <StageFields {...props} /> : null}
    </section>
  );
}

/** The fields that show a problem themselves; the others are shown above them. */
const SHOWN: readonly string[] = [
  'resolver',
  'quorum',
  'ladder',
  'empty',
  'self',
  'onReject',
  'calendar',
  'freshLook',
  'strictRole',
  'strictReporting',
  'lateChoice',
];

function StageFields(props: StageEditorProps): ReactElement {
  const { stage, editing, vocabulary, problems, onRenamed } = props;
  const { t } = useTranslation();
  const words = useCodeText();
  const problemText = useProblemText();
  const { content, change } = editing;
  const key = keyOf(stage);
  const resolver = recordOf(stage['resolver']);
  const offered = { ...vocabulary, inputs: inputsOf(content) };
  const replace = (next: Rec): void =>
    change({
      ...content,
      stages: listOf(content, 'stages').map((one) => (keyOf(one) === key ? next : one)),
    });
  const set = (fields: Rec): void => replace(withFields(stage, fields));
  const noteOf = (field: string): FieldNote => {
    const found = problems.find((problem) => problem.field === field);
    if (!found) return {};
    return { [found.problem.severity === 'ERROR' ? 'error' : 'hint']: problemText(found.problem) };
  };
  const others = problems.filter(({ field }) => field === null || !SHOWN.includes(field.split('/')[0] ?? ''));
  const taken = stagesOf(content).map((one) => one.key);
  return (
    <div className="policy-fields">
      {others.map(({ problem }) => (
        <p
          key={`${problem.code}${problem.message}`}
          className={`policy-wide ${problem.severity === 'ERROR' ? 'field-error' : 'small'}`}
        >
          {problemText(problem)}
        </p>
      ))}
      <TextField
        label={t('policyStage.title')}
        value={String(stage['title'])}
        accepts={(title) => title !== ''}
        onChange={(title) => set({ title })}
      />
      <TextField
        label={t('policyStage.key')}
        value={key}
        accepts={(to) => KEY.test(to) && !taken.includes(to)}
        onChange={(to) => {
          change(renameStage(content, key, to));
          onRenamed(to);
        }}
        hint={t('policyStage.keyHint')}
      />
      <h4 className="policy-wide">{t('policyStage.who')}</h4>
      <Choice
        label={t('policyStage.resolver')}
        value={resolverKindOf(stage)}
        options={RESOLVERS.map((kind) => [kind, words('policyStage.resolverKind', kind)])}
        onChange={(kind) => replace(stageForResolver(stage, kind as ResolverKind, offered))}
        {...noteOf('resolver')}
      />
      {resolver['kind'] === 'GROUPS' ? (
        <GroupFields stage={stage} words={offered} noteOf={noteOf} onChange={replace} />
      ) : (
        <ResolverFields
          resolver={resolver}
          words={offered}
          note={noteOf('resolver')}
          onChange={(next) => set({ resolver: next })}
        />
      )}
      {resolver['kind'] === 'CHILD' ? null : (
        <>
          <h4 className="policy-wide">{t('policyStage.how')}</h4>
          {stage['pool'] === true ? null : (
            <Choice
              label={t('policyStage.mode')}
              value={String(stage['mode'])}
              options={(['PARALLEL', 'SEQUENTIAL'] as const).map((mode) => [
                mode,
                t(`policyStage.modeKind.${mode}`),
              ])}
              onChange={(mode) => set({ mode })}
            />
          )}
          <QuorumFields
            quorum={recordOf(stage['quorum'])}
            groups={groupsOf(resolver)}
            note={noteOf('quorum')}
            onChange={(quorum) => set({ quorum })}
          />
          <RequirementFields stage={stage} onChange={replace} />
        </>
      )}
      <h4 className="policy-wide">{t('policyStage.when')}</h4>
      <Choice
        label={t('policyStage.ladder')}
        value={String(stage['ladder'])}
        options={listOf(content, 'ladders').map((ladder) => [keyOf(ladder), keyOf(ladder)])}
        onChange={(ladder) => set({ ladder })}
        {...noteOf('ladder')}
      />
      <h4 className="policy-wide">{t('policyStage.rules')}</h4>
      <StageRules
        stage={stage}
        stages={stagesOf(content)}
        vocabulary={vocabulary}
        noteOf={noteOf}
        set={set}
      />
      <h4 className="policy-wide">{t('policyRule.envelope')}</h4>
      <DimensionFields stage={stage} inputs={offered.inputs} noteOf={noteOf} set={set} />
      <TextField
        label={t('policyRule.writes')}
        value={textsOf(stage['writes']).join(', ')}
        hint={t('policyRule.writesHint')}
        onChange={(typed) => {
          const writes = listedIn(typed);
          set({ writes: writes.length > 0 ? writes : undefined });
        }}
      />
      <OptionalNumber
        label={t('policyRule.snapshotMaxAgeMinutes')}
        value={
          typeof stage['snapshotMaxAgeMinutes'] === 'number' ? stage['snapshotMaxAgeMinutes'] : undefined
        }
        hint={t('policyRule.snapshotHint')}
        onChange={(snapshotMaxAgeMinutes) => set({ snapshotMaxAgeMinutes })}
      />
    </div>
  );
}
