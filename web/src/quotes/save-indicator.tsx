import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/format.js';
import type { DraftSaving } from './use-draft-saving.js';

export function SaveIndicator({ saving }: { saving: DraftSaving }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const text = saving.saving
    ? t('editor.saving')
    : saving.error
      ? t('editor.notSaved')
      : saving.dirty
        ? t('editor.unsaved')
        : saving.savedAt
          ? t('editor.savedAt', { time: format.time(saving.savedAt) })
          : t('editor.saved');
  return (
    <span className={saving.error ? 'small due-late' : 'small quiet'} role="status">
      {text}
    </span>
  );
}
