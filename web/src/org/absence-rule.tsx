import { Checkbox, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AbsenceBody } from '../api/types.js';
import { Field } from '../ui/field.js';

export const ABSENCE_KINDS = ['quote', 'contract', 'general'] as const;
const MODES = ['REPLACE', 'SHARE'] as const;

/** What an absence covers, and how: everything but when and who. */
export interface AbsenceRule {
  /** none = every approval */
  kinds: readonly (typeof ABSENCE_KINDS)[number][];
  mode: (typeof MODES)[number];
  maxAmount: string;
  includeOpen: boolean;
}

export const NO_RULE: AbsenceRule = { kinds: [], mode: 'REPLACE', maxAmount: '', includeOpen: false };

export function policyKinds({ kinds }: AbsenceRule): string[] {
  return kinds.length === ABSENCE_KINDS.length ? [] : kinds.map((kind) => `approval.${kind}`);
}

/** The rule as the API takes it; what says nothing is left out. */
export function ruleBody(rule: AbsenceRule): Partial<AbsenceBody> {
  const kinds = policyKinds(rule);
  return {
    ...(kinds.length === 0 ? {} : { kinds }),
    ...(rule.mode === 'REPLACE' ? {} : { mode: rule.mode }),
    ...(rule.maxAmount === '' ? {} : { maxAmount: { amount: rule.maxAmount, currency: 'CNY' } }),
    ...(rule.includeOpen ? { includeOpen: true } : {}),
  };
}

interface AbsenceRuleFieldsProps {
  rule: AbsenceRule;
  onChange: (rule: AbsenceRule) => void;
}

export function AbsenceRuleFields({ rule, onChange }: AbsenceRuleFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('absence.kinds')} hint={rule.kinds.length === 0 ? t('absence.allKinds') : undefined}>
        {() => (
          <Checkbox.Group
            value={[...rule.kinds]}
            options={ABSENCE_KINDS.map((value) => ({ value, label: t(`absence.kind.${value}`) }))}
            onChange={(kinds) => onChange({ ...rule, kinds })}
          />
        )}
      </Field>
      <Field label={t('absence.mode')} hint={t(`absence.modeText.${rule.mode}`)}>
        {(control) => (
          <Radio.Group
            id={control.id}
            value={rule.mode}
            options={MODES.map((value) => ({ value, label: t(`absence.modes.${value}`) }))}
            onChange={({ target }) => onChange({ ...rule, mode: target.value as AbsenceRule['mode'] })}
          />
        )}
      </Field>
      <Field label={t('absence.maxAmount')} hint={t('absence.maxAmountHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            inputMode="decimal"
            pattern="\d{1,15}(\.\d{1,4})?"
            value={rule.maxAmount}
            onChange={(event) => onChange({ ...rule, maxAmount: event.target.value.trim() })}
          />
        )}
      </Field>
      <Checkbox
        checked={rule.includeOpen}
        onChange={({ target }) => onChange({ ...rule, includeOpen: target.checked })}
      >
        {t('absence.includeOpen')}
      </Checkbox>
    </>
  );
}
