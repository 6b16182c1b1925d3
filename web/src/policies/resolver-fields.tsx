import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Choice, NumberField, TextField, type FieldNote } from './stage-fields.js';
import { namingInputs, recordOf, textsOf, withFields, type Words } from './stage-model.js';
import type { Rec } from './stage-order-model.js';
import { usePolicyTitle } from './use-policy-title.js';

interface ResolverFieldsProps {
  resolver: Rec;
  words: Words;
  note: FieldNote;
  onChange: (resolver: Rec) => void;
}

const MOST_LEVELS = 12;
const MOST_PERSONS = 50;

/** What a resolver needs to know besides its kind. */
export function ResolverFields(props: ResolverFieldsProps): ReactElement | null {
  const { resolver, words, note, onChange } = props;
  const { t } = useTranslation();
  const code = useCodeText();
  const titleOf = usePolicyTitle();
  const set = (fields: Rec): void => onChange(withFields(resolver, fields));
  switch (resolver['kind']) {
    case 'ROLE':
      return (
        <>
          <RoleChoice label={t('policyStage.role')} field="role" {...props} />
          <Choice
            label={t('policyStage.take')}
            value={String(resolver['take'])}
            options={(['NEAREST', 'EVERY'] as const).map((take) => [take, t(`policyStage.takeKind.${take}`)])}
            onChange={(take) => set({ take })}
          />
        </>
      );
    case 'HEAD':
      return <HeadFields {...props} />;
    case 'MANAGER':
      return (
        <NumberField
          label={t('policyStage.levels')}
          value={Number(resolver['levels'])}
          onChange={(levels) => set({ levels: Math.min(levels, MOST_LEVELS) })}
          {...note}
        />
      );
    case 'CHAIN_TO_LIMIT':
      return (
        <>
          <Choice
            label={t('policyStage.chainMode')}
            value={String(resolver['mode'])}
            options={(['EVERY_LEVEL', 'FINAL_ONLY', 'FIRST_AND_FINAL'] as const).map((mode) => [
              mode,
              t(`policyStage.chainKind.${mode}`),
            ])}
            onChange={(mode) => set({ mode })}
            {...note}
          />
          <Choice
            label={t('policyStage.topRole')}
            value={String(resolver['topRole'] ?? '')}
            options={[
              ['', t('policyStage.none')],
              ...words.roles.map((role) => [role, code('role', role)] as const),
            ]}
            onChange={(role) => set({ topRole: role === '' ? null : role })}
          />
        </>
      );
    case 'FORM_FIELD':
      return (
        <InputChoice {...props} lists value={String(resolver['input'])} onPick={(input) => set({ input })} />
      );
    case 'INITIATOR_CHOICE':
      return (
        <>
          <RoleChoice label={t('policyStage.among')} field="among" {...props} />
          <Choice
            label={t('policyStage.scope')}
            value={String(resolver['scope'] ?? 'SUBJECT')}
            options={(['SUBJECT', 'EVERYWHERE'] as const).map((scope) => [
              scope,
              t(`policyStage.scopeKind.${scope}`),
            ])}
            onChange={(scope) => set({ scope: scope === 'SUBJECT' ? undefined : scope })}
          />
        </>
      );
    case 'EXPRESSION':
      return (
        <>
          <Choice
            label={t('policyStage.yields')}
            value={String(resolver['yields'])}
            options={(['ROLES', 'PERSONS'] as const).map((yields) => [
              yields,
              t(`policyStage.yieldsKind.${yields}`),
            ])}
            onChange={(yields) => set({ yields })}
          />
          <div className="policy-wide">
            <TextField
              label={t('policyStage.expression')}
              value={String(resolver['expression'])}
              rows={2}
              accepts={(text) => text !== ''}
              onChange={(expression) => set({ expression })}
              {...(note.error ? note : { hint: t('policyStage.expressionHint') })}
            />
          </div>
        </>
      );
    case 'PERSON':
      return (
        <div className="policy-wide">
          <Field label={t('policyStage.persons')} {...note}>
            {({ id }) => (
              <PersonPicker
                id={id}
                value={textsOf(resolver['personIds'])}
                most={MOST_PERSONS}
                excluded={[]}
                onChange={(personIds) => set({ personIds })}
              />
            )}
          </Field>
        </div>
      );
    case 'CHILD':
      return (
        <Choice
          label={t('policyStage.childKind')}
          value={String(resolver['policyKind'])}
          options={words.policyKinds.map((kind) => [kind, titleOf(kind)])}
          onChange={(policyKind) => set({ policyKind })}
          {...note}
        />
      );
    default:
      return null;
  }
}

function RoleChoice({
  resolver,
  words,
  note,
  onChange,
  label,
  field,
}: ResolverFieldsProps & { label: string; field: 'role' | 'among' }): ReactElement {
  const code = useCodeText();
  return (
    <Choice
      label={label}
      value={String(resolver[field])}
      options={words.roles.map((role) => [role, code('role', role)])}
      onChange={(role) => onChange({ ...resolver, [field]: role })}
      {...note}
    />
  );
}

function HeadFields({ resolver, words, note, onChange }: ResolverFieldsProps): ReactElement {
  const { t } = useTranslation();
  const unit = resolver['unit'];
  const input = unit === 'INITIATOR' ? null : String(recordOf(unit)['input']);
  const inputs = namingInputs(words.inputs, false);
  const label = useInputLabel(words);
  return (
    <Choice
      label={t('policyStage.headOf')}
      value={input ?? ''}
      options={[
        ['', t('policyStage.ownUnit')],
        ...inputs.map((name) => [name, t('policyStage.unitOf', { input: label(name) })] as const),
      ]}
      onChange={(name) => onChange({ kind: 'HEAD', unit: name === '' ? 'INITIATOR' : { input: name } })}
      {...note}
    />
  );
}

interface InputChoiceProps extends ResolverFieldsProps {
  lists: boolean;
  value: string;
  onPick: (input: string) => void;
}

function InputChoice({ words, note, lists, value, onPick }: InputChoiceProps): ReactElement {
  const { t } = useTranslation();
  const label = useInputLabel(words);
  return (
    <Choice
      label={t('policyStage.formField')}
      value={value}
      options={namingInputs(words.inputs, lists).map((name) => [name, label(name)])}
      onChange={onPick}
      {...(note.error ? note : { hint: t('policyStage.formFieldHint') })}
    />
  );
}

function useInputLabel({ inputs }: Words): (name: string) => string {
  const text = useServerText();
  return (name) => text(inputs.find((input) => input.name === name)?.label ?? name);
}
