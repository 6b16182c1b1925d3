import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { MigrationTrial } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useServerText } from '../i18n/server-text.js';
import { MoneyText } from '../ui/money-text.js';
import { Tag, type Tone } from '../ui/tag.js';

const TONES: Readonly<Record<string, Tone>> = { ADDED: 'accent', DROPPED: 'bad', KEPT: 'plain' };

interface MoveRowProps {
  trial: MigrationTrial;
  chosen: boolean;
  onChoose: (on: boolean) => void;
  accepted: boolean;
  onAccept: (on: boolean) => void;
}

/** One open request: what moving it would do, and whether it goes. */
export function MoveRow({ trial, chosen, onChoose, accepted, onAccept }: MoveRowProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const refused = trial.refusal !== null;
  return (
    <li className="move-row">
      <label className="row">
        <input
          type="checkbox"
          checked={chosen && !refused}
          disabled={refused}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <span className="strong">{trial.number}</span>
        <span>{trial.title}</span>
        <MoneyText value={trial.amount} />
        <span className="quiet small">{t('policy.version', { n: trial.policyVersion })}</span>
      </label>
      <Link to={`/requests/${trial.requestId}`} className="small">
        {t('move.look')}
      </Link>
      {trial.refusal ? <p className="field-error">{words('problem', trial.refusal)}</p> : null}
      <ul className="move-stages">
        {trial.stages.map((stage) => (
          <StageLine key={stage.key} stage={stage} />
        ))}
      </ul>
      {trial.needsAcceptance ? (
        <label className="row due-late">
          <input
            type="checkbox"
            checked={accepted}
            disabled={!chosen}
            onChange={(event) => onAccept(event.target.checked)}
          />
          {t('move.accept')}
        </label>
      ) : null}
    </li>
  );
}

function StageLine({ stage }: { stage: MigrationTrial['stages'][number] }): ReactElement {
  const { t } = useTranslation();
  const text = useServerText();
  const words = useCodeText();
  const names = (people: readonly { name: string }[]): string =>
    people.map(({ name }) => name).join(t('app.separator'));
  return (
    <li className="row small">
      <Tag tone={TONES[stage.effect] ?? 'plain'}>{words('moveEffect', stage.effect)}</Tag>
      <span>{text(stage.title)}</span>
      {stage.state ? <span className="quiet">{words('moveState', stage.state)}</span> : null}
      {stage.carried.length > 0 ? <span>{t('move.carried', { people: names(stage.carried) })}</span> : null}
      {stage.lost.map(({ person, code }) => (
        <span key={`${person?.id}${code}`}>
          {t('move.lost', { person: person?.name ?? '—', why: words('moveLost', code) })}
        </span>
      ))}
    </li>
  );
}
