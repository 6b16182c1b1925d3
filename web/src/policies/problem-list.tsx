import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyProblem } from '../api/types.js';
import { Tag } from '../ui/tag.js';

interface ProblemListProps {
  problems: readonly PolicyProblem[];
  /** brings the reader to the cell; left out: there is no cell to go to */
  onPick?: (problem: PolicyProblem) => void;
  /** the cell in the reader's words; left out: as the linter names it */
  whereOf?: (problem: PolicyProblem) => string | null;
}

export function useProblemText(): (problem: PolicyProblem) => string {
  const { i18n } = useTranslation();
  return ({ message, messageZh }) => (i18n.language === 'en' ? message : messageZh);
}

/** What the linter found, errors first, each with the way to its cell. */
export function ProblemList({ problems, onPick, whereOf }: ProblemListProps): ReactElement | null {
  const { t } = useTranslation();
  const textOf = useProblemText();
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
              {whereOf?.(problem) ?? problem.at}
            </Button>
          ) : (
            <span className="code">{problem.at}</span>
          )}
          <span>{textOf(problem)}</span>
        </li>
      ))}
    </ul>
  );
}
