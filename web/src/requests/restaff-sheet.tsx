import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { fetchRequest, requestKey, restaff } from './requests.api.js';
import { StaffSheet } from './staff-sheet.js';

interface RestaffSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Puts named people into the stage that nobody can approve. */
export function RestaffSheet({ requestId, onClose, onDone }: RestaffSheetProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const stage = request.data?.path.find(({ state }) => state === 'BLOCKED');
  const sheet = { requestId, onClose, onDone, run: restaff, stageId: stage?.id ?? null };
  return (
    <StaffSheet {...sheet} title={t('opsAction.RESTAFF')}>
      {stage ? <p>{t('path.blockedStage', { stage: serverText(stage.title) })}</p> : null}
    </StaffSheet>
  );
}
