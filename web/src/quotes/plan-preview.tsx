import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalPlan, PlanPreview } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useQuorumText } from '../i18n/quorum-text.js';
import { useServerText } from '../i18n/server-text.js';
import { useSlaText } from '../i18n/sla-text.js';
import { MarginFlag } from '../ui/margin-flag.js';
import { MoneyText } from '../ui/money-text.js';
import { PercentText } from '../ui/percent-text.js';
import { Tag } from '../ui/tag.js';

type PlannedStage = PlanPreview['stages'][number];

function PlannedSeats({ stage }: { stage: PlannedStage }): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  return (
    <ul className="seats">
      {stage.seats.map((seat, index) => (
        <li key={`${seat.person?.id ?? seat.role ?? ''}${index}`}>
          <span className="strong">{seat.person?.name ?? words('role', seat.role ?? 'UNKNOWN')}</span>
          {seat.person?.title ? <span className="small quiet"> {seat.person.title}</span> : null}
          {seat.certainty === 'MAY_CHANGE' ? (
            <span className="small quiet"> · {t('path.mayChange')}</span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

/** Several seats of a stage mostly share their reason: say each once. */
function StageReasons({ stage }: { stage: PlannedStage }): ReactElement {
  const serverText = useServerText();
  const texts = [...new Set(stage.seats.flatMap(({ why }) => why.map(({ text }) => serverText(text))))];
  return (
    <>
      {texts.map((text) => (
        <p key={text} className="small quiet">
          {text}
        </p>
      ))}
    </>
  );
}

export function PlanStages({ stages }: { stages: readonly PlannedStage[] }): ReactElement {
  const serverText = useServerText();
  const quorumText = useQuorumText();
  const slaText = useSlaText();
  return (
    <ol className="path">
      {stages.map((stage, index) => (
        <li key={stage.key} className="stage stage-future">
          <span className="stage-mark" aria-hidden="true">
            {index + 1}
          </span>
          <div className="stage-body">
            <div className="row">
              <h3>{serverText(stage.title)}</h3>
              {stage.seats.length > 1 ? (
                <span className="small quiet">{quorumText(stage.quorum, stage.seats.length)}</span>
              ) : null}
              {stage.sla ? <span className="small quiet">{slaText(stage.sla)}</span> : null}
            </div>
            <PlannedSeats stage={stage} />
            <StageReasons stage={stage} />
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What this quote would ask of whom, and why; and who would not be asked, and why not. */
export function PlanPreviewView({ preview }: { preview: PlanPreview }): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <div className="row">
        <span className="preview-total">
          <MoneyText value={preview.total} />
        </span>
        <Tag>
          {t('quote.discount')} <PercentText value={preview.discountPct} />
        </Tag>
        <MarginFlag flag={preview.marginFlag} />
      </div>
      <PlanBody preview={preview} />
    </div>
  );
}

/** The part of a preview that every kind of subject has. */
export function PlanBody({ preview }: { preview: ApprovalPlan }): ReactElement {
  const { t } = useTranslation();
  const serverText = useServerText();
  const notMet = (why: string): string =>
    t(why.startsWith('higher: ') ? 'preview.outranked' : 'preview.notMet', {
      rules: why
        .replace(/^(not|higher): /, '')
        .split(' · ')
        .map(serverText)
        .join('; '),
    });
  return (
    <>
      {preview.problems
        .filter(({ pointer }) => !pointer)
        .map(({ code, message }) => (
          <p key={code} className="field-error" role="alert">
            {message}
          </p>
        ))}
      {preview.lane === 'AUTO' ? (
        <p className="note tone-good">{t('preview.auto')}</p>
      ) : (
        <PlanStages stages={preview.stages} />
      )}
      {preview.notAsked.length > 0 ? (
        <details className="small">
          <summary>{t('preview.notAsked', { n: preview.notAsked.length })}</summary>
          <ul className="stack not-asked">
            {preview.notAsked.map(({ stageKey, title, why }) => (
              <li key={stageKey}>
                <span className="strong">{serverText(title)}</span>{' '}
                <span className="quiet">{notMet(why)}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}
