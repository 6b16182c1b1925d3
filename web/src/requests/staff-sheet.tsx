import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, requestKey, type Restaff } from './requests.api.js';

const MOST = 10;

interface StaffSheetProps {
  requestId: string;
  /** the stage they are for; null: none can be staffed */
  stageId: string | null;
  title: string;
  /** sends it */
  run: (staffing: Restaff, key: string) => Promise<unknown>;
  /** what comes before the people */
  children: ReactNode;
  onClose: () => void;
  onDone: () => void;
}

/** Puts named people, never the initiator, into a stage, with a reason. */
export function StaffSheet(props: StaffSheetProps): ReactElement {
  const { requestId, stageId, title, run, children, onClose, onDone } = props;
  const { t } = useTranslation();
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const command = useCommand<Restaff, unknown>({ run, onSuccess: onDone });
  const send = (): void => {
    if (stageId) command.mutate({ id: requestId, body: { stageId, personIds, reason: reason.trim() } });
  };
  return (
    <Sheet title={title} onClose={onClose}>
      {children}
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
          {title}
        </Button>
      </div>
    </Sheet>
  );
}
