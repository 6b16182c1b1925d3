import { ProblemError } from '../api/problem.js';
import type { PlanPreview } from '../api/types.js';
import { useCodeText } from '../i18n/code-text.js';
import { useTranslation } from 'react-i18next';

export type FieldErrors = (pointer: string) => string | undefined;

/** The server's JSON pointers, as texts beside the fields they name. */
export function useFieldErrors(error: unknown, problems: PlanPreview['problems']): FieldErrors {
  const { i18n } = useTranslation();
  const words = useCodeText();
  const texts = new Map<string, string>();
  for (const { pointer, code, message } of problems) {
    if (pointer) texts.set(pointer, i18n.exists(`rule.${code}`) ? words('rule', code) : message);
  }
  if (error instanceof ProblemError) {
    for (const { pointer, code, rule } of error.problem.errors ?? []) {
      texts.set(pointer, i18n.exists(`rule.${code}`) ? words('rule', code) : rule);
    }
  }
  return (pointer) => texts.get(pointer);
}
