import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCommand } from '../api/intent.js';
import type { PolicyView } from '../api/types.js';
import { beginDraft } from '../policies/drafts.api.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { FIRST_CONTENT } from './first-content.js';
import { policyOfKind } from './policy-of-kind.js';

const KEY = /^[a-z][a-z0-9-]{1,39}$/;

/** Begins the draft of a kind that nobody has defined yet. */
export function NewKindSheet({ onClose }: { onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [key, setKey] = useState('');
  const [note, setNote] = useState('');
  const command = useCommand<{ key: string; note: string }, PolicyView>({
    run: (kind, intent) => beginDraft(policyOfKind(kind.key), kind.note, intent, FIRST_CONTENT),
    onSuccess: ({ id }) => void navigate(`/policies/${id}`),
  });
  return (
    <Sheet title={t('kinds.new')} onClose={onClose}>
      <p>{t('kinds.newText')}</p>
      <Field label={t('kinds.key')} hint={t('kinds.keyHint')}>
        {(control) => (
          <input
            {...control}
            className="input"
            value={key}
            onChange={(event) => setKey(event.target.value.trim().toLowerCase())}
          />
        )}
      </Field>
      <Field label={t('kinds.note')}>
        {(control) => (
          <input
            {...control}
            className="input"
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!KEY.test(key) || note.trim() === ''}
          loading={command.isPending}
          onClick={() => command.mutate({ key, note: note.trim() })}
        >
          {t('kinds.begin')}
        </Button>
      </div>
    </Sheet>
  );
}
