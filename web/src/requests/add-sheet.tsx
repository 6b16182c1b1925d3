import { useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { AddBody, SeatsResult } from '../api/types.js';
import { PersonPicker } from '../org/person-picker.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { add, fetchRequest, requestKey, type Add } from './requests.api.js';

const RELATIONS = ['BEFORE', 'AFTER', 'PARALLEL', 'CONSULT'] as const;
const RULES = ['ALL', 'ANY'] as const;
const MOST = 10;

interface AddSheetProps {
  requestId: string;
  onClose: () => void;
  onDone: (result: SeatsResult) => void;
}

/** Asks others in: before the own answer, after it, or beside it. */
export function AddSheet({ requestId, onClose, onDone }: AddSheetProps): ReactElement {
  const { t } = useTranslation();
  const [relation, setRelation] = useState<AddBody['relation']>('BEFORE');
  const [rule, setRule] = useState<(typeof RULES)[number]>('ALL');
  const [personIds, setPersonIds] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const request = useQuery({ queryKey: requestKey(requestId), queryFn: () => fetchRequest(requestId) });
  const right = request.data?.actions.find(({ action }) => action === 'ADD');
  const command = useCommand<Add, SeatsResult>({ run: add, onSuccess: onDone });
  const send = (): void => {
    if (right?.seatId && right.seatVersion !== null)
      command.mutate({
        seatId: right.seatId,
        body: { personIds, relation, rule, expectedSeatVersion: right.seatVersion, reason: reason.trim() },
      });
  };
  return (
    <Sheet title={t('request.other.ADD.button')} onClose={onClose}>
      <Field label={t('add.relation')}>
        {(control) => (
          <Radio.Group
            id={control.id}
            value={relation}
            options={RELATIONS.map((value) => ({ value, label: t(`add.relations.${value}`) }))}
            onChange={({ target }) => setRelation(target.value as AddBody['relation'])}
          />
        )}
      </Field>
      <p className="small quiet">{t(`add.explains.${relation}`)}</p>
      <Field label={t('people.pick')}>
        {(control) => (
          <PersonPicker
            id={control.id}
            value={personIds}
            most={MOST}
            excluded={request.data && relation !== 'CONSULT' ? [request.data.initiator.id] : []}
            onChange={setPersonIds}
          />
        )}
      </Field>
      {personIds.length > 1 && (relation === 'BEFORE' || relation === 'AFTER') ? (
        <Field label={t('add.rule')}>
          {(control) => (
            <Radio.Group
              id={control.id}
              value={rule}
              options={RULES.map((value) => ({ value, label: t(`add.rules.${value}`) }))}
              onChange={({ target }) => setRule(target.value as (typeof RULES)[number])}
            />
          )}
        </Field>
      ) : null}
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error ?? request.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={personIds.length === 0 || !right || reason.trim() === ''}
          loading={command.isPending}
          onClick={send}
        >
          {t('request.other.ADD.button')}
        </Button>
      </div>
    </Sheet>
  );
}
