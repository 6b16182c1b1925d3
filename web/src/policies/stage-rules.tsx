import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Check, Choice, MONEY, NumberField, TextField, type FieldNote } from './stage-fields.js';
import { recordOf } from './stage-model.js';
import { keyOf, type Rec } from './stage-order-model.js';
import type { Vocabulary } from './use-vocabulary.js';

export interface StageRulesProps {
  stage: Rec;
  /** all stages, for going back to one of them */
  stages: readonly { key: string; title: string }[];
  vocabulary: Vocabulary;
  noteOf: (field: string) => FieldNote;
  set: (fields: Rec) => void;
}

/** What happens when nobody is there, when it is the initiator, and after a refusal. */
export function StageRules(props: StageRulesProps): ReactElement {
  const { stage, stages, noteOf, set } = props;
  const { t } = useTranslation();
  const text = useServerText();
  const onReject = recordOf(stage['onReject']);
  return (
    <>
      <EmptyFields {...props} />
      <SelfFields {...props} />
      <Choice
        label={t('policyStage.onReject')}
        value={
          onReject['kind'] === 'RETURN_STAGE' ? `STAGE ${String(onReject['key'])}` : String(onReject['kind'])
        }
        options={[
          ['END', t('policyStage.rejectTo.END')],
          ['RETURN_INITIATOR', t('policyStage.rejectTo.RETURN_INITIATOR')],
          ...stages
            .filter(({ key }) => key !== keyOf(stage))
            .map(
              ({ key, title }) =>
                [`STAGE ${key}`, t('policyStage.rejectTo.STAGE', { title: text(title) })] as const,
            ),
        ]}
        onChange={(to) =>
          set({
            onReject: to.startsWith('STAGE ')
              ? { kind: 'RETURN_STAGE', key: to.slice('STAGE '.length) }
              : { kind: to },
          })
        }
        {...noteOf('onReject')}
      />
      <Worded field="returnRule" values={['ANY', 'MAJORITY', 'LEAD']} first="ANY" {...props} />
      <Worded field="resume" values={['CHOOSE', 'NEXT', 'TO_RETURNER']} {...props} />
      <Worded field="onBranchReject" values={['FAIL_FAST', 'WAIT_ALL']} {...props} />
      <Worded field="abstain" values={['EXCLUDED', 'COUNTS_AS_NO']} {...props} />
      <Worded field="risk" values={['NORMAL', 'LOW']} {...props} />
      <Worded field="resolveAt" values={['ACTIVATION', 'SUBMIT']} {...props} />
      <CalendarField {...props} />
      <NumberField
        label={t('policyStage.minApprovals')}
        value={Number(stage['minApprovals'])}
        onChange={(minApprovals) => set({ minApprovals })}
      />
      <TextField
        label={t('policyStage.bulkLimit')}
        value={String(stage['bulkLimit'] ?? '')}
        accepts={(text) => text === '' || MONEY.test(text)}
        onChange={(limit) => set({ bulkLimit: limit === '' ? undefined : limit })}
        hint={t('policyStage.bulkHint')}
      />
      <div className="policy-wide policy-checks">
        {(['noBulk', 'freshLook', 'strictRole', 'strictReporting', 'lateChoice'] as const).map((flag) => (
          <Check
            key={flag}
            label={t(`policyStage.flag.${flag}`)}
            checked={stage[flag] === true}
            onChange={(on) => set({ [flag]: on ? true : undefined })}
            {...noteOf(flag)}
          />
        ))}
      </div>
    </>
  );
}

type WordedField = 'returnRule' | 'resume' | 'onBranchReject' | 'abstain' | 'risk' | 'resolveAt';

interface WordedProps extends StageRulesProps {
  field: WordedField;
  values: readonly string[];
  /** what holds when the policy does not say */
  first?: string;
}

function Worded({ field, values, first, stage, noteOf, set }: WordedProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <Choice
      label={t(`policyStage.${field}`)}
      value={String(stage[field] ?? first)}
      options={values.map((value) => [value, words(`policyStage.${field}Kind`, value)])}
      onChange={(value) => set({ [field]: value === first ? undefined : value })}
      {...noteOf(field)}
    />
  );
}

