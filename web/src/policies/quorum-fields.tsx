import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { Choice, NumberField, type FieldNote } from './stage-fields.js';
import {
  QUORUMS,
  quorumNumber,
  quorumOf,
  recordOf,
  withFields,
  withQuorumNumber,
  type QuorumKind,
} from './stage-model.js';
import type { Rec } from './stage-order-model.js';

interface QuorumFieldsProps {
  quorum: Rec;
  /** names of the stage's groups; none: no rule per group is offered */
  groups: readonly string[];
  note: FieldNote;
  onChange: (quorum: Rec) => void;
}

const NUMBERS = { COUNT: 'count', RATIO: 'percent', WEIGHT: 'weight' } as const;

/** How answers become the stage's outcome, with whatever number or rule of refusal it takes. */
export function QuorumFields({ quorum, groups, note, onChange }: QuorumFieldsProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const kind = String(quorum['kind']);
  const number = quorumNumber(quorum);
  const rules = recordOf(quorum['groups']);
  const offered = QUORUMS.filter((one) => one !== 'PER_GROUP' || groups.length > 0);
  return (
    <>
      <Choice
        label={t('policyStage.quorum')}
        value={kind}
        options={offered.map((one) => [one, words('policyStage.quorumKind', one)])}
        onChange={(one) => onChange(quorumOf(one as QuorumKind, quorum, groups))}
        {...note}
      />
      {number === null ? null : (
        <NumberField
          label={t(`policyStage.${NUMBERS[kind as keyof typeof NUMBERS]}`)}
          value={number}
          onChange={(value) => onChange(withQuorumNumber(quorum, value))}
        />
      )}
      {kind === 'RATIO' ? (
        <Choice
          label={t('policyStage.strict')}
          value={String(quorum['strict'])}
          options={[
            ['false', t('policyStage.strictNo')],
            ['true', t('policyStage.strictYes')],
          ]}
          onChange={(strict) => onChange({ ...quorum, strict: strict === 'true' })}
        />
      ) : null}
      {kind === 'ANY' ? (
        <Choice
          label={t('policyStage.first')}
          value={String(quorum['first'])}
          options={(['ANY_ANSWER', 'UNTIL_ALL_NO'] as const).map((first) => [
            first,
            t(`policyStage.firstKind.${first}`),
          ])}
          onChange={(first) => onChange({ ...quorum, first })}
        />
      ) : (
        <Choice
          label={t('policyStage.reject')}
          value={String(quorum['reject'] ?? '')}
          options={(['', 'VETO', 'IMPOSSIBLE'] as const).map((reject) => [
            reject,
            t(`policyStage.rejectKind.${reject || 'DEFAULT'}`),
          ])}
          onChange={(reject) => onChange(withFields(quorum, { reject: reject || undefined }))}
        />
      )}
      {kind === 'PER_GROUP'
        ? Object.keys(rules).map((name) => (
            <fieldset key={name} className="policy-group">
              <legend>{t('policyStage.ofGroup', { name })}</legend>
              <QuorumFields
                quorum={recordOf(rules[name])}
                groups={[]}
                note={{}}
                onChange={(rule) => onChange({ ...quorum, groups: { ...rules, [name]: rule } })}
              />
            </fieldset>
          ))
        : null}
    </>
  );
}
