import { Button, Skeleton } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useProblemWords } from '../i18n/problem-words.js';

export function Loading({ rows = 6 }: { rows?: number }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="panel" role="status">
      <span className="visually-hidden">{t('app.loading')}</span>
      <Skeleton active paragraph={{ rows }} title={false} />
    </div>
  );
}

/** One sentence, one action. */
export function Empty({ text, children }: { text: string; children?: ReactNode }): ReactElement {
  return (
    <div className="empty panel">
      <p>{text}</p>
      {children}
    </div>
  );
}

function CopyRequestId({ requestId }: { requestId: string }): ReactElement {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(requestId);
    setCopied(true);
  };
  return (
    <span className="row">
      <span className="code quiet">{requestId}</span>
      <Button size="small" onClick={() => void copy()}>
        {copied ? t('app.copied') : t('app.copyRequestId')}
      </Button>
    </span>
  );
}

/** What is wrong, what to do, and the id support will ask for. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactElement {
  const { t } = useTranslation();
  const { text, code, requestId } = useProblemWords()(error);
  return (
    <div className="empty panel" role="alert">
      <p className="strong">{text}</p>
      <p className="small quiet">
        {t('app.errorCode')} <span className="code">{code}</span>
      </p>
      {requestId ? <CopyRequestId requestId={requestId} /> : null}
      {onRetry ? (
        <Button type="primary" onClick={onRetry}>
          {t('app.retry')}
        </Button>
      ) : null}
    </div>
  );
}
