import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useCodeText } from '../i18n/code-text.js';

interface ProblemNoteProps {
  error: unknown;
  children?: ReactNode;
}

/** A refusal beside the form it is about; what was typed stays. */
export function ProblemNote({ error, children }: ProblemNoteProps): ReactElement | null {
  const { t, i18n } = useTranslation();
  const words = useCodeText();
  if (error === null || error === undefined) return null;
  const problem = error instanceof ProblemError ? error.problem : null;
  const code = problem?.code ?? 'CONSOLE';
  const known = i18n.exists(`problem.${code.replaceAll('.', '_')}`);
  return (
    <div className="note tone-bad" role="alert">
      <div className="note-text">
        <p className="strong">{known ? words('problem', code) : (problem?.title ?? t('problem.unknown'))}</p>
        {problem?.errors?.map(({ pointer, rule }) => (
          <p key={`${pointer}${rule}`} className="small">
            <span className="code">{pointer}</span> {rule}
          </p>
        ))}
        <p className="small code">
          {code}
          {problem?.requestId ? ` · ${problem.requestId}` : ''}
        </p>
      </div>
      {children}
    </div>
  );
}
