import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { useToast } from '../ui/toast.js';
import {
  aloneAfter,
  canMove,
  duplicateStage,
  isAlone,
  keyOf,
  layoutOf,
  moveStage,
  offeredPlaces,
  placeStage,
  removeStage,
  rowsAsking,
  type Rec,
} from './stage-order-model.js';
import type { DraftEditing } from './use-draft-editing.js';

interface StageActionsProps {
  stage: Rec;
  editing: DraftEditing;
}

/** Where a stage runs, and whether there are one, two or none of it. */
export function StageActions({ stage, editing }: StageActionsProps): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const toast = useToast();
  const { content, change } = editing;
  const key = keyOf(stage);
  const layout = layoutOf(content);
  const title = text(String(stage['title']));
  const places = offeredPlaces(layout, key);
  const alone = isAlone(layout, key);
  const remove = (): void => {
    const rows = rowsAsking(content, key);
    change(removeStage(content, key));
    toast(t(rows > 0 ? 'policyStage.removedAsked' : 'policyStage.removed', { title, n: rows }));
  };
  return (
    <div className="policy-stage-acts" role="group" aria-label={t('policyStage.acts', { title })}>
      <Button
        size="small"
        disabled={!canMove(layout, key, -1)}
        aria-label={t('policyStage.earlier', { title })}
        onClick={() => change(moveStage(content, key, -1))}
      >
        ↑
      </Button>
      <Button
        size="small"
        disabled={!canMove(layout, key, 1)}
        aria-label={t('policyStage.later', { title })}
        onClick={() => change(moveStage(content, key, 1))}
      >
        ↓
      </Button>
      <select
        className="input policy-place"
        aria-label={t('policyStage.place', { title })}
        value=""
        onChange={({ target: { value } }) => {
          if (value === 'ALONE') return change(aloneAfter(content, key));
          const place = places[Number(value)];
          if (place) change(placeStage(content, key, place));
        }}
      >
        <option value="" disabled>
          {t('policyStage.moveTo')}
        </option>
        {alone ? null : <option value="ALONE">{t('policyStage.ownStep')}</option>}
        {places.map(({ step, after }, index) => (
          <option key={index} value={index}>
            {after
              ? t('policyStage.afterStage', { n: step + 1, title: text(String(after['title'])) })
              : t('policyStage.beside', { n: step + 1 })}
          </option>
        ))}
      </select>
      <Button size="small" onClick={() => change(duplicateStage(content, key))}>
        {t('policyStage.duplicate')}
      </Button>
      <Button size="small" danger onClick={remove}>
        {t('policyStage.remove')}
      </Button>
    </div>
  );
}
