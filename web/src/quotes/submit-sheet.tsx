import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import { fetchRequest, requestKey, resubmit } from '../requests/requests.api.js';
import { CommentField } from '../ui/comment-field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import { PlanPreviewView } from './plan-preview.js';
import { previewQuote, submitQuote } from './quotes.api.js';

interface SubmitSheetProps {
  quoteId: string;
  /** the returned request this submission answers; null = a first submission */
  returnedRequestId: string | null;
  onClose: () => void;
  onSubmitted: () => void;
}

function isPlanChange(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'PLAN_CHANGED';
}

/** Shows the path as the server would take it now, and submits exactly that one. */
export function SubmitSheet(props: SubmitSheetProps): ReactElement {
  const { quoteId, returnedRequestId, onClose, onSubmitted } = props;
  const { t } = useTranslation();
  const [comment, setComment] = useState('');
  const [changed, setChanged] = useState(false);
  const preview = useQuery({
    queryKey: ['submit-preview', quoteId],
    queryFn: () => previewQuote(quoteId),
    gcTime: 0,
  });
  const returned = useQuery({
    queryKey: requestKey(returnedRequestId ?? ''),
    queryFn: () => fetchRequest(returnedRequestId ?? ''),
    enabled: returnedRequestId !== null,
  });
  const command = useCommand<{ planHash: string; version: number | null; comment: string }, unknown>({
    run: ({ planHash, version, comment: text }, key) =>
      returnedRequestId !== null && version !== null
        ? resubmit(
            { id: returnedRequestId, body: { expectedVersion: version, ...(text ? { comment: text } : {}) } },
            key,
          )
        : submitQuote(
            { id: quoteId, body: { planHash, ...(changed ? { acceptPlanChange: true } : {}) } },
            key,
          ),
    onSuccess: onSubmitted,
    onError: (error) => {
      if (!isPlanChange(error)) return;
      setChanged(true);
      void preview.refetch();
    },
  });
  const ready = preview.data !== undefined && (returnedRequestId === null || returned.data !== undefined);
  const send = (): void => {
    if (!preview.data) return;
    command.mutate({
      planHash: preview.data.planHash,
      version: returned.data?.version ?? null,
      comment: comment.trim(),
    });
  };
  return (
    <Sheet title={t('submit.title')} onClose={onClose}>
      {changed ? (
        <p className="note tone-warn" role="alert">
          {t('submit.planChanged')}
        </p>
      ) : null}
      {preview.data ? (
        <PlanPreviewView preview={preview.data} />
      ) : preview.isError ? (
        <Failure error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
      {returnedRequestId === null ? null : (
        <CommentField required={false} value={comment} onChange={setComment} />
      )}
      {isPlanChange(command.error) ? null : <ProblemNote error={command.error} />}
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!ready || preview.isFetching}
          loading={command.isPending}
          onClick={send}
        >
          {returnedRequestId === null ? t('submit.confirm') : t('submit.again')}
        </Button>
      </div>
    </Sheet>
  );
}
