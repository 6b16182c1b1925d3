import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useServerText } from '../i18n/server-text.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, nameApprovers, requestKey, type Restaff } from './requests.api.js';

const MOST = 10;
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
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const stages = (request.data?.path ?? []).filter(({ id, state }) => id !== null && AHEAD.has(state));
  const stageId = chosen ?? stages[0]?.id ?? null;
  const command = useCommand<Restaff, unknown>({ run: nameApprovers, onSuccess: onDone });
  const send = (): void => {
    if (stageId) command.mutate({ id: requestId, body: { stageId, personIds, reason: reason.trim() } });
  };
  return (
    <Sheet title={t('request.other.NAME_APPROVERS.button')} onClose={onClose}>
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
      <Field label={t('people.pick')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={personIds}
            most={MOST}
            excluded={request.data ? [request.data.initiator.id] : []}
            onChange={setPersonIds}
          />
        )}
      </Field>
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error ?? request.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!stageId || personIds.length === 0 || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('request.other.NAME_APPROVERS.button')}
        </Button>
      </div>
    </Sheet>
  );
}
