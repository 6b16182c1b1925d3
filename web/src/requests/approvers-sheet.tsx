import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useServerText } from '../i18n/server-text.js';
import { Field } from '../ui/field.js';
import { fetchRequest, nameApprovers, requestKey } from './requests.api.js';
import { StaffSheet } from './staff-sheet.js';

const AHEAD = new Set(['PLANNED', 'INVALIDATED', 'RETURNED']);

interface ApproversSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Names who shall sit in a stage that has not begun. */
export function ApproversSheet({ requestId, onClose, onDone }: ApproversSheetProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const [chosen, setChosen] = useState<string | null>(null);
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const stages = (request.data?.path ?? []).filter(({ id, state }) => id !== null && AHEAD.has(state));
  const stageId = chosen ?? stages[0]?.id ?? null;
  const sheet = { requestId, onClose, onDone, run: nameApprovers, stageId };
  return (
    <StaffSheet {...sheet} title={t('request.other.NAME_APPROVERS.button')}>
      <p>{t('request.other.NAME_APPROVERS.text')}</p>
      <Field label={t('path.laterStage')}>
        {(control) => (
          <Select
            id={control.id}
            value={stageId}
            options={stages.map(({ id, title }) => ({ value: id, label: serverText(title) }))}
            onChange={setChosen}
          />
        )}
      </Field>
    </StaffSheet>
  );
}
