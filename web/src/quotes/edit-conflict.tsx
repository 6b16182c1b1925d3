import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { QuoteView } from '../api/types.js';
import { FetchFailed } from '../ui/fetched.js';
import { Ago } from '../ui/when.js';
import { fetchQuote } from './quotes.api.js';

interface EditConflictProps {
  quoteId: string;
  onKeepMine: (stored: QuoteView) => void;
  onTakeTheirs: (stored: QuoteView) => void;
}

/** Somebody saved this quote meanwhile: nothing typed is lost before the person has chosen. */
export function EditConflict({ quoteId, onKeepMine, onTakeTheirs }: EditConflictProps): ReactElement {
  const { t } = useTranslation();
  const stored = useQuery({
    queryKey: ['quote-conflict', quoteId],
    queryFn: () => fetchQuote(quoteId),
    gcTime: 0,
  });
  const { data } = stored;
  return (
    <div className="note tone-warn" role="alert">
      <div className="note-text">
        <p className="strong">{t('editor.conflict')}</p>
        {data ? (
          <p className="small">
            {t('editor.conflictWhen')} <Ago at={data.updatedAt} />
          </p>
        ) : null}
        <FetchFailed query={stored} />
      </div>
      <Button disabled={!data} onClick={() => data && onTakeTheirs(data)}>
        {t('editor.takeTheirs')}
      </Button>
      <Button disabled={!data} onClick={() => data && onKeepMine(data)}>
        {t('editor.keepMine')}
      </Button>
    </div>
  );
}
