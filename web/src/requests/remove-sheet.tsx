import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Radio } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import type { SeatsResult } from '../api/types.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { fetchRequest, remove, requestKey, type Remove } from './requests.api.js';

interface RemoveSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: (result: SeatsResult) => void;
}

/** Takes an approver out again. When that alone would decide the stage, the server says so and it has to be accepted. */
export function RemoveSheet({ requestId, onClose, onDone }: RemoveSheetProps): ReactElement {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [acceptOutcome, setAcceptOutcome] = useState(false);
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const removable = new Set(
    request.data?.actions.filter(({ action }) => action === 'REMOVE').map(({ seatId }) => seatId),
  );
  const seats =
    request.data?.path.flatMap((stage) => stage.seats.filter(({ id }) => removable.has(id))) ?? [];
  const command = useCommand<Remove, SeatsResult>({ run: remove, onSuccess: onDone });
  const decides = command.error instanceof ProblemError && command.error.problem.code === 'OUTCOME_CHANGE';
  const seatId = chosen ?? (seats.length === 1 ? (seats[0]?.id ?? null) : null);
  const send = (): void => {
    if (seatId) command.mutate({ seatId, body: { reason: reason.trim(), acceptOutcome } });
  };
  return (
    <Sheet title={t('request.other.REMOVE.button')} onClose={onClose}>
      <Field label={t('people.pick')}>
        {(control) => (
          <Radio.Group
            id={control.id}
            value={seatId}
            options={seats.map(({ id, holder }) => ({ value: id ?? '', label: holder?.name ?? '' }))}
            onChange={({ target }) => setChosen(target.value as string)}
          />
        )}
      </Field>
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error ?? request.error} />
      {decides || acceptOutcome ? (
        <Checkbox checked={acceptOutcome} onChange={({ target }) => setAcceptOutcome(target.checked)}>
          {t('add.acceptOutcome')}
        </Checkbox>
      ) : null}
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger
          disabled={!seatId || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('request.other.REMOVE.button')}
        </Button>
      </div>
    </Sheet>
  );
}
