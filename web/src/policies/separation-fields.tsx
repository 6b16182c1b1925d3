import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { separationOf, SEPARATIONS, withItem, withStage, type SeparationKind } from './rules-model.js';
import { Check, Choice, NumberField } from './stage-fields.js';
import { textsOf } from './stage-model.js';
import { listOf, type Rec } from './stage-order-model.js';
import { stagesOf } from './table-model.js';

interface SeparationFieldsProps {
  content: Rec;
  roles: readonly string[];
  set: (fields: Rec) => void;
}

/** What separates duties; without any of these nobody approves their own request all the same. */
export function SeparationFields({ content, roles, set }: SeparationFieldsProps): ReactElement {
  const { t } = useTranslation();
  const rules = listOf(content, 'separation');
  const stages = stagesOf(content).map(({ key }) => key);
  const change = (index: number, rule: Rec | null): void => set({ separation: withItem(rules, index, rule) });
  return (
    <div className="policy-fields">
      <p className="policy-wide small quiet">{t('policyRule.separationNote')}</p>
      {rules.map((rule, index) => (
        <fieldset key={`${index}${String(rule['kind'])}`} className="policy-group">
          <legend>{t('policyRule.numbered', { n: index + 1 })}</legend>
          <Choice
            label={t('policyRule.separation')}
            value={String(rule['kind'])}
            options={SEPARATIONS.map((kind) => [kind, t(`policyRule.separationKind.${kind}`)])}
            onChange={(kind) => change(index, separationOf(kind as SeparationKind, rule, { stages, roles }))}
          />
          <SeparationItem
            rule={rule}
            content={content}
            roles={roles}
            change={(next) => change(index, next)}
          />
          <Button className="policy-remove" onClick={() => change(index, null)}>
            {t('policyRule.removeRule')}
          </Button>
        </fieldset>
      ))}
      <div className="policy-wide">
        <Button onClick={() => change(rules.length, { kind: 'NOT_INITIATOR' })}>
          {t('policyRule.addSeparation')}
        </Button>
      </div>
    </div>
  );
}

interface SeparationItemProps {
  rule: Rec;
  content: Rec;
  roles: readonly string[];
  change: (rule: Rec) => void;
}

function SeparationItem({ rule, content, roles, change }: SeparationItemProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const text = useServerText();
  const stages = stagesOf(content);
  if (rule['kind'] === 'MIN_PERSONS')
    return (
      <NumberField
        label={t('policyRule.count')}
        value={Number(rule['count'])}
        least={2}
        onChange={(count) => change({ ...rule, count })}
      />
    );
  if (rule['kind'] === 'DISTINCT')
    return (
      <Pair
        label={t('policyRule.stage')}
        value={textsOf(rule['stages'])}
        options={stages.map(({ key, title }) => [key, text(title)])}
        onChange={(pair) => change({ ...rule, stages: pair })}
      />
    );
  return (
    <>
      {rule['kind'] === 'NOT_BOTH' ? (
        <Pair
          label={t('policyStage.role')}
          value={textsOf(rule['roles'])}
          options={roles.map((role) => [role, words('role', role)])}
          onChange={(pair) => change({ ...rule, roles: pair })}
        />
      ) : null}
      <div className="policy-wide policy-checks" role="group" aria-label={t('policyRule.forStages')}>
        <span className="small quiet">{t('policyRule.forStages')}</span>
        {stages.map(({ key, title }) => (
          <Check
            key={key}
            label={text(title)}
            checked={textsOf(rule['stages']).includes(key)}
            onChange={(on) => change(withStage(rule, key, on))}
          />
        ))}
      </div>
    </>
  );
}

interface PairProps {
  label: string;
  value: readonly string[];
  options: readonly (readonly [string, string])[];
  onChange: (pair: [string, string]) => void;
}

function Pair({ label, value: [one = '', other = ''], options, onChange }: PairProps): ReactElement {
  return (
    <>
      <Choice
        label={`${label} 1`}
        value={one}
        options={options.filter(([key]) => key !== other)}
        onChange={(next) => onChange([next, other])}
      />
      <Choice
        label={`${label} 2`}
        value={other}
        options={options.filter(([key]) => key !== one)}
        onChange={(next) => onChange([one, next])}
      />
    </>
  );
}
