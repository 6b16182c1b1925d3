import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, nameInitiator, requestKey, type NameInitiator } from './requests.api.js';

interface InitiatorSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Names who answers a return in the initiator's place. */
export function InitiatorSheet({ requestId, onClose, onDone }: InitiatorSheetProps): ReactElement {
  const { t } = useTranslation();
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const command = useCommand<NameInitiator, unknown>({ run: nameInitiator, onSuccess: onDone });
  const [personId] = personIds;
  return (
    <Sheet title={t('request.other.SET_INITIATOR.button')} onClose={onClose}>
      <p>{t('request.other.SET_INITIATOR.text')}</p>
      <Field label={t('request.resubmitter')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={personIds}
            most={1}
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
          disabled={personId === undefined || reason.trim() === ''}
          loading={command.isPending}
          onClick={() => {
            if (personId) command.mutate({ id: requestId, body: { personId, reason: reason.trim() } });
          }}
        >
          {t('request.other.SET_INITIATOR.button')}
        </Button>
      </div>
    </Sheet>
  );
}
