import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.js';
import { Fetched } from '../ui/fetched.js';
import { Panel } from '../ui/panel.js';
import { PercentText } from '../ui/percent-text.js';
import { EffectiveTable } from './effective-table.js';
import { fetchRebates } from './pricing.api.js';

/** For whoever may see cost. */
export function RebatesPanel(): ReactElement | null {
  const may = useMay();
  return may('cost:read') ? <Rebates /> : null;
}

function Rebates(): ReactElement {
  const { t } = useTranslation();
  const rebates = useQuery({ queryKey: ['rebates'], queryFn: fetchRebates });
  return (
    <Panel title={t('pricing.rebates')}>
      <Fetched query={rebates}>
        {(rows) => (
          <EffectiveTable
            label={t('pricing.rebates')}
            rows={rows}
            columns={[
              { title: t('editor.customer'), of: ({ customer }) => customer?.name ?? '—' },
              { title: t('quote.product'), of: ({ product }) => product?.name ?? '—' },
              { title: t('pricing.fromAmount'), of: ({ fromAmount }) => fromAmount, num: true },
              { title: '%', of: ({ pct }) => <PercentText value={pct} />, num: true },
            ]}
          />
        )}
      </Fetched>
    </Panel>
  );
}
