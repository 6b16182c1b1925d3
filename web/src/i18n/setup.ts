import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { zh } from './zh/index.js';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED = 'sealflow.language';

/** What was chosen here; before that what the browser asks for, as far as the console speaks it. */
function firstLanguage(): Language {
  const chosen = localStorage.getItem(STORED) ?? navigator.language;
  return chosen.startsWith('zh') ? 'zh-CN' : 'en';
}

/** English comes as its own chunk, only for those who read it. */
async function load(language: Language): Promise<void> {
  if (language !== 'en' || i18next.hasResourceBundle('en', 'translation')) return;
  const { en } = await import('./en/index.js');
  i18next.addResourceBundle('en', 'translation', en);
}

export async function startTexts(): Promise<void> {
  const language = firstLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { 'zh-CN': { translation: zh } },
    partialBundledLanguages: true,
    fallbackLng: 'zh-CN',
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  // Texts that do not arrive must not keep the console from starting: it speaks Chinese then.
  await speak(language).catch(() => undefined);
}

/** Remembers the choice first: whoever leaves the page before the texts arrive finds their language on the next. */
export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
