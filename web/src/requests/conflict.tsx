import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import type { PersonRef, RequestView } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { Ago } from '../ui/when.js';

interface Winning {
  action: string;
  actor: string;
  at: string;
  comment: string | null;
}

function winningOf(error: unknown): Winning | null {
  if (!(error instanceof ProblemError)) return null;
  const { winning } = error.problem;
  return typeof winning === 'object' && winning !== null && 'action' in winning ? (winning as Winning) : null;
}

function personOf(request: RequestView, id: string): PersonRef | null {
  const deciders = request.path.flatMap(({ seats }) => seats.map(({ decision }) => decision?.by ?? null));
  return deciders.find((person) => person?.id === id) ?? null;
}

interface ConflictProps {
  error: unknown;
  latest: RequestView;
  onAgain: () => void;
}

/** Somebody was first, or the subject changed: what won, and one click to decide on what is so now. */
export function Conflict({ error, latest, onAgain }: ConflictProps): ReactElement {
  const { t } = useTranslation();
  const words = useCodeText();
  const winning = winningOf(error);
  const code = error instanceof ProblemError ? error.code : '';
  return (
    <div className="note tone-warn" role="alert">
      <div className="note-text">
        <p className="strong">{words('problem', code)}</p>
        {winning ? (
          <p>
            {t('decision.won', {
              name: personOf(latest, winning.actor)?.name ?? t('decision.someone'),
              action: words('decided', winning.action),
            })}{' '}
            <Ago at={winning.at} />
            {winning.comment ? `:「${winning.comment}」` : ''}
          </p>
        ) : null}
        <p className="small">{t('decision.kept')}</p>
      </div>
      <Button onClick={onAgain}>{t('decision.again')}</Button>
    </div>
  );
}
