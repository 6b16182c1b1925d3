import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import { ProblemError } from '../api/problem.js';
import { useMe } from '../api/session.js';
import { PersonPicker } from '../org/person-picker.js';
import { Field } from '../ui/field.js';
import { Failure, Loading } from '../ui/page-state.js';
import { ProblemNote } from '../ui/problem-note.js';
import { Sheet } from '../ui/sheet.js';
import type { ApprovalPlan } from '../api/types.js';

const MOST_COPIES = 50;

interface SubmitSheetProps<P extends ApprovalPlan, R> {
  /** what is submitted */
  subject: string;
  preview: () => Promise<P>;
  show: (preview: P) => ReactNode;
  submit: (planHash: string, key: string, ccPersonIds: string[]) => Promise<R>;
  /** whom to send a copy may be said here */
  takesCopies?: boolean;
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
  const { subject, show, submit, again, takesCopies = false, onClose, onSubmitted } = props;
  const { t } = useTranslation();
  const me = useMe();
  const [changed, setChanged] = useState(false);
  const [cc, setCc] = useState<string[]>([]);
  const preview = useQuery({
    queryKey: ['submit-preview', subject],
    queryFn: props.preview,
    gcTime: 0,
  });
  const command = useCommand<{ planHash: string; cc: string[] }, R>({
    run: ({ planHash, cc: ids }, key) => submit(planHash, key, ids),
    onSuccess: onSubmitted,
    onError: (error) => {
      if (!isPlanChange(error)) return;
      setChanged(true);
      void preview.refetch();
    },
  });
  const send = (): void => {
    if (!preview.data) return;
    command.mutate({ planHash: preview.data.planHash, cc });
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
      {takesCopies ? (
        <Field label={t('submit.cc')} hint={t('submit.ccHint')}>
          {({ id }) => (
            <PersonPicker id={id} value={cc} most={MOST_COPIES} excluded={[me.id]} onChange={setCc} />
          )}
        </Field>
      ) : null}
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
