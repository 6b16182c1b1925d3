import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useCodeText } from './code-text.js';

interface ProblemWords {
  text: string;
  code: string;
  requestId: string | null;
}

/** What went wrong, in the reader's language; of a code this console does not know, what the server says of it. */
export function useProblemWords(): (error: unknown) => ProblemWords {
  const { t, i18n } = useTranslation();
  const words = useCodeText();
  return (error) => {
    const problem = error instanceof ProblemError ? error.problem : null;
    const code = problem?.code ?? 'CONSOLE';
    const known = i18n.exists(`problem.${code.replaceAll('.', '_')}`);
    const said = [problem?.title, problem?.detail].filter(Boolean).join(': ');
    return {
      text: known ? words('problem', code) : said || t('problem.unknown'),
      code,
      requestId: problem?.requestId || null,
    };
  };
}
