import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { QuoteView } from '../api/types.js';
import { fetchRequest, requestKey, withdraw } from '../requests/requests.api.js';
import { LinkButton } from '../ui/link-button.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { useToast } from '../ui/toast.js';
import { AcceptSheet } from './accept-sheet.js';
import { declineQuote, reviseQuote } from './quotes.api.js';
import { SendSheet } from './send-sheet.js';
import { QuoteSubmitSheet } from './quote-submit-sheet.js';

const ACTIONS = ['SUBMIT', 'SEND', 'ACCEPT', 'DECLINE', 'REVISE', 'WITHDRAW'] as const;
type Action = (typeof ACTIONS)[number];
const MAIN: readonly Action[] = ['SUBMIT', 'SEND', 'ACCEPT'];

interface OpenActionProps {
  quote: QuoteView;
  action: Action;
  onClose: () => void;
  onDone: () => void;
}

async function withdrawRequest(requestId: string, reason: string, key: string): Promise<unknown> {
  const { version } = await fetchRequest(requestId);
  return withdraw({ id: requestId, body: { expectedVersion: version, ...(reason ? { reason } : {}) } }, key);
}

function OpenAction({ quote, action, onClose, onDone }: OpenActionProps): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const sheet = {
    title: t(`quoteAction.${action}.button`),
    text: t(`quoteAction.${action}.text`),
    onClose,
    onDone,
  };
  switch (action) {
    case 'SUBMIT':
      return (
        <QuoteSubmitSheet
          quoteId={quote.id}
          again={quote.state === 'RETURNED'}
          onClose={onClose}
          onSubmitted={onDone}
        />
      );
    case 'ACCEPT':
      return <AcceptSheet quoteId={quote.id} onClose={onClose} onDone={onDone} />;
    case 'SEND':
      return <SendSheet quoteId={quote.id} onClose={onClose} onDone={onDone} />;
    case 'DECLINE':
      return (
        <ReasonSheet
          {...sheet}
          asks="REQUIRED"
          danger
          run={(reason, key) => declineQuote(quote.id, reason, key)}
        />
      );
    case 'WITHDRAW':
      return (
        <ReasonSheet
          {...sheet}
          asks="OPTIONAL"
          run={(reason, key) => withdrawRequest(quote.requestId ?? '', reason, key)}
        />
      );
    case 'REVISE':
      return (
        <ReasonSheet
          {...sheet}
          asks="NOTHING"
          run={async (_, key) => {
            const next = await reviseQuote(quote.id, key);
            await navigate(`/quotes/${next.id}/edit`);
          }}
        />
      );
  }
}

/** What may be done with the quote now, as the server says. */
export function QuoteActions({ quote }: { quote: QuoteView }): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState<Action | null>(null);
  const request = useQuery({
    queryKey: requestKey(quote.requestId ?? ''),
    queryFn: () => fetchRequest(quote.requestId ?? ''),
    enabled: quote.requestId !== null,
  });
  const offered = new Set(quote.actions);
  if (request.data?.actions.some(({ action }) => action === 'WITHDRAW')) offered.add('WITHDRAW');
  const shown = ACTIONS.filter((action) => offered.has(action));
  const editable = offered.has('EDIT');
  if (shown.length === 0 && !editable) return null;
  return (
    <div className="row" role="group" aria-label={t('request.actions')}>
      {editable ? (
        <LinkButton to={`/quotes/${quote.id}/edit`} plain>
          {t('quoteAction.EDIT')}
        </LinkButton>
      ) : null}
      {shown.map((action) => (
        <Button
          key={action}
          type={MAIN.includes(action) ? 'primary' : 'default'}
          danger={action === 'DECLINE'}
          onClick={() => setOpen(action)}
        >
          {action === 'SUBMIT' && quote.state === 'RETURNED'
            ? t('submit.again')
            : t(`quoteAction.${action}.button`)}
        </Button>
      ))}
      {open ? (
        <OpenAction
          quote={quote}
          action={open}
          onClose={() => setOpen(null)}
          onDone={() => {
            toast(t(`quoteAction.${open}.done`));
            setOpen(null);
          }}
        />
      ) : null}
    </div>
  );
}
