import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Tag } from '../ui/tag.js';
import {
  addLadder,
  removeLadder,
  renameLadder,
  RUNGS,
  rungAdded,
  rungRemoved,
  rungSet,
  rungsOf,
  setLadder,
} from './ladder-model.js';
import { CapFields } from './stage-rules.js';
import { Choice, KEY, NumberField, TextField, type FieldNote } from './stage-fields.js';
import { recordOf } from './stage-model.js';
import { keyOf, listOf, type Rec } from './stage-order-model.js';
import type { DraftEditing } from './use-draft-editing.js';

interface LadderEditorProps {
  ladder: Rec;
  editing: DraftEditing;
  noteOf: (field: string | null) => FieldNote;
}

/** One ladder: how long its stages have, and what happens when. */
export function LadderEditor({ ladder, editing, noteOf }: LadderEditorProps): ReactElement {
  const { t } = useTranslation();
  const { content, change } = editing;
  const key = keyOf(ladder);
  const used = listOf(content, 'stages').filter((stage) => stage['ladder'] === key).length;
  const whole = noteOf(null);
  const set = (fields: Rec): void => change(setLadder(content, key, fields));
  return (
    <fieldset className="policy-stage">
      <legend>
        <span className="code">{key}</span>{' '}
        <span className="small quiet">{t('policyStage.usedBy', { n: used })}</span>
      </legend>
      <div className="policy-fields">
        <TextField
          label={t('policyStage.key')}
          value={key}
          accepts={(text) => KEY.test(text)}
          onChange={(to) => change(renameLadder(content, key, to))}
          {...whole}
        />
        <NumberField
          label={t('policyStage.minutes')}
          value={Number(ladder['workMinutes'])}
          onChange={(workMinutes) => set({ workMinutes })}
          hint={t('policyStage.minutesHint')}
        />
      </div>
      <ul className="policy-rungs">
        {rungsOf(ladder).map((rung) => (
          <Rung
            key={String(rung['id'])}
            rung={rung}
            workMinutes={Number(ladder['workMinutes'])}
            note={noteOf(String(rung['id']))}
            onSet={(fields) => set(rungSet(ladder, String(rung['id']), fields))}
            onRemove={() => set(rungRemoved(ladder, String(rung['id'])))}
          />
        ))}
      </ul>
      <div className="row policy-tools">
        <Button onClick={() => set(rungAdded(ladder))}>{t('policyStage.addRung')}</Button>
        <Button onClick={() => change(addLadder(content, ladder))}>{t('policyStage.duplicate')}</Button>
        <Button danger onClick={() => change(removeLadder(content, key))}>
          {t('policyStage.removeLadder')}
        </Button>
        {whole.error ? <Tag tone="bad">{whole.error}</Tag> : null}
      </div>
    </fieldset>
  );
}

interface RungProps {
  rung: Rec;
  workMinutes: number;
  note: FieldNote;
  onSet: (fields: Rec) => void;
  onRemove: () => void;
}

function Rung({ rung, workMinutes, note, onSet, onRemove }: RungProps): ReactElement {
  const { t } = useTranslation();
  const percent = Number(rung['atPercent']);
  return (
    <li className="policy-fields">
      <NumberField
        label={t('policyStage.atPercent')}
        value={percent}
        onChange={(atPercent) => onSet({ atPercent })}
        hint={t('policyStage.afterMinutes', { n: Math.round((workMinutes * percent) / 100) })}
      />
      <Choice
        label={t('policyStage.rungDoes')}
        value={String(rung['kind'])}
        options={RUNGS.map((kind) => [kind, t(`policyStage.rungKind.${kind}`)])}
        onChange={(kind) => onSet({ kind })}
        {...note}
      />
      {rung['kind'] === 'AUTO_APPROVE' ? (
        <CapFields cap={recordOf(rung['cap'])} onChange={(cap) => onSet({ cap })} />
      ) : null}
      <Button className="policy-remove" onClick={onRemove}>
        {t('policyStage.removeRung')}
      </Button>
    </li>
  );
}
