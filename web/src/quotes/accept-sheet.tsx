import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { acceptQuote, type AcceptQuote } from './quotes.api.js';

interface AcceptSheetProps {
  quoteId: string;
  onClose: () => void;
  onDone: () => void;
}

/** The customer said yes: who said it. */
export function AcceptSheet({ quoteId, onClose, onDone }: AcceptSheetProps): ReactElement {
  const { t } = useTranslation();
  const [acceptedBy, setAcceptedBy] = useState('');
  const [note, setNote] = useState('');
  const command = useCommand<AcceptQuote, unknown>({ run: acceptQuote, onSuccess: onDone });
  const send = (): void =>
    command.mutate({
      id: quoteId,
      body: { acceptedBy: acceptedBy.trim(), ...(note.trim() ? { note: note.trim() } : {}) },
    });
  return (
    <Sheet title={t('quoteAction.ACCEPT.button')} onClose={onClose}>
      <p>{t('quoteAction.ACCEPT.text')}</p>
      <Field label={t('quoteAction.acceptedBy')}>
        {(control) => (
          <input
            {...control}
            className="input"
            required
            value={acceptedBy}
            onChange={(event) => setAcceptedBy(event.target.value)}
          />
        )}
      </Field>
      <CommentField required={false} value={note} onChange={setNote} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="primary" disabled={acceptedBy.trim() === ''} loading={command.isPending} onClick={send}>
          {t('quoteAction.ACCEPT.button')}
        </Button>
      </div>
    </Sheet>
  );
}
