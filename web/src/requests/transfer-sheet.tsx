import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { SeatsResult } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, requestKey, transfer, type Transfer } from './requests.api.js';

interface TransferSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: (result: SeatsResult) => void;
}

/** Hands the own seat to somebody else, with the reason both are told. */
export function TransferSheet({ requestId, onClose, onDone }: TransferSheetProps): ReactElement {
  const { t } = useTranslation();
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [merge, setMerge] = useState(false);
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const right = request.data?.actions.find(({ action }) => action === 'TRANSFER');
  const command = useCommand<Transfer, SeatsResult>({ run: transfer, onSuccess: onDone });
  const [toPersonId] = personIds;
  const sitsThere = command.error instanceof ProblemError && command.error.code === 'ALREADY_IN_STAGE';
  const send = (): void => {
    if (toPersonId && right?.seatId && right.seatVersion !== null)
      command.mutate({
        seatId: right.seatId,
        body: {
          toPersonId,
          expectedSeatVersion: right.seatVersion,
          reason: reason.trim(),
          ...(merge ? { merge } : {}),
        },
      });
  };
  return (
    <Sheet title={t('request.other.TRANSFER.button')} onClose={onClose}>
      <p>{t('request.other.TRANSFER.text')}</p>
      <Field label={t('people.pick')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={personIds}
            most={1}
            excluded={request.data ? [request.data.initiator.id] : []}
            onChange={(ids) => {
              setPersonIds(ids);
              setMerge(false);
            }}
          />
        )}
      </Field>
      <CommentField required value={reason} onChange={setReason} />
      {sitsThere || merge ? (
        <Checkbox checked={merge} onChange={({ target }) => setMerge(target.checked)}>
          {t('handOver.merge')}
        </Checkbox>
      ) : null}
      <ProblemNote error={command.error ?? request.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!toPersonId || !right || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('request.other.TRANSFER.button')}
        </Button>
      </div>
    </Sheet>
  );
}
