import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/intent.js';
import type { OpportunityDetailView } from '../api/types.js';
import { useFormat } from '../i18n/format.js';
import { Panel } from '../ui/panel.js';
import { ProblemNote } from '../ui/problem-note.js';
import { tickItem } from './opportunities.api.js';
import { useCriterionText, usePipelines, useStageName } from './pipelines.js';

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
      <Criteria deal={deal} />
    </Panel>
  );
}

function Criteria({ deal }: { deal: OpportunityDetailView }): ReactElement | null {
  const { t } = useTranslation();
  const text = useCriterionText();
  const tick = useCommand({ run: tickItem });
  const own = deal.criteria.filter(({ stage }) => stage === deal.stage);
  if (own.length === 0) return null;
  return (
    <>
      <p className="small quiet">{own.every(({ met }) => met) ? t('deal.ready') : t('deal.lacking')}</p>
      <ul className="deal-criteria">
        {own.map((state) => (
          <li key={state.criterion.key ?? state.criterion.kind}>
            {state.criterion.kind === 'CHECK' ? (
              <label className="choice">
                <input
                  type="checkbox"
                  checked={state.met}
                  disabled={!deal.may.write || tick.isPending}
                  onChange={() =>
                    tick.mutate({
                      id: deal.id,
                      stage: state.stage,
                      key: state.criterion.key ?? '',
                      done: !state.met,
                    })
                  }
                />
                {text(state)}
              </label>
            ) : (
              <span>
                <span aria-hidden="true">{state.met ? '✓ ' : '○ '}</span>
                {text(state)}
              </span>
            )}
          </li>
        ))}
      </ul>
      <ProblemNote error={tick.error} />
    </>
  );
}
