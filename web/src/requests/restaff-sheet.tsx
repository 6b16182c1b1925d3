import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useServerText } from '../i18n/server-text.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, requestKey, restaff, type Restaff } from './requests.api.js';

const MOST = 10;

interface RestaffSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Puts named people into the stage that nobody can approve. */
export function RestaffSheet({ requestId, onClose, onDone }: RestaffSheetProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const stage = request.data?.path.find(({ state }) => state === 'BLOCKED');
  const command = useCommand<Restaff, unknown>({ run: restaff, onSuccess: onDone });
  const send = (): void => {
    if (stage?.id)
      command.mutate({ id: requestId, body: { stageId: stage.id, personIds, reason: reason.trim() } });
  };
  return (
    <Sheet title={t('opsAction.RESTAFF')} onClose={onClose}>
      {stage ? <p>{t('path.blockedStage', { stage: serverText(stage.title) })}</p> : null}
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
          disabled={!stage || personIds.length === 0 || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('opsAction.RESTAFF')}
        </Button>
      </div>
    </Sheet>
  );
}
