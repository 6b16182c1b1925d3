import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditPreview, PersonRef } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { BrokenStage } from './asked-again.js';
import { ChangeList } from './changes.js';

interface EditCheckProps {
  preview: EditPreview;
  /** they may be asked again */
  accepted: boolean;
  onAccept: (accepted: boolean) => void;
}

function names(people: readonly PersonRef[]): string {
  return people.map(({ name }) => name).join(', ');
}

/** What the change would bring about: what differs, and who is asked again, newly or not any more. */
export function EditCheck({ preview, accepted, onAccept }: EditCheckProps): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const { changed, changes, invalidates, added, leftOut, amount } = preview;
  if (!changed) return <p className="small quiet">{t('edit.unchanged')}</p>;
  return (
    <section className="edit-check" aria-label={t('edit.check')}>
      <p>
        {t('edit.newAmount')} <MoneyText value={amount} />
      </p>
      <ChangeList changes={changes} currency={amount?.currency ?? 'CNY'} />
      {invalidates.length > 0 ? (
        <div className="note tone-warn" role="alert">
          <div className="note-text">
            <p className="strong">{t('edit.invalidates')}</p>
            <ul>
              {invalidates.map((stage) => (
                <BrokenStage key={stage.stageKey} stage={stage}>
                  <p className="small">{t('edit.askedAgain', { people: names(stage.people) })}</p>
                </BrokenStage>
              ))}
            </ul>
            <label>
              <input type="checkbox" checked={accepted} onChange={({ target }) => onAccept(target.checked)} />{' '}
              {t('edit.accept')}
            </label>
          </div>
        </div>
      ) : (
        <p className="small quiet">{t('edit.covered')}</p>
      )}
      {added.map(({ stageKey, title, people }) => (
        <p key={stageKey} className="small">
          {t('edit.added', { stage: serverText(title), people: names(people) })}
        </p>
      ))}
      {leftOut.map(({ stageKey, title }) => (
        <p key={stageKey} className="small">
          {t('edit.leftOut', { stage: serverText(title) })}
        </p>
      ))}
    </section>
  );
}
