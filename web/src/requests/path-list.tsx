import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StageView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useQuorumText } from '../i18n/quorum-text.js';
import { useServerText } from '../i18n/server-text.js';
import { Tag } from '../ui/tag.js';
import { Instant } from '../ui/when.js';
import { SeatItem } from './seat-item.js';
import { ReasonInputs } from './why-you.js';

type Phase = 'past' | 'now' | 'future';
const MARKS: Readonly<Record<string, string>> = {
  PASSED: '✓',
  REJECTED: '✕',
  RETURNED: '↩',
  BLOCKED: '!',
  ACTIVE: '●',
};
const SHOWN = 3;
const RANKS_PER_BLOCK = 100;

/** Stages of one block run side by side, branch by branch. */
function blockOf({ rank }: StageView): number {
  return Math.floor(rank / RANKS_PER_BLOCK);
}

function phaseOf({ state }: StageView): Phase {
  if (state === 'PLANNED' || state === 'INVALIDATED') return 'future';
  return state === 'ACTIVE' || state === 'BLOCKED' ? 'now' : 'past';
}

/** Seats of a stage mostly share their reasons: each is said once. */
function StageReasons({ stage }: { stage: StageView }): ReactElement {
  const serverText = useServerText();
  const reasons = new Map(stage.seats.flatMap(({ why }) => why.map((reason) => [reason.text, reason])));
  return (
    <>
      {[...reasons.values()].map((reason) => (
        <div key={reason.text} className="small quiet">
          <p>{serverText(reason.text)}</p>
          {phaseOf(stage) === 'past' ? null : <ReasonInputs reason={reason} />}
        </div>
      ))}
    </>
  );
}

function StageItem({ stage, parallel }: { stage: StageView; parallel: boolean }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const serverText = useServerText();
  const quorumText = useQuorumText();
  const phase = phaseOf(stage);
  const shown = stage.seats.slice(0, SHOWN);
  const rest = stage.seats.slice(SHOWN);
  const votes = stage.seats.filter(({ parentId }) => parentId === null).length;
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
          <h3>{serverText(stage.title)}</h3>
          <span className="small quiet">{words('state', stage.state)}</span>
          {votes > 1 ? <span className="small quiet">{quorumText(stage.quorum, votes)}</span> : null}
          {parallel ? <span className="small quiet">{t('path.parallel')}</span> : null}
          {stage.visit > 1 ? (
            <span className="small quiet">{t('path.visit', { n: stage.visit })}</span>
          ) : null}
          {stage.strictReporting ? <span className="small quiet">{t('path.followsLine')}</span> : null}
        </div>
        {stage.claim?.by ? (
          <p className="small">
            <Tag tone="accent">{t('pool.claimedBy', { name: stage.claim.by.name })}</Tag>{' '}
            <span className="quiet">
              {t('pool.until')} <Instant at={stage.claim.until} />
            </span>
          </p>
        ) : null}
        {stage.code ? <p className="small quiet">{words('stageCode', stage.code)}</p> : null}
        {stage.childRequestId ? (
          <p>
            <Link to={`/requests/${stage.childRequestId}`}>{t('path.child')}</Link>
          </p>
        ) : null}
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
        <StageReasons stage={stage} />
        {stage.closedAt ? (
          <p className="small quiet">
            <Instant at={stage.closedAt} />
          </p>
        ) : null}
      </div>
    </li>
  );
}

/** In the order they are walked: block by block, inside a block one branch after the other. */
function inOrder(path: readonly StageView[]): StageView[] {
  const branches = [...new Set([...path].sort((a, b) => a.rank - b.rank).map(({ branch }) => branch))];
  const placeOf = (stage: StageView): number => branches.indexOf(stage.branch);
  return [...path].sort((a, b) => blockOf(a) - blockOf(b) || placeOf(a) - placeOf(b) || a.rank - b.rank);
}

/** The first stage of a branch that runs beside an earlier one. */
function opensBranch(stages: readonly StageView[], index: number): boolean {
  const [stage, before] = [stages[index], stages[index - 1]];
  return (
    stage !== undefined &&
    before !== undefined &&
    blockOf(stage) === blockOf(before) &&
    stage.branch !== before.branch
  );
}

/** Past, present and future of the approval, as a list that reads aloud and prints. */
export function PathList({ path }: { path: readonly StageView[] }): ReactElement {
  const { t } = useTranslation();
  if (path.length === 0) return <p className="quiet">{t('path.none')}</p>;
  const stages = inOrder(path);
  return (
    <ol className="path">
      {stages.map((stage, index) => (
        <StageItem key={stage.id ?? stage.key} stage={stage} parallel={opensBranch(stages, index)} />
      ))}
    </ol>
  );
}
