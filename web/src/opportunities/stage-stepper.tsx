import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpportunityDetailView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { Panel } from '../ui/panel.js';
import { Criteria } from './criteria.js';
import { usePipelines, useStageName } from './pipelines.js';

/** The stages in their order, where the deal stands, and what its stage still asks for. */
export function StageStepper({ deal }: { deal: OpportunityDetailView }): ReactElement {
  const { t } = useTranslation();
  const format = useFormat();
  const stageName = useStageName();
  const pipeline = usePipelines().find(({ key }) => key === deal.pipeline);
  const stages = pipeline?.stages.map(({ key }) => key) ?? [];
  const shown = stages.includes(deal.stage) ? stages : [...stages, deal.stage];
  const at = shown.indexOf(deal.stage);
  return (
    <Panel title={t('deal.stages')} note={t('deal.entered', { ago: format.relative(deal.stageSince) })}>
      <ol className="stepper">
        {shown.map((key, index) => (
          <li
            key={key}
            className={index < at ? 'step step-past' : index === at ? 'step step-now' : 'step'}
            aria-current={index === at ? 'step' : undefined}
          >
            {stageName(deal.pipeline, key)}
          </li>
        ))}
      </ol>
      <Standing deal={deal} />
    </Panel>
  );
}

function Standing({ deal }: { deal: OpportunityDetailView }): ReactElement | null {
  const { t } = useTranslation();
  const own = deal.criteria.filter(({ stage }) => stage === deal.stage);
  if (own.length === 0) return null;
  return (
    <>
      <p className="small quiet">{own.every(({ met }) => met) ? t('deal.ready') : t('deal.lacking')}</p>
      <Criteria deal={deal} criteria={own} />
    </>
  );
}
