import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { BulkBody, BulkPreview, BulkResult, InboxItem } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { CommentField } from '../ui/comment-field.js';
import { MoneyText } from '../ui/money-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { Tag } from '../ui/tag.js';
import { decideBulk, previewBulk, seenItems, type BulkAction } from './bulk.api.js';
import { BulkLine } from './bulk-line.js';

interface BulkSheetProps {
  action: BulkAction;
  items: readonly InboxItem[];
  onClose: () => void;
  onFinished: () => void;
}

/** Before: how many, how much, what is left out and why. After: what became of each. */
export function BulkSheet({ action, items, onClose, onFinished }: BulkSheetProps): ReactElement {
  const { t } = useTranslation();
  // what was chosen when the sheet opened: a refresh of the list behind it changes nothing here
  const [pinned] = useState(items);
  const [result, setResult] = useState<BulkResult | null>(null);
  const preview = useQuery({
    queryKey: ['catalogue', 'bulk-preview', action, seenItems(pinned)],
    queryFn: () => previewBulk(action, pinned),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Sheet title={t(`bulk.title.${action}`)} onClose={result ? onFinished : onClose}>
      {result ? (
        <BulkDone items={pinned} result={result} onClose={onFinished} />
      ) : preview.data ? (
        <BulkForm
          action={action}
          items={pinned}
          preview={preview.data}
          onClose={onClose}
          onDecided={setResult}
        />
      ) : preview.isError ? (
        <Failure error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
    </Sheet>
  );
}

interface BulkFormProps {
  action: BulkAction;
  items: readonly InboxItem[];
  preview: BulkPreview;
  onClose: () => void;
  onDecided: (result: BulkResult) => void;
}

function BulkForm({ action, items, preview, onClose, onDecided }: BulkFormProps): ReactElement {
  const { t } = useTranslation();
  const [comment, setComment] = useState('');
  const command = useCommand<BulkBody, BulkResult>({ run: decideBulk, onSuccess: onDecided });
  const going = items.filter(({ seatId }) => seatId !== null && preview.seatIds.includes(seatId));
  const n = going.length;
  const text = comment.trim();
  const send = (): void =>
    command.mutate({
      items: seenItems(going).map((seen) => ({ ...seen, action, ...(text === '' ? {} : { comment: text }) })),
    });
  return (
    <>
      {n === 0 ? (
        <p>{t('bulk.nothing')}</p>
      ) : (
        <dl className="bulk-facts">
          <div className="bulk-fact">
            <dt className="visually-hidden">{t('bulk.bar')}</dt>
            <dd className="strong">{t('bulk.count', { n })}</dd>
          </div>
          {preview.totals.map((total) => (
            <div key={total.currency} className="bulk-fact">
              <dt>{t('bulk.total')}</dt>
              <dd className="strong">
                <MoneyText value={total} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Excluded items={items} preview={preview} />
      {n > 0 ? (
        <>
          <CommentField required={preview.commentRequired} value={comment} onChange={setComment} />
          <p className="small quiet">{t('bulk.once')}</p>
        </>
      ) : null}
      <ProblemNote error={command.error} />
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          danger={action === 'REJECT'}
          disabled={n === 0 || (preview.commentRequired && text === '')}
          loading={command.isPending}
          onClick={send}
        >
          {t(`bulk.confirm.${action}`, { n })}
        </Button>
      </div>
    </>
  );
}

function Excluded({ items, preview }: Pick<BulkFormProps, 'items' | 'preview'>): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  if (preview.excluded.length === 0) return null;
  return (
    <section className="stack">
      <h3>{t('bulk.excluded', { n: preview.excluded.length })}</h3>
      <ul className="bulk-lines">
        {preview.excluded.map(({ seatId, obstacle }) => (
          <BulkLine
            key={seatId}
            item={items.find((one) => one.seatId === seatId)}
            end={<Tag tone="warn">{words('bulk.obstacle', obstacle)}</Tag>}
          />
        ))}
      </ul>
    </section>
  );
}

interface BulkDoneProps {
  items: readonly InboxItem[];
  result: BulkResult;
  onClose: () => void;
}

const LIGHT_TONES = { GREEN: 'good', AMBER: 'warn', RED: 'bad' } as const;

function BulkDone({ items, result, onClose }: BulkDoneProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const { light, succeeded, failed } = result.summary;
  return (
    <>
      <p className="row" role="status">
        <Tag tone={LIGHT_TONES[light]}>{t(`bulk.light.${light}`)}</Tag>
        <span>{t('bulk.summary', { succeeded, failed })}</span>
      </p>
      <ul className="bulk-lines">
        {result.results.map(({ seatId, problem }) => (
          <BulkLine
            key={seatId}
            item={items.find((one) => one.seatId === seatId)}
            end={
              problem ? (
                <Tag tone="bad">{t('bulk.failed', { reason: words('problem', problem.code) })}</Tag>
              ) : (
                <Tag tone="good">{t('bulk.done')}</Tag>
              )
            }
          />
        ))}
      </ul>
      <div className="sheet-buttons">
        <Button type="primary" onClick={onClose}>
          {t('bulk.close')}
        </Button>
      </div>
    </>
  );
}
