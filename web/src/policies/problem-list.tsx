import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../api/types.js';
import { useServerText } from '../i18n/server-text.js';
import { Tag } from '../ui/tag.js';
import { inTitles } from './problem-words.js';
import { listOf } from './stage-order-model.js';
import { useEditing } from './use-draft-editing.js';

interface ProblemListProps {
  problems: readonly PolicyProblem[];
  /** brings the reader to the cell; left out: there is no cell to go to */
  onPick?: (problem: PolicyProblem) => void;
  /** the cell in the reader's words; left out: as the linter names it */
  whereOf?: (problem: PolicyProblem) => string | null;
}

/** A text of the linter with the draft's stages by their titles, in the reader's language. */
function useTitled(): (text: string) => string {
  const editing = useEditing();
  const said = useServerText();
  const stages = editing ? listOf(editing.content, 'stages') : [];
  return (text) => inTitles(text, stages, said);
}

export function useProblemText(): (problem: PolicyProblem) => string {
  const { i18n } = useTranslation();
  const titled = useTitled();
  return ({ message, messageZh }) => titled(i18n.language === 'en' ? message : messageZh);
}

/** What the linter found, errors first, each with the way to its cell. */
export function ProblemList({ problems, onPick, whereOf }: ProblemListProps): ReactElement | null {
  const { t } = useTranslation();
  const textOf = useProblemText();
  const titled = useTitled();
  if (problems.length === 0) return null;
  return (
    <ul className="policy-problems">
      {problems.map((problem) => (
        <li key={`${problem.at}${problem.code}${problem.message}`} className="row">
          <Tag tone={problem.severity === 'ERROR' ? 'bad' : 'warn'}>
            {t(`policyLint.${problem.severity}`)}
          </Tag>
          {problem.row !== null && onPick ? (
            <Button type="link" size="small" onClick={() => onPick(problem)}>
              {whereOf?.(problem) ?? titled(problem.at)}
            </Button>
          ) : (
            <span className="code">{titled(problem.at)}</span>
          )}
          <span>{textOf(problem)}</span>
        </li>
      ))}
    </ul>
  );
}
