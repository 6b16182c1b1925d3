import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { suspendContract, type Suspension, type SuspensionCause } from './life.api.js';

interface SuspendSheetProps {
  contractId: string;
  causes: readonly SuspensionCause[];
  onClose: () => void;
}

export function SuspendSheet({ contractId, causes, onClose }: SuspendSheetProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [cause, setCause] = useState(causes[0]!);
  const [reason, setReason] = useState('');
  const command = useCommand<Suspension, unknown>({ run: suspendContract, onSuccess: onClose });
  return (
    <Sheet title={t('contractLife.suspend')} onClose={onClose}>
      <p>{t('contractLife.suspendText')}</p>
      <Field label={t('contractLife.cause')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={cause}
            onChange={(event) => setCause(event.target.value as SuspensionCause)}
          >
            {causes.map((each) => (
              <option key={each} value={each}>
                {words('suspension', each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CommentField required value={reason} onChange={setReason} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          loading={command.isPending}
          disabled={reason.trim().length < 3}
          onClick={() => command.mutate({ id: contractId, cause, reason: reason.trim() })}
        >
          {t('contractLife.suspend')}
        </Button>
      </div>
    </Sheet>
  );
}
