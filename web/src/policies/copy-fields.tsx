import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { ResolverFields } from './resolver-fields.js';
import { COPY_TIMES, copyOf, listedIn, withItem, type CopyTime } from './rules-model.js';
import { Choice, TextField } from './stage-fields.js';
import {
  GROUP_RESOLVERS,
  recordOf,
  resolverOf,
  textsOf,
  withFields,
  type ResolverKind,
  type Words,
} from './stage-model.js';
import { listOf, type Rec } from './stage-order-model.js';
import { stagesOf } from './table-model.js';

const RECIPIENTS: readonly ResolverKind[] = GROUP_RESOLVERS.filter((kind) => kind !== 'INITIATOR_CHOICE');

interface CopyFieldsProps {
  content: Rec;
  words: Words;
  set: (fields: Rec) => void;
}

/** Who is sent a copy, when, and what they see of it. */
export function CopyFields({ content, words, set }: CopyFieldsProps): ReactElement {
  const { t } = useTranslation();
  const code = useCodeText();
  const text = useServerText();
  const rules = listOf(content, 'cc');
  const change = (index: number, rule: Rec | null): void => set({ cc: withItem(rules, index, rule) });
  return (
    <div className="policy-fields">
      {rules.map((rule, index) => {
        const to = recordOf(rule['to']);
        return (
          <fieldset key={index} className="policy-group">
            <legend>{t('policyRule.numbered', { n: index + 1 })}</legend>
            <Choice
              label={t('policyRule.copyOn')}
              value={String(rule['on'])}
              options={COPY_TIMES.map((on) => [on, t(`policyRule.copyKind.${on}`)])}
              onChange={(on) => change(index, copyOf(on as CopyTime, rule))}
            />
            {rule['on'] === 'STAGE_PASSED' ? (
              <Choice
                label={t('policyRule.stage')}
                value={String(rule['stageKey'] ?? '')}
                options={[
                  ['', t('policyRule.anyStage')],
                  ...stagesOf(content).map(({ key, title }) => [key, text(title)] as const),
                ]}
                onChange={(key) =>
                  change(index, withFields(rule, { stageKey: key === '' ? undefined : key }))
                }
              />
            ) : null}
            <Choice
              label={t('policyRule.copyTo')}
              value={String(to['kind'])}
              options={RECIPIENTS.map((kind) => [kind, code('policyStage.resolverKind', kind)])}
              onChange={(kind) => change(index, { ...rule, to: resolverOf(kind as ResolverKind, to, words) })}
            />
            <ResolverFields
              resolver={to}
              words={words}
              note={{}}
              onChange={(next) => change(index, { ...rule, to: next })}
            />
            <Button className="policy-remove" onClick={() => change(index, null)}>
              {t('policyRule.removeRule')}
            </Button>
          </fieldset>
        );
      })}
      <div className="policy-wide">
        <Button onClick={() => change(rules.length, { on: 'FINAL', to: resolverOf('ROLE', {}, words) })}>
          {t('policyRule.addCopy')}
        </Button>
      </div>
      <TextField
        label={t('policyRule.ccFields')}
        value={textsOf(content['ccFields']).join(', ')}
        hint={t('policyRule.ccFieldsHint')}
        onChange={(typed) => {
          const fields = listedIn(typed);
          set({ ccFields: fields.length > 0 ? fields : undefined });
        }}
      />
    </div>
  );
}
