import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { CustomerView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { Field } from '../ui/field.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { blockCustomer, type BlockCause, type BlockWish } from './customers.api.js';

const CAUSES: readonly BlockCause[] = ['LEGAL', 'INSOLVENCY', 'BLACKLIST'];

/** Nobody may deal with the customer from then on: what that means is said before. */
export function BlockSheet({ id, onClose }: { id: string; onClose: () => void }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const [cause, setCause] = useState(CAUSES[0]!);
  const [note, setNote] = useState('');
  const command = useCommand<BlockWish, CustomerView>({ run: blockCustomer, onSuccess: onClose });
  return (
    <Sheet title={t('customer.block')} onClose={onClose}>
      <p>{t('customer.blockText')}</p>
      <Field label={t('customer.cause')}>
        {(control) => (
          <select
            {...control}
            className="input"
            value={cause}
            onChange={(event) => setCause(event.target.value as BlockCause)}
          >
            {CAUSES.map((each) => (
              <option key={each} value={each}>
                {words('blockCause', each)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <CommentField required value={note} onChange={setNote} />
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger
          loading={command.isPending}
          disabled={note.trim().length < 3}
          onClick={() => command.mutate({ id, cause, note: note.trim() })}
        >
          {t('customer.block')}
        </Button>
      </div>
    </Sheet>
  );
}
