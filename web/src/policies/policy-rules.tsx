import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Choice, OptionalNumber } from './stage-fields.js';
import type { Rec } from './stage-order-model.js';

/** Each with the least it may be, and what holds when the policy does not say; null: never. */
const POLICY_NUMBERS = [
  ['retractMinutes', 0, 30],
  ['effectDelayMinutes', 0, 0],
  ['claimWorkMinutes', 1, 240],
  ['urgeWorkMinutes', 1, 240],
  ['returnedWorkDays', 1, null],
  ['returnedReminderWorkDays', 1, null],
] as const;

interface PolicyRulesProps {
  content: Rec;
  set: (fields: Rec) => void;
}

/** What holds for the policy as a whole. */
export function PolicyRules({ content, set }: PolicyRulesProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="policy-fields">
      <Choice
        label={t('policyStage.dedupe')}
        value={String(content['dedupe'] ?? 'ADJACENT')}
        options={(['NONE', 'ADJACENT', 'FIRST_COUNTS', 'LAST_COUNTS'] as const).map((mode) => [
          mode,
          t(`policyStage.dedupeKind.${mode}`),
        ])}
        onChange={(dedupe) => set({ dedupe })}
      />
      <Choice
        label={t('policyStage.withdraw')}
        value={String(content['withdraw'])}
        options={(['ANYTIME', 'BEFORE_FIRST_DECISION', 'NEVER'] as const).map((when) => [
          when,
          t(`policyStage.withdrawKind.${when}`),
        ])}
        onChange={(withdraw) => set({ withdraw })}
      />
      <Choice
        label={t('policyStage.resubmitPolicy')}
        value={String(content['resubmitPolicy'] ?? 'LATEST')}
        options={(['LATEST', 'PINNED'] as const).map((which) => [
          which,
          t(`policyStage.resubmitKind.${which}`),
        ])}
        onChange={(which) => set({ resubmitPolicy: which === 'LATEST' ? undefined : which })}
      />
      {POLICY_NUMBERS.map(([field, least, otherwise]) => (
        <OptionalNumber
          key={field}
          label={t(`policyStage.${field}`)}
          value={typeof content[field] === 'number' ? content[field] : undefined}
          least={least}
          hint={
            otherwise === null ? t('policyStage.emptyNever') : t('policyStage.emptyMeans', { n: otherwise })
          }
          onChange={(value) => set({ [field]: value })}
        />
      ))}
    </div>
  );
}