function EmptyFields({ stage, vocabulary, noteOf, set }: StageRulesProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const empty = recordOf(stage['empty']);
  return (
    <>
      <Choice
        label={t('policyStage.empty')}
        value={String(empty['kind'])}
        options={(['BLOCK', 'FALLBACK', 'UP_CHAIN', 'ADMIN_QUEUE', 'SKIP'] as const).map((kind) => [
          kind,
          t(`policyStage.emptyKind.${kind}`),
        ])}
        onChange={(kind) =>
          set({ empty: kind === 'FALLBACK' ? { kind, role: vocabulary.roles[0] } : { kind } })
        }
        {...noteOf('empty')}
      />
      {empty['kind'] === 'FALLBACK' ? (
        <Choice
          label={t('policyStage.fallback')}
          value={String(empty['role'])}
          options={vocabulary.roles.map((role) => [role, words('role', role)])}
          onChange={(role) => set({ empty: { kind: 'FALLBACK', role } })}
        />
      ) : null}
    </>
  );
}

function SelfFields({ stage, noteOf, set }: StageRulesProps): ReactElement {
  const { t } = useTranslation();
  const self = stage['self'];
  const allowed = recordOf(self);
  const isAllowed = allowed['kind'] === 'ALLOW';
  return (
    <>
      <Choice
        label={t('policyStage.self')}
        value={isAllowed ? 'ALLOW' : String(self)}
        options={(['UP_CHAIN', 'REMOVE_IF_OTHERS', 'BLOCK', 'ALLOW'] as const).map((kind) => [
          kind,
          t(`policyStage.selfKind.${kind}`),
        ])}
        onChange={(kind) => set({ self: kind === 'ALLOW' ? { kind, cap: '1000', currency: 'CNY' } : kind })}
        {...noteOf('self')}
      />
      {isAllowed ? (
        <CapFields
          cap={{ amount: allowed['cap'], currency: allowed['currency'] }}
          onChange={({ amount, currency }) => set({ self: { kind: 'ALLOW', cap: amount, currency } })}
        />
      ) : null}
    </>
  );
}

interface CapFieldsProps {
  cap: Rec;
  onChange: (cap: { amount: string; currency: string }) => void;
}

/** An amount up to which something is allowed, in its currency. */
export function CapFields({ cap, onChange }: CapFieldsProps): ReactElement {
  const { t } = useTranslation();
  const [amount, currency] = [String(cap['amount']), String(cap['currency'])];
  return (
    <>
      <TextField
        label={t('policyStage.cap')}
        value={amount}
        accepts={(text) => MONEY.test(text)}
        onChange={(next) => onChange({ amount: next, currency })}
      />
      <TextField
        label={t('policyStage.currency')}
        value={currency}
        accepts={(text) => /^[A-Z]{3}$/.test(text)}
        onChange={(next) => onChange({ amount, currency: next })}
      />
    </>
  );
}

function CalendarField({ stage, vocabulary, noteOf, set }: StageRulesProps): ReactElement {
  const { t } = useTranslation();
  const calendar = recordOf(stage['calendar']);
  const value =
    calendar['kind'] === 'OFFICE' ? `OFFICE ${String(calendar['key'])}` : String(calendar['kind'] ?? '');
  return (
    <Choice
      label={t('policyStage.calendar')}
      value={value}
      options={[
        ['', t('policyStage.companyHours')],
        ['HOLDER', t('policyStage.holderHours')],
        ...vocabulary.offices.map(({ key, name }) => [`OFFICE ${key}`, name] as const),
      ]}
      onChange={(to) =>
        set({
          calendar:
            to === ''
              ? undefined
              : to === 'HOLDER'
                ? { kind: 'HOLDER' }
                : { kind: 'OFFICE', key: to.slice('OFFICE '.length) },
        })
      }
      {...noteOf('calendar')}
    />
  );
}
