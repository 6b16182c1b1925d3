import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useCodeText } from '../i18n/code-text.js';
import { useProblemWords } from '../i18n/problem-words.js';

interface ProblemNoteProps {
  error: unknown;
  children?: ReactNode;
}

/** A refusal beside the form it is about; what was typed stays. */
export function ProblemNote({ error, children }: ProblemNoteProps): ReactElement | null {
  const { i18n } = useTranslation();
  const words = useCodeText();
  const said = useProblemWords();
  if (error === null || error === undefined) return null;
  const { text, code, requestId } = said(error);
  const fields = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return (
    <div className="note tone-bad" role="alert">
      <div className="note-text">
        <p className="strong">{text}</p>
        {fields.map(({ pointer, code: broken, rule }) => (
          <p key={`${pointer}${rule}`} className="small">
            <span className="code">{pointer}</span>{' '}
            {i18n.exists(`rule.${broken}`) ? words('rule', broken) : rule}
          </p>
        ))}
        <p className="small code">
          {code}
          {requestId ? ` · ${requestId}` : ''}
        </p>
      </div>
      {children}
    </div>
  );
}
