import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Field } from '../ui/field.js';
import { Choice, NumberField } from './stage-fields.js';
import {
  listOf,
  QUORUMS,
  quorumNumber,
  quorumOf,
  recordOf,
  ROLES,
  rungsOf,
  withFields,
  withQuorumNumber,
  withRung,
  type QuorumKind,
  type Rec,
} from './stage-model.js';
import type { DraftEditing } from './use-draft-editing.js';

/** One stage: who sits in it, how they decide, how long they have. The rest stays as the policy says. */
export function StageEditor({ stage, editing }: { stage: Rec; editing: DraftEditing }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const text = useServerText();
  const key = String(stage['key']);
  const resolver = recordOf(stage['resolver']);
  const quorum = recordOf(stage['quorum']);
  const number = quorumNumber(quorum);
  const ladders = listOf(editing.content, 'ladders').map((ladder) => String(ladder['key']));
  const set = (fields: Rec): void => editing.change(withFields(editing.content, 'stages', key, fields));
  const isOffered = QUORUMS.some((kind) => kind === quorum['kind']);
  return (
    <fieldset className="policy-stage">
      <legend>
        {text(String(stage['title']))} <span className="code quiet">{key}</span>
      </legend>
      {resolver['kind'] === 'ROLE' ? (
        <Choice
          label={t('policyStage.role')}
          value={String(resolver['role'])}
          options={ROLES.map((role) => [role, words('role', role)])}
          onChange={(role) => set({ resolver: { ...resolver, role } })}
        />
      ) : (
        <Field label={t('policyStage.resolver')}>
          {({ id }) => (
            <output id={id} className="policy-fixed">
              {words('policyStage.resolverKind', String(resolver['kind']))}
            </output>
          )}
        </Field>
      )}
      <Choice
        label={t('policyStage.quorum')}
        value={String(quorum['kind'])}
        options={[...QUORUMS, ...(isOffered ? [] : [String(quorum['kind'])])].map((kind) => [
          kind,
          words('policyStage.quorumKind', kind),
        ])}
        onChange={(kind) => set({ quorum: quorumOf(kind as QuorumKind, quorum) })}
      />
      {number === null ? null : (
        <NumberField
          label={t(quorum['kind'] === 'RATIO' ? 'policyStage.percent' : 'policyStage.count')}
          value={number}
          onChange={(value) => set({ quorum: withQuorumNumber(quorum, value) })}
        />
      )}
      <Choice
        label={t('policyStage.ladder')}
        value={String(stage['ladder'])}
        options={ladders.map((ladder) => [ladder, ladder])}
        onChange={(ladder) => set({ ladder })}
      />
    </fieldset>
  );
}

/** One ladder: how long its stages have, and when each rung fires. */
export function LadderEditor({ ladder, editing }: { ladder: Rec; editing: DraftEditing }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const key = String(ladder['key']);
  const set = (fields: Rec): void => editing.change(withFields(editing.content, 'ladders', key, fields));
  return (
    <fieldset className="policy-stage">
      <legend className="code">{key}</legend>
      <NumberField
        label={t('policyStage.minutes')}
        value={Number(ladder['workMinutes'])}
        onChange={(workMinutes) => set({ workMinutes })}
      />
      {rungsOf(ladder).map((rung) => (
        <NumberField
          key={String(rung['id'])}
          label={t('policyStage.rung', { kind: words('policyStage.rungKind', String(rung['kind'])) })}
          value={Number(rung['atPercent'])}
          onChange={(percent) => set(withRung(ladder, String(rung['id']), percent))}
        />
      ))}
    </fieldset>
  );
}
