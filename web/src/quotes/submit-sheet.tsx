import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import type { ApprovalPlan } from '../api/types.js';

interface SubmitSheetProps<P extends ApprovalPlan, R> {
  /** what is submitted */
  subject: string;
  preview: () => Promise<P>;
  show: (preview: P) => ReactNode;
  submit: (planHash: string, key: string) => Promise<R>;
  /** it was returned: this submission answers the same request */
  again: boolean;
  onClose: () => void;
  onSubmitted: (result: R) => void;
}

function isPlanChange(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'PLAN_CHANGED';
}

/** Shows the path as the server would take it now, and submits exactly that one. */
export function SubmitSheet<P extends ApprovalPlan, R>(props: SubmitSheetProps<P, R>): ReactElement {
  const { subject, show, submit, again, onClose, onSubmitted } = props;
  const { t } = useTranslation();
  const [changed, setChanged] = useState(false);
  const preview = useQuery({
    queryKey: ['submit-preview', subject],
    queryFn: props.preview,
    gcTime: 0,
  });
  const command = useCommand<string, R>({
    run: submit,
    onSuccess: onSubmitted,
    onError: (error) => {
      if (!isPlanChange(error)) return;
      setChanged(true);
      void preview.refetch();
    },
  });
  const send = (): void => {
    if (!preview.data) return;
    command.mutate(preview.data.planHash);
  };
  return (
    <Sheet title={t('submit.title')} onClose={onClose}>
      {changed ? (
        <p className="note tone-warn" role="alert">
          {t('submit.planChanged')}
        </p>
      ) : null}
      {preview.data ? (
        show(preview.data)
      ) : preview.isError ? (
        <Failure error={preview.error} onRetry={() => void preview.refetch()} />
      ) : (
        <Loading rows={4} />
      )}
      {isPlanChange(command.error) ? null : <ProblemNote error={command.error} />}
      <div className="sheet-buttons">
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button
          type="primary"
          disabled={!preview.data || preview.isFetching}
          loading={command.isPending}
          onClick={send}
        >
          {again ? t('submit.again') : t('submit.confirm')}
        </Button>
      </div>
    </Sheet>
  );
}
