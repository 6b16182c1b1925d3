import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { StageView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Instant } from '../ui/when.js';
import { SeatItem } from './seat-item.js';

type Phase = 'past' | 'now' | 'future';
const MARKS: Readonly<Record<string, string>> = {
  PASSED: '✓',
  REJECTED: '✕',
  RETURNED: '↩',
  BLOCKED: '!',
  ACTIVE: '●',
};
const SHOWN = 3;

function phaseOf({ state }: StageView): Phase {
  if (state === 'PLANNED') return 'future';
  return state === 'ACTIVE' || state === 'BLOCKED' ? 'now' : 'past';
}

function StageItem({ stage, parallel }: { stage: StageView; parallel: boolean }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const phase = phaseOf(stage);
  const shown = stage.seats.slice(0, SHOWN);
  const rest = stage.seats.slice(SHOWN);
  return (
    <li
      className={`stage stage-${phase} stage-${stage.state.toLowerCase()}`}
      aria-current={phase === 'now' ? 'step' : undefined}
    >
      <span className="stage-mark" aria-hidden="true">
        {MARKS[stage.state] ?? '○'}
      </span>
      <div className="stage-body">
        <div className="row">
          <h3>{stage.title}</h3>
          <span className="small quiet">{words('state', stage.state)}</span>
          {stage.seats.length > 1 ? (
            <span className="small quiet">{words('quorum', stage.quorum)}</span>
          ) : null}
          {parallel ? <span className="small quiet">{t('path.parallel')}</span> : null}
          {stage.visit > 1 ? (
            <span className="small quiet">{t('path.visit', { n: stage.visit })}</span>
          ) : null}
        </div>
        {stage.code ? <p className="small quiet">{words('stageCode', stage.code)}</p> : null}
        <ul className="seats">
          {shown.map((seat, index) => (
            <SeatItem key={seat.id ?? index} seat={seat} phase={phase} />
          ))}
        </ul>
        {rest.length > 0 ? (
          <details className="small">
            <summary>{t('path.others', { n: rest.length })}</summary>
            <ul className="seats">
              {rest.map((seat, index) => (
                <SeatItem key={seat.id ?? index} seat={seat} phase={phase} />
              ))}
            </ul>
          </details>
        ) : null}
        {stage.closedAt ? (
          <p className="small quiet">
            <Instant at={stage.closedAt} />
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** Past, present and future of the approval, as a list that reads aloud and prints. */
export function PathList({ path }: { path: readonly StageView[] }): ReactElement {
  const { t } = useTranslation();
  if (path.length === 0) return <p className="quiet">{t('path.none')}</p>;
  const stages = [...path].sort((a, b) => a.rank - b.rank);
  const isParallel = (stage: StageView): boolean =>
    stages.some((other) => other !== stage && other.rank === stage.rank && other.branch !== stage.branch);
  return (
    <ol className="path">
      {stages.map((stage) => (
        <StageItem key={stage.id ?? stage.key} stage={stage} parallel={isParallel(stage)} />
      ))}
    </ol>
  );
}
