import { Button, Checkbox } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { Erased, ErasureBody, FreeTextsFound } from '../api/types.js';
import { CommentField } from '../ui/comment-field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { eraseTexts } from './erasure.api.js';

const SHORTEST_REASON = 3;

interface EraseSheetProps {
  found: FreeTextsFound;
  requestId: string | undefined;
  onClose: () => void;
  onErased: (texts: number) => void;
}

/** Asks for the reason and once more whether: it cannot be undone. */
export function EraseSheet({ found, requestId, onClose, onErased }: EraseSheetProps): ReactElement {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [sure, setSure] = useState(false);
  const { person, texts, requests } = found;
  const number = requests.find(({ id }) => id === requestId)?.number ?? requestId;
  const command = useCommand<ErasureBody, Erased>({
    run: eraseTexts,
    onSuccess: (answer) => onErased(answer.texts),
  });
  return (
    <Sheet title={t('erasure.erase')} onClose={onClose}>
      <p>
        {number !== undefined
          ? t('erasure.confirmIn', { name: person.name, n: texts, request: number })
          : t('erasure.confirm', { name: person.name, n: texts })}
      </p>
      <CommentField required value={reason} onChange={setReason} />
      <Checkbox checked={sure} onChange={({ target }) => setSure(target.checked)}>
        {t('erasure.sure')}
      </Checkbox>
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger
          loading={command.isPending}
          disabled={!sure || reason.trim().length < SHORTEST_REASON}
          onClick={() =>
            command.mutate({
              personId: person.id,
              reason: reason.trim(),
              ...(requestId ? { requestId } : {}),
            })
          }
        >
          {t('erasure.erase')}
        </Button>
      </div>
    </Sheet>
  );
}
