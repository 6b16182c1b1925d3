import { useQuery } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalFigures } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Figure } from '../ui/figure.js';
import { Failure } from '../ui/page-state.js';
import { Panel } from '../ui/panel.js';
import { fetchCounterfactual, type FigureFilter } from './figures.api.js';
import { useWorkTime } from './work-time.js';

const STEP_MINUTES = 30;

interface CounterfactualProps {
  filter: FigureFilter;
  rungs: ApprovalFigures['rungs'];
}

/** Had the ladder had a rung at another time: how many answers would have been on time. */
export function Counterfactual({ filter, rungs }: CounterfactualProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const workTime = useWorkTime();
  const [chosen, setChosen] = useState<string>();
  const [atMinutes, setAtMinutes] = useState(120);
  const rung = rungs.find(({ id }) => id === chosen)?.id ?? rungs[0]!.id;
  const answer = useQuery({
    queryKey: ['figures', 'counterfactual', filter, rung, atMinutes],
    queryFn: () => fetchCounterfactual(filter, rung, atMinutes),
    placeholderData: (before) => before,
  });
  return (
    <Panel title={t('figures.whatIf')} className="figure-what-if">
      <div className="filters">
        <label className="field">
          {t('figures.rung')}
          <select className="input" value={rung} onChange={(event) => setChosen(event.target.value)}>
            {rungs.map(({ id }) => (
              <option key={id} value={id}>
                {words('rung', id)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('figures.at')}
          <input
            className="input"
            type="number"
            min={0}
            max={99_990}
            step={STEP_MINUTES}
            value={atMinutes}
            onChange={(event) => setAtMinutes(Math.max(0, Math.floor(Number(event.target.value))))}
          />
        </label>
      </div>
      {answer.isError ? (
        <Failure error={answer.error} onRetry={() => void answer.refetch()} />
      ) : answer.data ? (
        <dl className="figures">
          <Figure label={t('figures.considered')} value={String(answer.data.considered)} />
          <Figure
            label={t('figures.reaction')}
            value={workTime(answer.data.reactionMinutes)}
            note={t('figures.afterRung', { n: answer.data.rung })}
          />
          <Figure label={t('figures.onTime')} value={String(answer.data.onTime)} />
          <Figure label={t('figures.wouldBe')} value={String(answer.data.wouldBeOnTime)} />
        </dl>
      ) : null}
      <p className="small quiet">{t('figures.method')}</p>
    </Panel>
  );
}
