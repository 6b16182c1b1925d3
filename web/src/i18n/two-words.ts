import { useTranslation } from 'react-i18next';

/** What is data in both languages (kinds, pipelines, stages), in the reader's. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return ({ zh, en }) => (i18n.language === 'en' ? en : zh);
}
