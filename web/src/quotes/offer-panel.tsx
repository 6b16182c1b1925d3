import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { OfferView, QuoteView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { DELIVERY_TONE } from '../ops/delivery-word.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { PdfLinks } from '../ui/pdf-links.js';
import { StateTag } from '../ui/state-tag.js';
import { Tag } from '../ui/tag.js';
import { useToast } from '../ui/toast.js';
import { Instant } from '../ui/when.js';
import { LinkSheet } from './link-sheet.js';
import { fetchOffer, offerKey } from './offer.api.js';
import { SendSheet } from './send-sheet.js';

const REFRESH_MS = 10_000;

/** Where the offer went, what was answered by the customer's own link, and the other versions of its number. */
export function OfferPanel({ quote }: { quote: QuoteView }): ReactElement {
  const { t } = useTranslation();
  const toast = useToast();
  const [open, setOpen] = useState<'AGAIN' | 'LINK' | null>(null);
  const asked = useQuery({
    queryKey: offerKey(quote.id),
    queryFn: () => fetchOffer(quote.id),
    refetchInterval: REFRESH_MS,
  });
  const offer = asked.data;
  const isOut = quote.state === 'SENT' && quote.actions.includes('ACCEPT');
  return (
    <Panel title={t('offer.title')} note={<PdfLinks href={`/api/v1/quotes/${quote.id}/pdf`} />}>
      <div className="stack">
        {offer?.answer ? <Answer answer={offer.answer} /> : null}
        <Fetched query={asked}>
          {({ links }) =>
            links.length > 0 ? <Links links={links} /> : <p className="quiet">{t('offer.none')}</p>
          }
        </Fetched>
        {isOut ? (
          <div className="row">
            {offer?.canMail ? <Button onClick={() => setOpen('AGAIN')}>{t('offer.again')}</Button> : null}
            <Button onClick={() => setOpen('LINK')}>{t('offer.link')}</Button>
          </div>
        ) : null}
        {offer?.textHash ? (
          <p className="small quiet">
            {t('offer.hash')} <code className="code">{offer.textHash}</code>
          </p>
        ) : null}
        {offer && offer.versions.length > 1 ? (
          <Versions versions={offer.versions} current={quote.id} />
        ) : null}
      </div>
      {open === 'AGAIN' ? (
        <SendSheet
          quoteId={quote.id}
          again
          onClose={() => setOpen(null)}
          onDone={() => {
            toast(t('offer.queued'));
            setOpen(null);
          }}
        />
      ) : null}
      {open === 'LINK' ? <LinkSheet quoteId={quote.id} onClose={() => setOpen(null)} /> : null}
    </Panel>
  );
}

function Answer({ answer }: { answer: NonNullable<OfferView['answer']> }): ReactElement {
  const { t } = useTranslation();
  const isYes = answer.answer === 'ACCEPT';
  return (
    <div className={isYes ? 'note tone-good' : 'note tone-warn'}>
      <p>
        {t(`offer.answered.${answer.answer}`, { name: answer.name ?? t('offer.erased') })}{' '}
        <Instant at={answer.at} />
      </p>
      {answer.title ? <p>{answer.title}</p> : null}
      {answer.reason ? <p>{answer.reason}</p> : null}
      {answer.ip ? <p className="small">{t('offer.from', { ip: answer.ip })}</p> : null}
    </div>
  );
}

function Links({ links }: { links: OfferView['links'] }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <ul className="plain-list" aria-label={t('offer.links')}>
      {links.map((link) => (
        <li key={link.id} className="row">
          <span>
            {link.way === 'MAIL'
              ? link.address === null
                ? t('offer.mailErased')
                : t('offer.mailedTo', { name: link.name ?? '', address: link.address })
              : t('offer.takenBy', { name: link.by })}
          </span>
          <Instant at={link.at} />
          {link.delivery ? (
            <Tag tone={DELIVERY_TONE[link.delivery]}>{words('deliveryState', link.delivery)}</Tag>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Versions({ versions, current }: { versions: OfferView['versions']; current: string }): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="plain-list" aria-label={t('offer.versions')}>
      {versions.map(({ id, version, state }) => (
        <li key={id} className="row">
          {id === current ? <b>v{version}</b> : <Link to={`/quotes/${id}`}>v{version}</Link>}
          <StateTag state={state} />
        </li>
      ))}
    </ul>
  );
}
