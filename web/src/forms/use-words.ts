import { useTranslation } from 'react-i18next';

/** Words of a kind in the reader's language. */
export function useWords(): (words: { zh: string; en: string }) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language === 'en' ? words.en : words.zh);
}
