import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ContractFound, ContractState } from '../api/types.js';
import { LinkButton } from '../ui/link-button.js';
import { MoneyText } from '../ui/money-text.js';
import { RecordHolder } from '../ui/record-holder.js';
import { RecordList } from '../ui/record-list.js';
import { StateTag } from '../ui/state-tag.js';
import { Ago } from '../ui/when.js';
import { fetchContracts } from './contracts.api.js';

const STATES: readonly ContractState[] = [
  'DRAFT',
  'IN_REVIEW',
  'RETURNED',
  'APPROVED',
  'SEALED',
  'EFFECTIVE',
  'PERFORMING',
  'CHANGE_PENDING',
  'SUSPENDED',
  'COMPLETED',
  'TERMINATED',
  'EXPIRED',
  'ARCHIVED',
  'REJECTED',
  'LAPSED',
  'CANCELLED',
];

function ContractRow({ contract }: { contract: ContractFound }): ReactElement {
  const { t } = useTranslation();
  return (
    <Link to={`/contracts/${contract.id}`} className="record-link">
      <span className="row">
        <span className="strong">{contract.customer.name}</span>
        <StateTag state={contract.state} />
        <span className="small quiet">
          {t('quote.numbered', { number: contract.number, version: contract.version })}
        </span>
      </span>
      <span className="strong num">
        <MoneyText value={contract.total} />
      </span>
      <span className="small quiet">{contract.owner.name}</span>
      <span className="small quiet num">
        <Ago at={contract.updatedAt} />
      </span>
      {contract.snippet === null ? null : (
        <q className="record-wide small quiet">…{contract.snippet.replaceAll('\n', ' ')}…</q>
      )}
      <span className="record-wide">
        <RecordHolder kind="contract" record={contract} />
      </span>
    </Link>
  );
}

export function ContractListPage(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <header className="page-head">
        <h1>{t('contract.listTitle')}</h1>
      </header>
      <RecordList<ContractFound, ContractState>
        name="contracts"
        searchLabel={t('contract.search')}
        states={STATES}
        load={fetchContracts}
        row={(contract) => <ContractRow contract={contract} />}
        keyOf={({ id }) => id}
        emptyText={t('contract.empty')}
        emptyAction={<LinkButton to="/quotes">{t('inbox.toQuotes')}</LinkButton>}
      />
    </>
  );
}
