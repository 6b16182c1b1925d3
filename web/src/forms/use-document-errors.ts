import { useTranslation } from 'react-i18next';
import { ProblemError } from '../api/problem.js';
import { useCodeText } from '../i18n/code-text.js';

interface FieldProblem {
  pointer: string;
  code: string;
  rule: string;
}

/** What the server says of single fields of a document. */
export function problemsOf(error: unknown): FieldProblem[] {
  if (!(error instanceof ProblemError)) return [];
  return (error.problem.errors ?? []).map((one) => ({
    ...one,
    pointer: one.pointer.replace(/^\/(document|edits)/, ''),
  }));
}

/** The words beside a field; a whole field answers for its parts. */
export function useDocumentErrors(
  problems: readonly FieldProblem[],
): (pointer: string) => string | undefined {
  const { i18n } = useTranslation();
  const words = useCodeText();
  const texts = new Map(
    problems.map(({ pointer, code, rule }) => [
      pointer,
      i18n.exists(`rule.${code}`) ? words('rule', code) : rule,
    ]),
  );
  return (pointer) => texts.get(pointer);
}
