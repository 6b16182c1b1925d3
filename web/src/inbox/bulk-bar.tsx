import { Button, Checkbox } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { InboxItem } from '../api/types.js';
import { MOST_AT_ONCE, type BulkAction } from './bulk.api.js';
import { obstacleOf, type BulkChoice } from './bulk-choice.js';
import { BulkSheet } from './bulk-sheet.js';

interface BulkBarProps {
  shown: readonly InboxItem[];
  hasMore: boolean;
  choice: BulkChoice;
}

/** How many are shown, how many chosen, and the two answers that may be given to all of them. */
export function BulkBar({ shown, hasMore, choice }: BulkBarProps): ReactElement {
  const { t } = useTranslation();
  const [action, setAction] = useState<BulkAction | null>(null);
  const free = shown.filter((item) => obstacleOf(item) === null);
  const chosen = choice.items.length;
  return (
    <div className="panel bulk-bar" role="group" aria-label={t('bulk.bar')}>
      <span className="quiet">{t(hasMore ? 'bulk.shownMore' : 'bulk.shown', { n: shown.length })}</span>
      {free.length === 0 ? (
        <span className="quiet">{t('bulk.none')}</span>
      ) : (
        <Checkbox
          checked={free.every((item) => choice.has(item))}
          indeterminate={chosen > 0 && !free.every((item) => choice.has(item))}
          onChange={({ target }) => (target.checked ? choice.chooseShown(shown) : choice.clear())}
        >
          {t('bulk.all', { n: free.length })}
        </Checkbox>
      )}
      <span className="strong" role="status">
        {t('bulk.chosen', { n: chosen })}
      </span>
      {chosen > MOST_AT_ONCE ? <span className="due-soon">{t('bulk.most', { n: MOST_AT_ONCE })}</span> : null}
      <span className="bulk-buttons">
        {(['APPROVE', 'REJECT'] as const).map((one) => (
          <Button
            key={one}
            type={one === 'APPROVE' ? 'primary' : 'default'}
            danger={one === 'REJECT'}
            disabled={chosen === 0 || chosen > MOST_AT_ONCE}
            onClick={() => setAction(one)}
          >
            {t(`decision.button.${one}`)}
          </Button>
        ))}
        <Button onClick={choice.stop}>{t('bulk.stop')}</Button>
      </span>
      {action ? (
        <BulkSheet
          action={action}
          items={choice.items}
          onClose={() => setAction(null)}
          onFinished={() => {
            setAction(null);
            choice.clear();
          }}
        />
      ) : null}
    </div>
  );
}
