import { Checkbox, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { AbsenceBody } from '../api/types.js';
import { useRequestKinds } from '../kinds/use-request-kinds.js';
import { FetchFailed } from '../ui/fetched.js';
import { Field } from '../ui/field.js';

/** The policies of built-in kinds; request kinds are offered beside them. */
const ABSENCE_KINDS = ['quote', 'contract', 'general'] as const;
const MODES = ['REPLACE', 'SHARE'] as const;

/** What an absence covers, and how: everything but when and who. */
export interface AbsenceRule {
  /** policies and request kinds, `approval.quote`, `request.expense`; none = every approval */
  kinds: readonly string[];
  mode: (typeof MODES)[number];
  maxAmount: string;
  includeOpen: boolean;
}

export const NO_RULE: AbsenceRule = { kinds: [], mode: 'REPLACE', maxAmount: '', includeOpen: false };

/** The rule as the API takes it; what says nothing is left out. */
export function ruleBody(rule: AbsenceRule): Partial<AbsenceBody> {
  return {
    ...(rule.kinds.length === 0 ? {} : { kinds: [...rule.kinds] }),
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
  const { kinds: requestKinds, query } = useRequestKinds();
  const options = [
    ...ABSENCE_KINDS.map((kind) => ({ value: `approval.${kind}`, label: t(`absence.kind.${kind}`) })),
    ...requestKinds.map(({ code, title }) => ({ value: code, label: title })),
  ];
  return (
    <>
      <Field label={t('absence.kinds')} hint={rule.kinds.length === 0 ? t('absence.allKinds') : undefined}>
        {() => (
          <Checkbox.Group
            value={[...rule.kinds]}
            options={options}
            onChange={(kinds) => onChange({ ...rule, kinds })}
          />
        )}
      </Field>
      <FetchFailed query={query} />
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
