import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import type { CustomerBlockView, CustomerView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ReasonSheet } from '../ui/reason-sheet.js';
import { Instant } from '../ui/when.js';
import { BlockSheet } from './block-sheet.js';
import { customerKey, fetchBlocks, unblockCustomer } from './customers.api.js';

/** Whether anybody may deal with the customer, who said so and when, and how it was before. */
export function BlocksPanel({ customer }: { customer: CustomerView }): ReactElement {
  const { t } = useTranslation();
  const may = useMay()('customer:block');
  const [sheet, setSheet] = useState<'BLOCK' | 'LIFT' | null>(null);
  const close = (): void => setSheet(null);
  const { id, block } = customer;
  const query = useQuery({ queryKey: [...customerKey(id), 'blocks'], queryFn: () => fetchBlocks(id) });
  return (
    <Panel title={t('customer.dealing')}>
      <div className="stack">
        {block ? null : <p>{t('customer.open')}</p>}
        {query.data ? (
          <ul className="stack">
            {query.data.map((each) => (
              <BlockItem key={each.id} block={each} />
            ))}
          </ul>
        ) : query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading rows={2} />
        )}
        {may ? (
          <div>
            <Button danger={!block} onClick={() => setSheet(block ? 'LIFT' : 'BLOCK')}>
              {block ? t('customer.lift') : t('customer.block')}
            </Button>
          </div>
        ) : null}
      </div>
      {sheet === 'BLOCK' ? <BlockSheet id={id} onClose={close} /> : null}
      {sheet === 'LIFT' ? (
        <ReasonSheet
          title={t('customer.lift')}
          text={t('customer.liftText')}
          asks="REQUIRED"
          run={(note, key) => unblockCustomer(id, note, key)}
          onDone={close}
          onClose={close}
        />
      ) : null}
    </Panel>
  );
}

function BlockItem({ block }: { block: CustomerBlockView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <li>
      <div className="row">
        <span className="strong">{words('blockCause', block.cause)}</span>
        <span>
          {t('customer.blockedBy', { name: block.blockedBy.name })} <Instant at={block.blockedAt} />
        </span>
      </div>
      {block.note ? <p className="quiet">{block.note}</p> : null}
      {block.liftedAt ? (
        <p>
          {t('customer.liftedBy', { name: block.liftedBy?.name ?? '' })} <Instant at={block.liftedAt} />
          {block.liftNote ? <span className="quiet"> · {block.liftNote}</span> : null}
        </p>
      ) : null}
    </li>
  );
}
