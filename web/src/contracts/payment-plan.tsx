import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContractView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Panel } from '../ui/panel.js';
import { PercentText } from '../ui/percent-text.js';
import { DateText } from '../ui/when.js';

export function PaymentPlan({ contract }: { contract: ContractView }): ReactElement | null {
  const { t } = useTranslation();
  const words = useCodeText();
  if (contract.plan.length === 0) return null;
  return (
    <Panel title={t('contract.plan')}>
      <ol className="stack">
        {contract.plan.map((row) => (
          <li key={row.seq} className="plan-row">
            <span>
              {row.seq}. {words('trigger', row.trigger)} <PercentText value={row.pct} />
            </span>
            <span className="strong num">
              <MoneyText value={row.amount} />
            </span>
            <span className="small quiet">
              {t('contract.dueOn')} <DateText on={row.dueOn} />
            </span>
            <span className="small quiet num">{words('planState', row.state)}</span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
