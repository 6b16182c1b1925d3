import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { CommentField } from './comment-field.js';
import { ProblemNote } from './problem-note.js';
import { Sheet } from './sheet.js';

interface ReasonSheetProps<R> {
  title: string;
  text: string;
  asks: 'NOTHING' | 'OPTIONAL' | 'REQUIRED';
  danger?: boolean;
  run: (reason: string, key: string) => Promise<R>;
  onDone: (result: R) => void;
  onClose: () => void;
}

/** One act to confirm: says what will happen, waits for the server, shows its refusal. */
export function ReasonSheet<R>(props: ReasonSheetProps<R>): ReactElement {
  const { title, text, asks, danger = false, run, onDone, onClose } = props;
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const command = useCommand<string, R>({ run, onSuccess: onDone });
  return (
    <Sheet title={title} onClose={onClose}>
      <p>{text}</p>
      {asks === 'NOTHING' ? null : (
        <CommentField required={asks === 'REQUIRED'} value={reason} onChange={setReason} />
      )}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger={danger}
          loading={command.isPending}
          disabled={asks === 'REQUIRED' && reason.trim() === ''}
          onClick={() => command.mutate(reason.trim())}
        >
          {title}
        </Button>
      </div>
    </Sheet>
  );
}
