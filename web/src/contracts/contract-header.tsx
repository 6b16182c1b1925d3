import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ContractView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { MoneyText } from '../ui/money-text.js';
import { RecordHolder } from '../ui/record-holder.js';
import { StateTag } from '../ui/state-tag.js';
import { DateText, Instant } from '../ui/when.js';

export function ContractHeader({ contract }: { contract: ContractView }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <header className="panel stack">
      <div className="row">
        <Link to="/contracts" className="small">
          ← {t('contract.listTitle')}
        </Link>
        <StateTag state={contract.state} />
        <Link to={`/quotes/${contract.quoteId}`} className="small">
          {t('contract.openQuote')}
        </Link>
        <Button size="small" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('contract.print')}
        </Button>
      </div>
      <h1 id="contract-title">
        {t('contract.title', {
          customer: contract.customer.name,
          number: contract.number,
          version: contract.version,
        })}
      </h1>
      <div className="row">
        <span className="contract-total">
          <MoneyText value={contract.total} />
        </span>
        <span className="quiet">{contract.owner.name}</span>
      </div>
      <div>
        <RecordHolder kind="contract" record={contract} />
      </div>
      <dl className="facts">
        <div className="fact">
          <dt>{t('editor.termDays')}</dt>
          <dd>{t('quote.days', { n: contract.termDays })}</dd>
        </div>
        <div className="fact">
          <dt>{t('contract.sealed')}</dt>
          <dd>
            {contract.sealedAt ? (
              <>
                {contract.sealedBy?.name} <Instant at={contract.sealedAt} />
              </>
            ) : (
              '—'
            )}
          </dd>
        </div>
        <div className="fact">
          <dt>{t('contract.counterSigned')}</dt>
          <dd>
            <DateText on={contract.counterSignedOn} />
          </dd>
        </div>
        <div className="fact">
          <dt>{t('contract.effective')}</dt>
          <dd>
            <DateText on={contract.effectiveOn} />
          </dd>
        </div>
        {contract.endsOn ? (
          <div className="fact">
            <dt>{t('contractLife.endsOn')}</dt>
            <dd>
              <DateText on={contract.endsOn} />
            </dd>
          </div>
        ) : null}
        {contract.suspendedFor ? (
          <div className="fact">
            <dt>{t('contractLife.suspendedFor')}</dt>
            <dd>{words('suspension', contract.suspendedFor)}</dd>
          </div>
        ) : null}
        {contract.endReason ? (
          <div className="fact">
            <dt>{t('contractLife.endReason')}</dt>
            <dd>{contract.endReason}</dd>
          </div>
        ) : null}
        {contract.retentionUntil ? (
          <div className="fact">
            <dt>{t('contractLife.keptUntil')}</dt>
            <dd>
              <DateText on={contract.retentionUntil} />
            </dd>
          </div>
        ) : null}
      </dl>
      <p className="small">
        <span className="quiet">{t('contract.textHash')}</span>{' '}
        <span className="code">{contract.textHash}</span>
      </p>
    </header>
  );
}
