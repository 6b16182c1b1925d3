import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyLint, PolicyView } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Panel } from '../ui/panel.js';
import { Tag } from '../ui/tag.js';
import { casesOf, factOf, factText, keysOf, newCase, withCases, type PolicyCase } from './case-model.js';
import { Choice, TextField } from './stage-fields.js';
import { inputsOf, stagesOf, type PolicyInput } from './table-model.js';
import { useEditing, type DraftEditing } from './use-draft-editing.js';

type Answer = PolicyLint['cases'][number];

/** The cases somebody is sure of, and what the table as it is now answers to them. */
export function CasesPane({ policy }: { policy: PolicyView }): ReactElement {
  const { t } = useTranslation();
  const editing = useEditing();
  const content = editing?.content ?? policy.content;
  const cases = casesOf(content);
  const answers = editing?.findings?.cases ?? [];
  const passed = answers.filter((answer) => answer.passed).length;
  return (
    <Panel
      title={t('policy.tab.cases')}
      note={
        editing && answers.length > 0 ? t('policyCase.passed', { n: passed, all: answers.length }) : undefined
      }
    >
      <p className="quiet">{t('policyCase.about')}</p>
      {cases.length === 0 ? <p>{t('policyCase.none')}</p> : null}
      {cases.map((one, index) =>
        editing ? (
          <CaseEditor
            key={index}
            one={one}
            index={index}
            editing={editing}
            answer={answers.find(({ name }) => name === one.name)}
          />
        ) : (
          <CaseReading key={one.name} one={one} inputs={inputsOf(content)} content={content} />
        ),
      )}
      {editing ? (
        <div className="row policy-tools">
          <Button
            onClick={() =>
              editing.change(
                withCases(content, [
                  ...cases,
                  newCase(content, t('policyCase.name', { n: cases.length + 1 })),
                ]),
              )
            }
          >
            {t('policyCase.add')}
          </Button>
          <Button disabled={!editing.canUndo} onClick={editing.undo}>
            {t('policyEdit.undo')}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

function useStageNames(content: PolicyView['content']): (keys: readonly string[]) => string {
  const { t } = useTranslation();
  const text = useServerText();
  const titles = new Map(stagesOf(content).map(({ key, title }) => [key, text(title)]));
  return (keys) =>
    keys.length === 0
      ? t('policyTable.automatic')
      : keys.map((key) => titles.get(key) ?? key).join(t('app.separator'));
}

interface CaseReadingProps {
  one: PolicyCase;
  inputs: readonly PolicyInput[];
  content: PolicyView['content'];
}

function CaseReading({ one, inputs, content }: CaseReadingProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const named = useStageNames(content);
  return (
    <section className="policy-case" aria-label={one.name}>
      <h3>{one.name}</h3>
      <p className="small quiet">
        {inputs
          .map(({ name, label }) => `${text(label)} ${factText(one.facts[name])}`)
          .join(t('app.separator'))}
      </p>
      <p>
        {t('policyCase.expected')} {named(one.stages)}
      </p>
    </section>
  );
}

interface CaseEditorProps {
  one: PolicyCase;
  index: number;
  editing: DraftEditing;
  answer: Answer | undefined;
}

function CaseEditor({ one, index, editing, answer }: CaseEditorProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const cases = casesOf(editing.content);
  const put = (next: PolicyCase[]): void => editing.change(withCases(editing.content, next));
  const set = (fields: Partial<PolicyCase>): void =>
    put(cases.map((other, at) => (at === index ? { ...other, ...fields } : other)));
  return (
    <fieldset className="policy-stage policy-fields">
      <legend>{one.name}</legend>
      <TextField label={t('policyCase.title')} value={one.name} onChange={(name) => set({ name })} />
      {inputsOf(editing.content).map((input) => (
        <FactField
          key={input.name}
          input={input}
          label={text(input.label)}
          value={factText(one.facts[input.name])}
          onChange={(value) => set({ facts: { ...one.facts, [input.name]: factOf(input, value) } })}
        />
      ))}
      <TextField
        label={t('policyCase.stages')}
        value={one.stages.join(', ')}
        onChange={(keys) => set({ stages: keysOf(keys) })}
      />
      <CaseAnswer content={editing.content} answer={answer} />
      <div className="row policy-case-tools">
        {answer && !answer.passed && answer.refused === null ? (
          <Button size="small" onClick={() => set({ stages: answer.stages })}>
            {t('policyCase.take')}
          </Button>
        ) : null}
        <Button size="small" onClick={() => put(cases.filter((_, at) => at !== index))}>
          {t('policyCase.remove')}
        </Button>
      </div>
    </fieldset>
  );
}

interface FactFieldProps {
  input: PolicyInput;
  label: string;
  value: string;
  onChange: (value: string) => void;
}

function FactField({ input, label, value, onChange }: FactFieldProps): ReactElement {
  const { t } = useTranslation();
  const choices =
    input.type === 'boolean'
      ? ([
          ['true', t('app.yes')],
          ['false', t('app.no')],
        ] as const)
      : input.values?.map((one) => [one, one] as const);
  return choices ? (
    <Choice label={label} value={value} options={choices} onChange={onChange} />
  ) : (
    <TextField label={label} value={value} onChange={onChange} />
  );
}

function CaseAnswer({
  content,
  answer,
}: {
  content: PolicyView['content'];
  answer: Answer | undefined;
}): ReactElement | null {
  const { t } = useTranslation();
  const named = useStageNames(content);
  if (!answer) return null;
  return (
    <p className="row policy-case-answer" role="status">
      <Tag tone={answer.passed ? 'good' : 'bad'}>
        {t(answer.passed ? 'policyCase.right' : 'policyCase.wrong')}
      </Tag>
      <span>
        {answer.refused
          ? t(`policyCase.refused.${answer.refused}`)
          : t('policyCase.answers', { stages: named(answer.stages) })}
      </span>
    </p>
  );
}
