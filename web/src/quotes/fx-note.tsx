import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { QuoteView } from '../api/types.js';
import { LinkButton } from '../ui/link-button.js';
import { PercentText } from '../ui/percent-text.js';
import { ProblemNote } from '../ui/problem-note.js';
import { useToast } from '../ui/toast.js';
import { acceptRate } from './quotes.api.js';

const ACCEPTS: readonly QuoteView['state'][] = ['DRAFT', 'RETURNED', 'IN_APPROVAL', 'SENT'];

/** A foreign quotation's rate; when it has moved too far, the owner prices anew or accepts the rate of now. */
export function FxNote({ quote, isMine }: { quote: QuoteView; isMine: boolean }): ReactElement | null {
  const { t } = useTranslation();
  const toast = useToast();
  const command = useCommand<string, QuoteView>({
    run: (rate, key) => acceptRate(quote.id, rate, key),
    onSuccess: () => toast(t('fx.accepted')),
  });
  const { fx } = quote;
  if (!fx) return null;
  if (!fx.moved)
    return (
      <p className="quiet small">
        {t(fx.accepted ? 'fx.standsAccepted' : 'fx.stands', { currency: quote.currency, rate: fx.rate })}
      </p>
    );
  return (
    <div className="note" role="status">
      <span>
        {t('fx.moved', { currency: quote.currency, old: fx.rate, new: fx.now ?? '—' })}{' '}
        <PercentText value={fx.movePct} />
      </span>
      {isMine && quote.actions.includes('EDIT') ? (
        <LinkButton to={`/quotes/${quote.id}/edit`}>{t('fx.reprice')}</LinkButton>
      ) : null}
      {isMine && ACCEPTS.includes(quote.state) && fx.now ? (
        <Button loading={command.isPending} onClick={() => command.mutate(fx.now!)}>
          {t('fx.accept', { rate: fx.now })}
        </Button>
      ) : null}
      <ProblemNote error={command.error} />
    </div>
  );
}
