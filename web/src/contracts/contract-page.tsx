import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { ContractView } from '../api/types.js';
import { RequestPath } from '../requests/request-path.js';
import { Failure, Loading } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { ClausesForm } from './clauses-form.js';
import { ContractActions } from './contract-actions.js';
import { ContractHeader } from './contract-header.js';
import { ContractText } from './contract-text.js';
import { contractKey, fetchContract } from './contracts.api.js';
import { Milestones } from './milestones.js';
import { Performance } from './orders.js';
import { PaymentPlan } from './payment-plan.js';
import { SignedCopy } from './signed-copy.js';
import { SigningPanel } from './signing-panel.js';
import { Versions } from './versions.js';
import './contracts.css';

const REFRESH_MS = 10_000;

export function ContractPage(): ReactElement {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: contractKey(id),
    queryFn: () => fetchContract(id),
    refetchInterval: REFRESH_MS,
  });
  if (query.data) return <ContractBody key={id} contract={query.data} />;
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return <Loading rows={10} />;
}

function ContractBody({ contract }: { contract: ContractView }): ReactElement {
  const { t } = useTranslation();
  return (
    <article className="columns" aria-labelledby="contract-title">
      <div className="stack">
        <ContractHeader contract={contract} />
        <ContractActions contract={contract} />
        <SigningPanel contract={contract} />
        {contract.actions.includes('EDIT') ? (
          <Panel title={t('contract.clauses')} note={t('contract.braces')}>
            <ClausesForm contract={contract} />
          </Panel>
        ) : null}
        <ContractText contract={contract} />
        <Versions contract={contract} />
      </div>
      <div className="stack">
        {contract.requestId ? <RequestPath requestId={contract.requestId} /> : null}
        <SignedCopy contract={contract} />
        <PaymentPlan contract={contract} />
        <Milestones contract={contract} />
        <Performance contract={contract} />
      </div>
    </article>
  );
}
